package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.cluster.importer.Hosts;
import io.github.cdkmaven.sim.cluster.importer.Pace;
import io.github.cdkmaven.sim.cluster.importer.NodeRegistries;
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

    static SimulatedCluster start(ClusterOptions settings, Runnable shutdown) throws IOException {
        Optional<Path> directory = settings.stateDirectory();
        ObjectStore store = new ObjectStore(directory.map(dir -> dir.resolve("objects")));
        RequestJournal journal = new RequestJournal(settings.journal());
        OpenShiftRules version = settings.version();
        ClusterState state = new ClusterState(store, journal, settings.integratedRegistry());
        state.faults(settings.faults());
        if (!state.hasWhitelist()) {
            settings.whitelist().or(version::defaultWhitelist).ifPresentOrElse(state::whitelist, state::noWhitelist);
        }
        StreamRegistry streams = new StreamRegistry(store, state, version, settings.integratedRegistry());
        NodeRegistries conf = version.isFour()
                ? new ConfiguredRegistries(store, state, settings.trusted())
                : NodeRegistries.NONE;
        StreamImporter importer = new StreamImporter(store, streams, version, conf);
        RegistryTransport unasked = transport(settings, state, journal, RequestJournal.BY_CONTROLLER, conf);
        ImportController controller = new ImportController(
                streams,
                importer,
                unasked,
                version,
                settings.pacing());
        Optional<SamplesOperator> samples = settings.samples().assets().isEmpty()
                ? Optional.empty()
                : Optional.of(new SamplesOperator(
                        store,
                        streams,
                        importer,
                        unasked,
                        controller,
                        version,
                        settings.samples().assets(),
                        () -> settings.hosts().containsKey("registry.redhat.io")));
        ClusterVersionOperator clusterVersion =
                new ClusterVersionOperator(store, streams, samples, version.text());
        Optional<LocalCluster> local =
                settings.local().map(plan -> new LocalCluster(
                        store, journal, version, plan, directory.map(dir -> dir.resolve("inside.json")), shutdown));
        if (store.get(BOOT, "", BOOT).isEmpty()) {
            boot(settings, store, streams, controller);
            local.ifPresent(LocalCluster::install);
            if (settings.samples().payload()) {
                clusterVersion.install();
            }
        }
        if (settings.importController()) {
            streams.listen(controller::written);
        }
        samples.ifPresent(operator -> {
            streams.listen(operator::streamWritten);
            streams.listenToDeletions(operator::streamDeleted);
            operator.start(version.text());
        });
        Optional<Path> certificates = directory.map(dir -> dir.resolve("certificates"));
        ClusterAuthority authority = version.isFour()
                ? ClusterAuthority.in(certificates, List.of("system:masters"))
                : ClusterAuthority.in(certificates);
        ApiServer server = new ApiServer(
                new InetSocketAddress(InetAddress.getByName(settings.ip()), settings.port()),
                authority.server(settings.ip(), settings.address().names()),
                journal,
                version,
                settings.address().prefix());
        URI url = URI.create("https://" + settings.ip() + ":" + server.port()
                + settings.address().prefix());
        Authorization authorization = new Authorization(version, settings.admins(), settings.editors(), settings.viewers(), state);
        Authentication authentication = new Authentication(store, authorization, version, state::takesAnyPassword);
        ApiServerOperator operator = new ApiServerOperator(store, state, settings.rollsOutAtOnce());
        ImportEndpoint imports = new ImportEndpoint(
                importer,
                transport(settings, state, journal, RequestJournal.BY_REQUEST, conf),
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
        if (version.isFour()) {
            addFour(endpoints, store, streams, version, authorization, operator);
            samples.ifPresent(samplesOperator -> endpoints.put(
                    "samples.operator.openshift.io/configs",
                    CoreEndpoint.of(
                                    store,
                                    version,
                                    "Config",
                                    "samples.operator.openshift.io/v1",
                                    SamplesOperator.CONFIGS,
                                    true)
                            .telling(samplesOperator::written)));
        } else {
            endpoints.put("/secrets", plain(store, version, "Secret", "secrets", true));
            endpoints.put("/namespaces", plain(store, version, "Namespace", "namespaces", true));
            endpoints.put("/events", plain(store, version, "Event", "events", true));
            endpoints.put("/serviceaccounts", plain(store, version, "ServiceAccount", "serviceaccounts", true));
            endpoints.put("/pods", plain(store, version, "Pod", "pods", false));
            endpoints.put(
                    "project.openshift.io/projects",
                    CoreEndpoint.of(store, version, "Project", "project.openshift.io/v1", "projects", true));
        }
        endpoints.put("/pods/log", new PodLogEndpoint(store));
        endpoints.putIfAbsent(
                "route.openshift.io/routes",
                CoreEndpoint.of(store, version, "Route", "route.openshift.io/v1", "routes.route.openshift.io", true));
        local.ifPresent(cluster -> {
            addLocal(endpoints, store, version);
            endpoints.replaceAll((name, endpoint) -> telling(endpoint, cluster));
            cluster.start();
        });
        PublicPages pages = new PublicPages(version, url, authentication, settings.oauth());
        ApiRouter router = new ApiRouter(state, authentication, authorization, pages, endpoints);
        server.start(router, new SimEndpoint(state, settings.simToken(), shutdown, local)::handle);
        return new SimulatedCluster(
                server, state, controller, authority, url, authentication, operator, samples, clusterVersion, local);
    }

    private static CoreEndpoint plain(
            ObjectStore store, OpenShiftRules version, String kind, String resource, boolean writable) {
        return CoreEndpoint.of(store, version, kind, "v1", resource, writable);
    }

    /** Everything that OpenShift 4 only stores, and what it has beside the streams. */
    private static void addFour(
            Map<String, Endpoint> endpoints,
            ObjectStore store,
            StreamRegistry streams,
            OpenShiftRules version,
            Authorization authorization,
            ApiServerOperator operator) {
        for (ApiResource resource : Discovery.RESOURCES) {
            if (resource.verbs().equals(ApiResource.STORED)) {
                endpoints.putIfAbsent(
                        resource.group() + "/" + resource.name(),
                        CoreEndpoint.of(
                                        store,
                                        version,
                                        resource.kind(),
                                        resource.groupVersion(),
                                        resource.storedAs(),
                                        true)
                                .telling(operator::written));
            }
        }
        endpoints.put(
                ApiException.IMAGE_GROUP + "/images",
                CoreEndpoint.of(store, version, "Image", ApiException.IMAGE_GROUP + "/v1", "images", true));
        endpoints.put(ApiException.IMAGE_GROUP + "/imagestreamtags", new ImageStreamTagEndpoint(store, streams));
        endpoints.put("authentication.k8s.io/selfsubjectreviews", (request, path) -> UserEndpoint.review(request));
        endpoints.put(
                "project.openshift.io/projects",
                CoreEndpoint.of(store, version, "Project", "project.openshift.io/v1", "namespaces", true)
                        .visibleTo((user, project) -> authorization.allows(
                                user,
                                "get",
                                new ResourcePath(
                                        "",
                                        "",
                                        "namespaces",
                                        project.path("metadata").path("name").asText()))));
    }

    private static void addLocal(Map<String, Endpoint> endpoints, ObjectStore store, OpenShiftRules version) {
        for (ApiResource resource : Discovery.LOCAL) {
            endpoints.put(
                    resource.group() + "/" + resource.name(),
                    CoreEndpoint.of(store, version, resource.kind(), resource.groupVersion(), resource.storedAs(), true));
        }
    }

    private static Endpoint telling(Endpoint endpoint, LocalCluster cluster) {
        return (request, path) -> {
            ApiResponse response = endpoint.handle(request, path);
            if (ApiRouter.isChanging(request)) {
                cluster.changed(path.resource());
            }
            return response;
        };
    }

    private static RegistryTransport transport(
            ClusterOptions settings,
            ClusterState state,
            RequestJournal journal,
            String by,
            NodeRegistries conf) {
        Hosts hosts = new Hosts(settings.hosts(), host -> journal.outside(host, by));
        return new RegistryTransport(
                hosts,
                settings.version().isFour() ? conf::authorities : host -> authorities(settings, state),
                settings.registryTimeout());
    }

    /** The system's, and from 3.11 those of {@code imagePolicyConfig.additionalTrustedCA} (facts/imagestreams.md, 4.4). */
    private static List<X509Certificate> authorities(ClusterOptions settings, ClusterState state) {
        List<X509Certificate> authorities = new ArrayList<>(settings.trusted());
        if (settings.version().readsAdditionalAuthorities()) {
            authorities.addAll(state.additionalAuthorities());
        }
        return authorities;
    }

    /** What the cluster holds from the beginning. The import controller is through with it before anybody can ask. */
    private static void boot(
            ClusterOptions settings, ObjectStore store, StreamRegistry streams, ImportController controller) {
        FirstObjects first = new FirstObjects(store, settings.version());
        first.create();
        if (settings.samples().installed()) {
            first.samples(settings.samples().assets(), streams);
        }
        for (ObjectNode stream : settings.imageStreams()) {
            String namespace = stream.path("metadata").path("namespace").asText();
            first.namespace(namespace);
            streams.load(stream);
            if (settings.importController()) {
                controller.importNow(
                        namespace, stream.path("metadata").path("name").asText(), new Pace(false));
            }
        }
        ObjectNode marker = Json.object();
        marker.putObject("metadata").put("name", BOOT);
        store.put(BOOT, marker);
    }
}
