package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.cluster.importer.Hosts;
import io.github.cdkmaven.sim.cluster.importer.Pace;
import io.github.cdkmaven.sim.cluster.importer.RegistryTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the parts of a simulated cluster together and boots it. */
final class ClusterAssembly {

    private static final String BOOT = "boot";

    private ClusterAssembly() {}

    static SimulatedCluster start(ClusterSettings settings, Runnable shutdown) throws IOException {
        Optional<Path> directory = settings.stateDirectory();
        ObjectStore store = new ObjectStore(directory.map(dir -> dir.resolve("objects")));
        RequestJournal journal = new RequestJournal(settings.journal());
        OpenShiftVersion version = settings.version();
        ClusterState state = new ClusterState(store, journal, settings.integratedRegistry());
        state.faults(settings.faults());
        if (!state.hasWhitelist()) {
            settings.whitelist().or(version::defaultWhitelist).ifPresentOrElse(state::whitelist, state::noWhitelist);
        }
        StreamRegistry streams = new StreamRegistry(store, state, version, settings.integratedRegistry());
        StreamImporter importer = new StreamImporter(store, streams, version);
        ImportController controller = new ImportController(
                streams, importer, transport(settings, state, journal, RequestJournal.BY_CONTROLLER), settings.pacing());
        if (store.get(BOOT, "", BOOT).isEmpty()) {
            boot(settings, store, streams, controller);
        }
        if (settings.importController()) {
            streams.listen(controller::written);
        }
        ClusterAuthority authority = ClusterAuthority.in(directory.map(dir -> dir.resolve("certificates")));
        ApiServer server = new ApiServer(
                new InetSocketAddress(InetAddress.getByName(settings.ip()), settings.port()),
                authority.server(settings.ip()),
                journal);
        URI url = URI.create("https://" + settings.ip() + ":" + server.port());
        Authorization authorization = new Authorization(version, settings.admins(), state);
        Authentication authentication = new Authentication(store, authorization, state::takesAnyPassword);
        ImportEndpoint imports = new ImportEndpoint(
                importer,
                transport(settings, state, journal, RequestJournal.BY_REQUEST),
                state,
                authorization,
                version,
                settings.pacing());
        Map<String, Endpoint> endpoints = new HashMap<>();
        endpoints.put(ApiException.IMAGE_GROUP + "/imagestreams", new ImageStreamEndpoint(streams, version));
        endpoints.put(ApiException.IMAGE_GROUP + "/imagestreamimports", imports);
        endpoints.put("user.openshift.io/users", new UserEndpoint(authentication, version));
        endpoints.put(
                "authorization.k8s.io/selfsubjectaccessreviews", new AccessReviewEndpoint(authorization, version));
        endpoints.put("/secrets", new CoreEndpoint(store, "Secret", "v1", true));
        endpoints.put("/namespaces", new CoreEndpoint(store, "Namespace", "v1", true));
        endpoints.put("/events", new CoreEndpoint(store, "Event", "v1", true));
        endpoints.put("/serviceaccounts", new CoreEndpoint(store, "ServiceAccount", "v1", true));
        endpoints.put("/pods", new CoreEndpoint(store, "Pod", "v1", false));
        endpoints.put(
                "project.openshift.io/projects", new CoreEndpoint(store, "Project", "project.openshift.io/v1", true));
        PublicPages pages = new PublicPages(version, url, authentication);
        ApiRouter router = new ApiRouter(state, authentication, authorization, pages, endpoints);
        server.start(router, new SimEndpoint(state, settings.simToken(), shutdown)::handle);
        return new SimulatedCluster(server, state, controller, authority, url);
    }

    private static RegistryTransport transport(
            ClusterSettings settings, ClusterState state, RequestJournal journal, String by) {
        Hosts hosts = new Hosts(settings.hosts(), host -> journal.outside(host, by));
        return new RegistryTransport(hosts, () -> authorities(settings, state), settings.registryTimeout());
    }

    /** The system's, and from 3.11 those of {@code imagePolicyConfig.additionalTrustedCA} (facts/imagestreams.md, 4.4). */
    private static List<X509Certificate> authorities(ClusterSettings settings, ClusterState state) {
        List<X509Certificate> authorities = new ArrayList<>(settings.trusted());
        if (settings.version().readsAdditionalAuthorities()) {
            authorities.addAll(state.additionalAuthorities());
        }
        return authorities;
    }

    /** What {@code oc cluster up} does once. The import controller is through with it before anybody can ask. */
    private static void boot(
            ClusterSettings settings, ObjectStore store, StreamRegistry streams, ImportController controller) {
        for (String name : List.of("default", "kube-system", "myproject", "openshift", "openshift-infra")) {
            for (String kind : List.of("namespaces", "projects")) {
                ObjectNode namespace = Json.object();
                namespace.putObject("metadata").put("name", name);
                namespace.putObject("status").put("phase", "Active");
                store.create(kind, namespace);
            }
            ServiceAccounts.create(store, name);
        }
        for (ObjectNode stream : settings.imageStreams()) {
            Json.child(stream, "metadata").put("namespace", "openshift");
            streams.load(stream);
            if (settings.importController()) {
                controller.importNow(
                        "openshift", stream.path("metadata").path("name").asText(), new Pace(false));
            }
        }
        ObjectNode marker = Json.object();
        marker.putObject("metadata").put("name", BOOT);
        store.put(BOOT, marker);
    }
}
