package io.github.cdkmaven.crc.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.registry.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The objects by which a cluster of OpenShift Local is told of the company's registries: compared with what is there, and written only where they differ.
 *
 * <p>Only what the machine-config operator brings to the node without a reboot, since a bundle's kubelet is disabled at boot: never search registries,
 * machine configs, kubelet configs, or the proxy's authority (machine-config-operator 4.19 {@code pkg/daemon/update.go}, snc {@code createdisk.sh}).
 */
public final class ClusterObjects {

    /** The name of our mirror sets. */
    static final String NAME = "cdk-maven-plugin";

    private static final String CONFIG = "/apis/config.openshift.io/v1/";
    private static final String CONFIG_NAMESPACE = "/api/v1/namespaces/openshift-config/";
    private static final String PULL_SECRET = CONFIG_NAMESPACE + "secrets/pull-secret";
    private static final String SECRET_KEY = ".dockerconfigjson";

    /** The bundle's own config map of authorities (snc {@code snc.sh}). */
    private static final String AUTHORITIES = "registry-certs";

    /** The repositories of every release but OKD's. */
    private static final List<String> PAYLOAD =
            List.of("quay.io/openshift-release-dev/ocp-release", "quay.io/openshift-release-dev/ocp-v4.0-art-dev");

    private final ConfigurationApi api;
    private final WantedObjects wanted;
    private final List<ObjectChange> changes = new ArrayList<>();
    private final List<String> obstacles = new ArrayList<>();

    private ClusterObjects(ConfigurationApi api, WantedObjects wanted) {
        this.api = api;
        this.wanted = wanted;
    }

    /**
     * What a comparison has found.
     *
     * @param changes what differs, in the order in which it is written: credentials and mirrors before what is blocked
     * @param obstacles what somebody else has set, and what is left alone therefore
     * @param onNode what the node then has to have
     */
    public record Comparison(List<ObjectChange> changes, List<String> obstacles, NodeExpectation onNode) {

        public Comparison {
            changes = List.copyOf(changes);
            obstacles = List.copyOf(obstacles);
        }
    }

    /**
     * Compares what is there with what is wanted, and changes nothing.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster does not tell
     */
    public static Comparison compare(ConfigurationApi api, WantedObjects wanted) {
        return new ClusterObjects(api, wanted).compare();
    }

    private Comparison compare() {
        JsonNode version = api.get(CONFIG + "clusterversions/version");
        Set<String> payload = new LinkedHashSet<>(PAYLOAD);
        String release =
                version.path("status").path("desired").path("image").asText().replaceFirst("[@].*", "");
        if (release.contains("/")) {
            payload.add(release);
        }
        JsonNode image = api.get(CONFIG + "images/cluster");
        Optional<String> authorities = authorities(image);
        logins();
        WantedMirrors all = WantedMirrors.of(wanted.registries(), wanted.blocked(), List.copyOf(payload));
        WantedMirrors mirrors = new WantedMirrors(
                mirrors("ImageDigestMirrorSet", "imageDigestMirrors", all.digests()),
                mirrors("ImageTagMirrorSet", "imageTagMirrors", all.tags()));
        List<String> blocked = sources(image, authorities);
        catalogs();
        if (!version.path("spec").path("channel").asText().isEmpty()) {
            change("clusterversion/version", "update channel empty", CONFIG + "clusterversions/version")
                    .putObject("spec")
                    .put("channel", "");
        }
        return new Comparison(
                changes,
                obstacles,
                new NodeExpectation(
                        mirrors, blocked, wanted.insecure(), wanted.logins().keySet()));
    }

    private ObjectNode change(String object, String what, String path) {
        ObjectNode body = JsonTree.object();
        changes.add(new ObjectChange(object, what, path, false, body));
        return body;
    }

