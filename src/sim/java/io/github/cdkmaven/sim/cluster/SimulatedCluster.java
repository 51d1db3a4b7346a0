package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.PromptServers;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An OpenShift 3.x or 4.x API server on loopback, with a private CA, that resolves images against whatever registry the
 * references name, over real HTTP.
 *
 * <p>{@code try (SimulatedCluster cluster = SimulatedCluster.builder().openshift("v3.9.31").start()) { … }}
 */
public final class SimulatedCluster implements AutoCloseable {

    private final ApiServer server;
    private final ClusterState state;
    private final ImportController controller;
    private final ClusterAuthority authority;
    private final URI url;
    private final Authentication authentication;
    private final ApiServerOperator operator;
    private final Optional<SamplesOperator> samples;
    private final ClusterVersionOperator clusterVersion;
    private final Optional<LocalCluster> local;

    SimulatedCluster(
            ApiServer server,
            ClusterState state,
            ImportController controller,
            ClusterAuthority authority,
            URI url,
            Authentication authentication,
            ApiServerOperator operator,
            Optional<SamplesOperator> samples,
            ClusterVersionOperator clusterVersion,
            Optional<LocalCluster> local) {
        this.server = server;
        this.local = local;
        this.samples = samples;
        this.clusterVersion = clusterVersion;
        this.authentication = authentication;
        this.operator = operator;
        this.state = state;
        this.controller = controller;
        this.authority = authority;
        this.url = url;
    }

    /** Settings of a cluster to start, with those of OpenShift 3.9 as minishift runs it. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@code https://<ip>:<port>}, with what its paths have before the API's own. */
    public URI url() {
        return url;
    }

    /** The kubeconfig of {@code system:admin} as minishift writes it to {@code machines/<profile>_kubeconfig}. */
    public String kubeconfigYaml() {
        return kubeconfig().yaml();
    }

    /** The same as {@code oc config view --raw --minify -o json} prints it. */
    public String kubeconfigJson() {
        return kubeconfig().json();
    }

    /** The kubeconfig of a user with a token, as {@code oc login} writes it. */
    public String kubeconfigYaml(String user) {
        return AdminKubeconfig.yaml(url, authority.caPem(), user, token(user));
    }

    /** A token for a user, who need not be known before; {@code kube:admin} is an administrator of OpenShift 4. */
    public String token(String user) {
        return authentication.token(user);
    }

    /** A client certificate of this cluster's authority. */
    public ClientCertificate certificate(String user, List<String> groups, ClientCertificate.KeyForm form) {
        return authority.client(user, groups, form);
    }

    /**
     * Puts {@code images.config.openshift.io/cluster} in force, as the operator of the API server does; needed only where
     * that does not happen at once.
     */
    public void rollOutImageConfig() {
        operator.rollOut();
    }

    /** The samples operator, where {@link Builder#samples} or {@link Builder#samplesAtFirstStart} gave it streams. */
    public SamplesOperator samplesOperator() {
        return samples.orElseThrow(() -> new IllegalStateException("no samples operator runs here"));
    }

    /** The operator that owns the streams of the payload, and upgrades the cluster. */
    public ClusterVersionOperator clusterVersionOperator() {
        return clusterVersion;
    }

    /** The CA that signed the server's certificate, PEM. */
    public String caPem() {
        return authority.caPem();
    }

    /** What the cluster holds and was asked. */
    public ClusterState state() {
        return state;
    }

    /** Waits until the import controller has nothing left to do. */
    public void awaitImports() throws InterruptedException {
        controller.awaitIdle();
    }

    @Override
    public void close() {
        server.close();
        samples.ifPresent(SamplesOperator::close);
        local.ifPresent(LocalCluster::close);
        controller.close();
    }

    private AdminKubeconfig kubeconfig() {
        return new AdminKubeconfig(url, authority.caPem(), authority.adminCertificatePem(), authority.adminKeyPem());
    }

    /** The settings of a cluster. */
    public static final class Builder {

