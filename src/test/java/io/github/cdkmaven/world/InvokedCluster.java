package io.github.cdkmaven.world;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.report.ReportSchema;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.pull.DistributionClient;
import io.github.cdkmaven.sim.pull.GoFailure;
import io.github.cdkmaven.sim.pull.HttpAnswer;
import io.github.cdkmaven.sim.pull.PullLogin;
import io.github.cdkmaven.sim.pull.SocketHttp;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TestCertificates;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cluster and a registry for a project that the Maven Invoker builds, which finds them by {@code shared.kubeconfig} beside its POM.
 *
 * <p>A real cluster takes the place of the simulated one when the outer build is given {@code -Dcdk.kubeconfig} and {@code -Dcdk.registry}.
 */
public final class InvokedCluster implements AutoCloseable {

    private static final String REGISTRY = "registry.corp.example:5000";

    private final Path project;
    private final Optional<SimulatedRegistry> registry;
    private final Optional<SimulatedCluster> cluster;
    private Optional<SimulatedRegistry> own = Optional.empty();

    private InvokedCluster(Path project, Optional<SimulatedRegistry> registry, Optional<SimulatedCluster> cluster) {
        this.project = project;
        this.registry = registry;
        this.cluster = cluster;
    }

    /**
     * Prepares them before the build, and remembers them for {@link #of}.
     *
     * @param basedir the project that will be built
     * @param context what the Invoker keeps between the scripts of one project
     * @param openshift the version to simulate
     */
    public static InvokedCluster prepare(File basedir, Map<String, Object> context, String openshift) {
        Optional<String> real = Optional.ofNullable(System.getProperty("cdk.kubeconfig"));
        InvokedCluster build = real.isPresent()
                ? new InvokedCluster(basedir.toPath(), Optional.empty(), Optional.empty())
                : simulated(basedir.toPath(), openshift);
        build.write(real.map(Path::of));
        context.put("build", build);
        return build;
    }

    private static InvokedCluster simulated(Path project, String openshift) {
        SimulatedRegistry registry = SimulatedRegistry.start();
        new Mirror(registry).defaultImageStreams();
        SimulatedCluster cluster = SimulatedCluster.builder()
                .openshift(openshift)
                .imageStreams(Mirror.defaultSet())
                .pacing(false)
                .start();
        return new InvokedCluster(project, Optional.of(registry), Optional.of(cluster));
    }

    /** What was prepared for this project. */
    public static InvokedCluster of(Map<String, Object> context) {
        return (InvokedCluster) context.get("build");
    }

    private void write(Optional<Path> real) {
        String host = registry.map(SimulatedRegistry::host).orElseGet(() -> System.getProperty("cdk.registry"));
        Path kubeconfig = project.resolve("shared.kubeconfig");
        try {
            if (real.isPresent()) {
                Files.copy(real.get(), kubeconfig, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.writeString(kubeconfig, cluster.orElseThrow().kubeconfigYaml("kube:admin"));
            }
            Files.writeString(project.resolve("test.properties"), "cdk.registryInsecure=true\n");
            Path pom = project.resolve("pom.xml");
            Files.writeString(pom, Files.readString(pom).replace(REGISTRY, host));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Gives the cluster an exposed registry of its own, which takes the token of {@code kube:admin} as OpenShift's does.
     *
     * @param base an image for the company's registry, on which that of the project is built
     */
    public InvokedCluster withOwnRegistry(String base) {
        SimulatedRegistry exposed = SimulatedRegistry.builder()
                .tls(TestCertificates.Kind.PRIVATE_CA)
                .basicAuth("cdk", token())
                .start();
        own = Optional.of(exposed);
        cluster.orElseThrow().state().exposeRegistry(exposed.host());
        registry.orElseThrow().put(base, TinyImage.named("base"));
        append("test.properties", "jib.disableUpdateChecks=true\n");
        return this;
    }

    /** Lets a pod of the project's crash again and again. */
    public InvokedCluster withCrashingPod() {
        cluster.orElseThrow().state().pods(List.of(Json.parse("""
                        {"metadata": {"namespace": "default", "name": "web-1-x",
                            "annotations": {"simulation/log": "db.password=topsecret\\nconnection refused\\n"}},
                         "spec": {"containers": [{"name": "web", "image": "%s/shop/web:1"}]},
                         "status": {"phase": "Running", "containerStatuses": [{"name": "web", "ready": false,
                            "state": {"waiting": {"reason": "CrashLoopBackOff"}}}]}}
                        """.formatted(
                        registry.orElseThrow().host()))));
        return this;
    }

    private void append(String file, String text) {
        try {
            Files.writeString(project.resolve(file), text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The token that the project's kubeconfig holds. */
    public String token() {
        try {
            Matcher token =
                    Pattern.compile("token: (\\S+)").matcher(Files.readString(project.resolve("shared.kubeconfig")));
            if (!token.find()) {
                throw new AssertionError("no token");
            }
            return token.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The manifest of an image that somebody pushed to the cluster's own registry, fetched as a node does for a pod. */
    public String pulled(String repository, String tag) throws IOException, GoFailure {
        try (SocketHttp http = SocketHttp.blind(Optional::of, Duration.ofSeconds(30))) {
            URI v2 = URI.create("https://" + own.orElseThrow().host() + "/v2/");
            DistributionClient client =
                    new DistributionClient(http, uri -> Optional.of(new PullLogin("cdk", token())), false);
            client.ping(v2);
            HttpAnswer answer =
                    client.get(v2.resolve(repository + "/manifests/" + tag), repository, List.of(TinyImage.SCHEMA_2));
            if (answer.status() != 200) {
                throw new AssertionError(repository + ":" + tag + " " + answer.status());
            }
            return new String(answer.body(), StandardCharsets.UTF_8);
        }
    }

    /** The API's address, as the simulation has it. */
    public String url() {
        return cluster.orElseThrow().url().toString();
    }

    /** What was written to the cluster, each a method with its path. */
    public List<String> changes() {
        return cluster.orElseThrow().state().changes().stream()
                .map(change -> change.method() + " " + change.path())
                .toList();
    }

    /** A report that the build has left, and that is as its schema has it. */
    public JsonNode json(String file) {
        return ReportSchema.valid(project.resolve(file));
    }

    /** The log of the build. */
    public String log() {
        try {
            return Files.readString(project.resolve("build.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cluster.ifPresent(SimulatedCluster::close);
        registry.ifPresent(SimulatedRegistry::close);
        own.ifPresent(SimulatedRegistry::close);
    }
}