    private ObjectNode create(String object, String what, String path, String apiVersion, String kind, String name) {
        ObjectNode body = JsonTree.object().put("apiVersion", apiVersion).put("kind", kind);
        body.putObject("metadata").put("name", name);
        changes.add(new ObjectChange(object, what, path, true, body));
        return body;
    }

    /**
     * Keys are added to the config map that image.config names: the bundle's own holds the authority of the cluster's routes.
     *
     * @return the config map that image.config is still to name
     */
    private Optional<String> authorities(JsonNode image) {
        List<Registry> registries = wanted.withAuthority();
        if (registries.isEmpty()) {
            return Optional.empty();
        }
        String named =
                image.path("spec").path("additionalTrustedCA").path("name").asText("");
        String name = named.isEmpty() ? AUTHORITIES : named;
        JsonNode map = api.get(CONFIG_NAMESPACE + "configmaps/" + name);
        Map<String, String> missing = new LinkedHashMap<>();
        for (Registry registry : registries) {
            String key = registry.host().replace(":", "..");
            String pem = registry.ca().map(ClusterObjects::read).orElse("");
            if (!map.path("data").path(key).asText().strip().equals(pem.strip())) {
                missing.put(key, pem);
            }
        }
        if (!missing.isEmpty()) {
            String object = "configmap/" + name + " in openshift-config";
            String what =
                    "the authority of " + String.join(", ", missing.keySet()).replace("..", ":");
            ObjectNode body = map.isMissingNode()
                    ? create(object, what, CONFIG_NAMESPACE + "configmaps", "v1", "ConfigMap", name)
                    : change(object, what, CONFIG_NAMESPACE + "configmaps/" + name);
            missing.forEach(body.putObject("data")::put);
        }
        return named.isEmpty() ? Optional.of(name) : Optional.empty();
    }