        private OpenShiftRules version = OpenShiftRules.parse("v3.9.31");
        private String ip = "127.0.0.1";
        private int port;
        private Optional<Path> stateDirectory = Optional.empty();
        private final List<ObjectNode> imageStreams = new ArrayList<>();
        private Optional<Set<String>> admins = Optional.empty();
        private final Map<String, Set<String>> editors = new HashMap<>();
        private final Map<String, Set<String>> viewers = new HashMap<>();
        private Optional<List<ImportableRegistry>> whitelist = Optional.empty();
        private Map<String, String> hosts = Map.of();
        private final List<X509Certificate> trusted = new ArrayList<>();
        private boolean pacing = true;
        private boolean importController = true;
        private Optional<String> integratedRegistry = Optional.empty();
        private String pathPrefix = "";
        private List<String> serverNames = List.of();
        private boolean oauth = true;
        private boolean rollsOutAtOnce = true;
        private Optional<LocalPlan> local = Optional.empty();
        private ClusterOptions.Samples samples = new ClusterOptions.Samples(List.of(), false, false);
        private Duration registryTimeout = Duration.ofSeconds(15);
        private Optional<Path> journal = Optional.empty();
        private ClusterFaults faults = ClusterFaults.none();
        private String simToken = "";
        private Runnable shutdown = () -> {};

        private Builder() {}

        /** The version, {@code v3.6.…} to {@code v3.11.…}, or {@code 4.x.y}; it decides the rules. Default {@code v3.9.31}. */
        public Builder openshift(String text) {
            version = OpenShiftRules.parse(text);
            return this;
        }

        /** Where to listen: a loopback address, and a port or 0 for any. */
        public Builder bind(String address, int onPort) {
            ip = address;
            port = onPort;
            return this;
        }

        /** Where everything is kept; a later cluster there continues with the same CA and data. Default: in memory. */
        public Builder stateDirectory(Path directory) {
            stateDirectory = Optional.of(directory);
            return this;
        }

        /** What all paths have before the API's own, as behind Rancher: {@code /k8s/clusters/c-1}. Default: nothing. */
        public Builder pathPrefix(String path) {
            pathPrefix = path;
            return this;
        }

        /** The only names that the server's certificate is for. Default: its address. */
        public Builder serverNames(String... names) {
            serverNames = List.of(names);
            return this;
        }

        /** Whether there is a server that gives tokens for passwords. Default: yes. */
        public Builder oauth(boolean there) {
            oauth = there;
            return this;
        }

        /** Whether a change of image.config is in force as soon as it is answered. Default: yes. */
        public Builder imageConfigAtOnce(boolean on) {
            rollsOutAtOnce = on;
            return this;
        }

        /** Somebody who may change streams and secrets of some namespaces and nothing else (OpenShift 4). */
        public Builder editor(String user, String... namespaces) {
            editors.put(user, Set.of(namespaces));
            return this;
        }

        /** Somebody who may read some namespaces, and change nothing there (OpenShift 4). */
        public Builder viewer(String user, String... namespaces) {
            viewers.put(user, Set.of(namespaces));
            return this;
        }

        /**
         * The streams that the samples operator owns (OpenShift 4). It runs, is Managed, and has imported them all, as in a
         * bundle that was made where the public registries can be reached.
         */
        public Builder samples(JsonNode assets) {
            samples = new ClusterOptions.Samples(ClusterOptions.streams(assets), true, samples.payload());
            return this;
        }

        /** The same, but the operator has just started for the first time: there are no streams yet. */
        public Builder samplesAtFirstStart(JsonNode assets) {
            samples = new ClusterOptions.Samples(ClusterOptions.streams(assets), false, samples.payload());
            return this;
        }

        /** The single node of OpenShift Local: its operators, its pool of machines, what its bundle configured. */
        public Builder local(LocalPlan plan) {
            local = Optional.of(plan);
            return this;
        }

