package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.ClusterFaults.ImportFault;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.cluster.image.ImportWhitelist;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a test may look at and set on a running cluster, past its API. */
public final class ClusterState {

    static final String STREAMS = "imagestreams";
    private static final String CONFIG = "clusterconfig";
    private static final String WHITELIST = "whitelist";
    private static final String AUTHORITIES = "additionalTrustedCA";
    private static final String TRUSTED_CA = "image-import-ca";

    private final ObjectStore store;
    private final RequestJournal journal;
    private final String integratedRegistry;
    private final Deque<ImportFault> importFaults = new ArrayDeque<>();
    private ClusterFaults faults = ClusterFaults.none();
    private int notReady;
    private int conflicts;
    private boolean knowsItsUsers;
    private int importsNow;
    private int importsAtMost;

    ClusterState(ObjectStore store, RequestJournal journal, String integratedRegistry) {
        this.store = store;
        this.journal = journal;
        this.integratedRegistry = integratedRegistry;
    }

    /** The streams of a namespace as stored, by name. */
    public List<JsonNode> imageStreams(String namespace) {
        return List.copyOf(store.list(STREAMS, namespace));
    }

    /** One stream as stored. */
    public JsonNode imageStream(String namespace, String name) {
        return store.get(STREAMS, namespace, name)
                .orElseThrow(() -> ApiException.notFound(ApiException.IMAGE_GROUP, STREAMS, name));
    }

    /** The secrets of a namespace as stored, by name. */
    public List<JsonNode> secrets(String namespace) {
        return List.copyOf(store.list("secrets", namespace));
    }

    /** Replaces all pods. Each needs {@code metadata.namespace} and {@code metadata.name}. */
    public void pods(List<? extends JsonNode> pods) {
        store.list("pods", "")
                .forEach(pod -> store.delete(
                        "pods",
                        pod.path("metadata").path("namespace").asText(),
                        pod.path("metadata").path("name").asText()));
        pods.forEach(pod -> store.put("pods", (ObjectNode) pod.deepCopy()));
    }

    /** Stores an object of a kind without rules of its own; its JSON needs {@code metadata.name}. */
    public void object(String kind, String json) {
        store.put(kind, Json.parse(json));
    }

    /** Exposes the cluster's own registry, as an administrator does: from now on, each stream tells its name outside, too. */
    public void exposeRegistry(String host) {
        store.list(STREAMS, "").forEach(stream -> {
            JsonNode metadata = stream.path("metadata");
            Json.child(stream, "status")
                    .put(
                            "publicDockerImageRepository",
                            host + "/" + metadata.path("namespace").asText() + "/"
                                    + metadata.path("name").asText());
            store.put(STREAMS, stream);
        });
    }

    /** All requests so far, oldest first. */
    public List<JournalEntry> requests() {
        return journal.entries();
    }

    /** When the last request was answered. */
    Optional<Instant> lastRequest() {
        return journal.last();
    }

    /** The requests that would store something, oldest first. */
    public List<JournalEntry> changes() {
        return journal.entries().stream().filter(JournalEntry::changing).toList();
    }

    /** The hosts beyond the simulated network that an import asked for, oldest first. */
    public List<String> outsideContacts() {
        return journal.outside();
    }

    /**
     * Those of {@link #outsideContacts} that a request caused. The others are the import controller's, which tries the
     * public registries once at the first boot, long before anybody can have moved a stream.
     */
    public List<String> outsideContactsByRequests() {
        return journal.outside(RequestJournal.BY_REQUEST);
    }

    /** How many imports ran side by side at most. */
    public synchronized int importsSideBySide() {
        return importsAtMost;
    }

    /** The secrets that pods ({@code pull}) or builds ({@code build}) of a project pull with. */
    public List<ObjectNode> pullSecrets(String namespace, String use) {
        return switch (use) {
            case "pull" -> ServiceAccounts.ofPods(store, namespace);
            case "build" -> ServiceAccounts.ofBuilds(store, namespace);
            default -> throw ApiException.badRequest("pull or build, not " + use);
        };
    }

    /** Replaces what {@code imagePolicyConfig.additionalTrustedCA} names; PEM, empty for nothing. */
    public void additionalAuthorities(String pem) {
        ObjectNode config = Json.object().put("pem", pem);
        config.putObject("metadata").put("name", AUTHORITIES);
        store.put(CONFIG, config);
    }

    List<X509Certificate> additionalAuthorities() {
        String pem = store.get(CONFIG, "", AUTHORITIES)
                .map(config -> config.path("pem").asText())
                .orElse("");
        return ClusterAuthority.certificates(pem);
    }