    private static String read(Path pem) {
        try {
            return Files.readString(pem);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + pem, e);
        }
    }

    /** Merged into the cluster's pull secret, unless somebody changes that meanwhile. crc itself never changes one that has logins. */
    private void logins() {
        if (wanted.logins().isEmpty()) {
            return;
        }
        JsonNode secret = api.get(PULL_SECRET);
        ObjectNode config = config(secret.path("data").path(SECRET_KEY).asText());
        ObjectNode auths = config.path("auths") instanceof ObjectNode present ? present : config.putObject("auths");
        List<String> hosts = new ArrayList<>();
        wanted.logins().forEach((host, login) -> {
            if (!auths.path(host).path("auth").equals(login.path("auth"))) {
                auths.set(host, login);
                hosts.add(host);
            }
        });
        if (hosts.isEmpty()) {
            return;
        }
        String data = Base64.getEncoder().encodeToString(JsonTree.text(config).getBytes(StandardCharsets.UTF_8));
        String what = "the login for " + String.join(", ", hosts);
        ObjectNode body = change("secret/pull-secret in openshift-config", what, PULL_SECRET);
        unlessChanged(body, secret);
        body.putObject("data").put(SECRET_KEY, data);
    }

    /** What is replaced as a whole is refused if somebody else has added to it meanwhile. */
    private static void unlessChanged(ObjectNode body, JsonNode read) {
        JsonNode version = read.path("metadata").path("resourceVersion");
        if (version.isTextual()) {
            body.putObject("metadata").set("resourceVersion", version);
        }
    }

    private static ObjectNode config(String base64) {
        try {
            return JsonTree.read(Base64.getMimeDecoder().decode(base64)) instanceof ObjectNode config
                    ? config
                    : JsonTree.object();
        } catch (IOException e) {
            return JsonTree.object();
        }
    }

    /** @return the lines that are in force then: ours, and those of somebody else that do the same */
    private List<MirrorEntry> mirrors(String kind, String list, List<MirrorEntry> all) {
        String path = CONFIG + kind.toLowerCase(Locale.ROOT) + "s";
        List<MirrorEntry> inForce = new ArrayList<>(all);
        List<MirrorEntry> ours = new ArrayList<>(all);
        JsonNode present = MissingNode.getInstance();
        for (JsonNode set : api.get(path).path("items")) {
            String name = ForeignText.line(set.path("metadata").path("name").asText());
            if (name.equals(NAME)) {
                present = set.path("spec").path(list);
                continue;
            }
            for (JsonNode other : set.path("spec").path(list)) {
                all.stream()
                        .filter(entry ->
                                entry.source().equals(other.path("source").asText()))
                        .forEach(entry -> {
                            ours.remove(entry);
                            if (!entry.isDoneBy(other)) {
                                inForce.remove(entry);
                                obstacles.add(kind + " " + name + " sends " + entry.source()
                                        + " to another registry than " + entry.mirror()
                                        + ", or also lets nodes contact it; it is left as it is");
                            }
                        });
            }
        }
        ArrayNode entries = JsonTree.array();
        ours.forEach(entry -> entries.add(entry.toJson()));
        if (!entries.equals(present) && !(entries.isEmpty() && present.isMissingNode())) {
            String what = ours.isEmpty() ? "no mirror" : "mirrors of " + String.join(", ", sources(ours));
            String object = kind.toLowerCase(Locale.ROOT) + "/" + NAME;
            ObjectNode body = present.isMissingNode()
                    ? create(object, what, path, "config.openshift.io/v1", kind, NAME)
                    : change(object, what, path + "/" + NAME);
            body.putObject("spec").set(list, entries);
        }
        return inForce;
    }

    private static List<String> sources(List<MirrorEntry> entries) {
        return entries.stream().map(MirrorEntry::source).toList();
    }

    /**
     * All that image.config lacks, in one change.
     *
     * @param authorities the config map that it is to name, if it names none
     * @return what is blocked then, of what is wanted
     */
    private List<String> sources(JsonNode image, Optional<String> authorities) {
        JsonNode present = image.path("spec").path("registrySources");
        List<String> blocked = wanted.blocked();
        if (!blocked.isEmpty() && !present.path("allowedRegistries").isEmpty()) {
            obstacles.add(
                    "image.config/cluster has allowedRegistries, and OpenShift does not accept blockedRegistries beside it;"
                            + " they are left as they are");
            blocked = List.of();
        }
        ObjectNode merged = JsonTree.object();
        List<String> what = new ArrayList<>();
        authorities.ifPresent(name -> what.add("additionalTrustedCA " + name));
        merge(present, "insecureRegistries", wanted.insecure(), merged, what);
        merge(present, "blockedRegistries", blocked, merged, what);
        if (!what.isEmpty()) {
            ObjectNode body = change("image.config/cluster", String.join("; ", what), CONFIG + "images/cluster");
            unlessChanged(body, image);
            ObjectNode spec = body.putObject("spec");
            authorities.ifPresent(name -> spec.putObject("additionalTrustedCA").put("name", name));
            if (!merged.isEmpty()) {
                spec.set("registrySources", merged);
            }
        }
        return blocked;
    }

    private static void merge(
            JsonNode present, String list, List<String> wanted, ObjectNode merged, List<String> what) {
        Set<String> all = new LinkedHashSet<>();
        present.path(list).forEach(entry -> all.add(entry.asText()));
        List<String> missing =
                wanted.stream().filter(entry -> !all.contains(entry)).toList();
        if (!missing.isEmpty()) {
            all.addAll(missing);
            all.forEach(merged.putArray(list)::add);
            what.add(list + " with " + String.join(", ", missing));
        }
    }

    private void catalogs() {
        JsonNode hub = api.get(CONFIG + "operatorhubs/cluster");
        if (!hub.isMissingNode()
                && !hub.path("spec").path("disableAllDefaultSources").asBoolean()) {
            change("operatorhub/cluster", "no default catalogs", CONFIG + "operatorhubs/cluster")
                    .putObject("spec")
                    .put("disableAllDefaultSources", true);
        }
    }
}