        /** Ten streams of the release's payload, which the cluster-version operator owns (OpenShift 4). */
        public Builder payload() {
            samples = new ClusterOptions.Samples(samples.assets(), samples.installed(), true);
            return this;
        }

        /** Lists (JSON) that the first boot loads into namespace {@code openshift}. */
        public Builder imageStreams(Path... listFiles) {
            for (Path file : listFiles) {
                try {
                    imageStreams(Json.read(Files.readAllBytes(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return this;
        }

        /** A list, or a stream, that the first boot loads into namespace {@code openshift}. */
        public Builder imageStreams(JsonNode list) {
            return imageStreams("openshift", list);
        }

        /** A list, or a stream, that the first boot loads into a namespace, which it makes. */
        public Builder imageStreams(String namespace, JsonNode list) {
            for (ObjectNode stream : ClusterOptions.streams(list)) {
                Json.child(stream, "metadata").put("namespace", namespace);
                imageStreams.add(stream);
            }
            return this;
        }

        /**
         * Who is cluster-admin beside {@code system:admin}, and beside {@code kube:admin} on OpenShift 4. Default {@code
         * admin}, on OpenShift 4 nobody.
         */
        public Builder admins(String... users) {
            admins = Optional.of(new LinkedHashSet<>(List.of(users)));
            return this;
        }

        /** The whitelist of the first boot. Default: the version's. */
        public Builder whitelist(List<ImportableRegistry> entries) {
            whitelist = Optional.of(List.copyOf(entries));
            return this;
        }

        /** Names that imports can resolve: {@code host} or {@code host:port} to {@code ip:port}. */
        public Builder hosts(Map<String, String> names) {
            hosts = Map.copyOf(names);
            return this;
        }

        /** CAs (PEM) that the master trusts as if they were the system's. Default: none. */
        public Builder trust(String pem) {
            trusted.addAll(ClusterAuthority.certificates(pem));
            return this;
        }

        /** Whether imports wait as the real ones: 2 images a second after 3, per request. Default true. */
        public Builder pacing(boolean real) {
            pacing = real;
            return this;
        }

        /** Whether written streams are imported without being asked. Default true. */
        public Builder importController(boolean runs) {
            importController = runs;
            return this;
        }

        /** The cluster's own registry, in {@code status.dockerImageRepository}; empty for none. */
        public Builder integratedRegistry(String hostAndPort) {
            integratedRegistry = Optional.of(hostAndPort);
            return this;
        }

        /** How long the importer waits for a registry. Default 15 s. */
        public Builder registryTimeout(Duration limit) {
            registryTimeout = limit;
            return this;
        }

        /** Where each request, and each contact beyond the network, is written down as a JSON line. */
        public Builder journal(Path jsonl) {
            journal = Optional.of(jsonl);
            return this;
        }

        /** What goes wrong. Default: nothing. */
        public Builder faults(ClusterFaults all) {
            faults = all;
            return this;
        }

        /** Opens the private door below {@code /sim/} to whoever has the token. */
        Builder simulation(String token, Runnable onShutdown) {
            simToken = token;
            shutdown = onShutdown;
            return this;
        }

        /** Starts the cluster; it answers when this returns. */
        public SimulatedCluster start() {
            PromptServers.please();
            try {
                return ClusterAssembly.start(
                        new ClusterOptions(
                                version,
                                ip,
                                port,
                                stateDirectory,
                                List.copyOf(imageStreams),
                                admins.orElse(version.isFour() ? Set.of() : Set.of("admin")),
                                Map.copyOf(editors),
                                Map.copyOf(viewers),
                                whitelist,
                                hosts,
                                List.copyOf(trusted),
                                pacing,
                                importController,
                                integratedRegistry.orElse(version.integratedRegistry()),
                                registryTimeout,
                                journal,
                                faults,
                                new ClusterOptions.ServerAddress(pathPrefix, serverNames),
                                oauth,
                                rollsOutAtOnce,
                                samples,
                                local,
                                simToken),
                        shutdown);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