    /** Replaces the whitelist, as a changed master configuration does; an empty list allows nothing. */
    public void whitelist(List<ImportableRegistry> entries) {
        ObjectNode config = Json.object();
        config.putObject("metadata").put("name", WHITELIST);
        ArrayNode list = config.putArray("entries");
        entries.forEach(
                entry -> list.addObject().put("domainName", entry.domainName()).put("insecure", entry.insecure()));
        store.put(CONFIG, config);
    }

    /**
     * Mounts authorities for the importer, as the operator of the API server does; they replace those before.
     *
     * @param pems by {@code host} or {@code host..port}, as the ConfigMap names them
     */
    void additionalTrustedCa(Map<String, String> pems) {
        ObjectNode config = Json.object();
        config.putObject("metadata").put("name", TRUSTED_CA);
        ObjectNode data = config.putObject("data");
        pems.forEach(data::put);
        store.put(CONFIG, config);
    }

    /** The mounted authorities for {@code host[:port]}. */
    List<X509Certificate> additionalTrustedCa(String authority) {
        return store.get(CONFIG, "", TRUSTED_CA)
                .map(config -> config.path("data")
                        .path(authority.replace(":", ".."))
                        .asText())
                .filter(pem -> !pem.isEmpty())
                .map(ClusterAuthority::certificates)
                .orElse(List.of());
    }

    /** Removes the whitelist ({@code allowedRegistriesForImport: null}): every registry is allowed. */
    public void noWhitelist() {
        ObjectNode config = Json.object();
        config.putObject("metadata").put("name", WHITELIST);
        store.put(CONFIG, config);
    }

    /** The whitelist in force; empty where every registry is allowed. */
    public Optional<List<ImportableRegistry>> whitelist() {
        return store.get(CONFIG, "", WHITELIST)
                .filter(config -> config.has("entries"))
                .map(config -> {
                    List<ImportableRegistry> entries = new ArrayList<>();
                    for (ObjectNode entry : Json.objects(config, "entries")) {
                        entries.add(new ImportableRegistry(
                                entry.path("domainName").asText(),
                                entry.path("insecure").asBoolean()));
                    }
                    return List.copyOf(entries);
                });
    }

    /** Replaces what goes wrong from now on. */
    public synchronized void faults(ClusterFaults next) {
        faults = next;
        notReady = next.notReady();
        importFaults.clear();
        importFaults.addAll(next.imports());
    }

    /** Lets the next replacements of a stream come too late: somebody else was faster (409). */
    public synchronized void replacementsComeTooLate(int next) {
        conflicts = next;
    }

    /** Before each of the next patches, somebody else writes the object: a patch that names an earlier version is refused (409). */
    public void patchesAreOvertaken(int next) {
        store.overtake(next);
    }

    synchronized boolean isReplacementTooLate() {
        if (conflicts > 0) {
            conflicts--;
            return true;
        }
        return false;
    }

    /** Whether the add-on {@code htpasswd-identity-provider} is on: nobody gets in with just any password. */
    public synchronized void htpasswd(boolean on) {
        knowsItsUsers = on;
    }

    synchronized boolean takesAnyPassword() {
        return !knowsItsUsers;
    }

    synchronized ClusterFaults faults() {
        return faults;
    }

    synchronized boolean isNotReady() {
        if (notReady > 0) {
            notReady--;
            return true;
        }
        return false;
    }

    synchronized Optional<ImportFault> nextImportFault() {
        return Optional.ofNullable(importFaults.poll());
    }

    synchronized void importStarts() {
        importsNow++;
        importsAtMost = Math.max(importsAtMost, importsNow);
    }

    synchronized void importEnds() {
        importsNow--;
    }

    boolean hasWhitelist() {
        return store.get(CONFIG, "", WHITELIST).isPresent();
    }

    /** The whitelist as the server checks it: its own registry comes first. */
    Optional<ImportWhitelist> registryWhitelist() {
        return whitelist().map(entries -> {
            List<String> globs = new ArrayList<>();
            if (!integratedRegistry.isEmpty()) {
                globs.add(integratedRegistry);
            }
            entries.forEach(entry -> globs.add(entry.glob()));
            return new ImportWhitelist(globs);
        });
    }

    /** All of it, for tests in another process. */
    ObjectNode toJson() {
        ObjectNode json = Json.object();
        store.list(STREAMS, "").forEach(Json.children(json, STREAMS)::add);
        store.list("secrets", "").forEach(Json.children(json, "secrets")::add);
        store.list("pods", "").forEach(Json.children(json, "pods")::add);
        outsideContacts().forEach(Json.children(json, "outside")::add);
        outsideContactsByRequests().forEach(Json.children(json, "outsideByRequests")::add);
        json.put("requests", requests().size());
        json.put("changes", changes().size());
        return json.put("importsSideBySide", importsSideBySide());
    }
}
