package io.github.cdkmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.engine.ToyEngine;
import io.github.cdkmaven.lifecycle.StartRequest.IfRunning;
import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.ownership.Build;
import io.github.cdkmaven.ownership.Builds;
import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.preflight.PreflightRequest;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.RunReport;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.streams.Streams;
import io.github.cdkmaven.verify.VerifyPolicy;
import io.github.cdkmaven.world.Mirror;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The goals over an engine without a program, a profile, a docker or an ssh")
class ToyEngineTest {

    private static final Path SET = Path.of("src/test/resources/imagestreams/two-of-everything.json");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    @DisplayName("start, verify, tell the status, stop and delete it as any other")
    void wholeLife() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = SimulatedCluster.builder()
                        .openshift("v3.11.0")
                        .imageStreams(SET)
                        .pacing(false)
                        .start()) {
            new Mirror(registry).imageStreams(SET);
            cluster.state().pods(List.of(pod(registry.host() + "/team/app:1")));
            cluster.state().exposeRegistry("registry.apps.example");
            Path home = Files.createDirectories(folder.resolve("home"));
            ToyEngine engine =
                    new ToyEngine(home, Kubeconfig.parse(cluster.kubeconfigJson(), folder.resolve("kubeconfig")));
            Registries registries = Registries.of(Registry.to(registry.host()).withInsecure(true));
            Streams streams = Streams.of(List.of("openshift"));
            VerifyPolicy policy = new VerifyPolicy(false, List.of(), true, Duration.ofMillis(1));
            Build build = Builds.living("toy");
            ShutdownGuard guard = new ShutdownGuard();
            Path reports = folder.resolve("Prüfung ☃ a=b");

            ReportBuilder start = new ReportBuilder("start");
            StartedCdk started = new StartCdk(
                            new StartRequest(
                                    engine,
                                    registries,
                                    Optional.of(new PreflightRequest(
                                            List.of(),
                                            engine,
                                            Optional.of(registries),
                                            true,
                                            streams,
                                            true,
                                            List.of(),
                                            reports.resolve("images"))),
                                    streams,
                                    policy,
                                    IfRunning.ATTACH,
                                    true,
                                    MINUTE,
                                    MINUTE,
                                    folder,
                                    reports,
                                    build,
                                    false),
                            guard,
                            start)
                    .run();

            assertThat(started.startedByThisBuild()).isTrue();
            assertThat(started.toProperties())
                    .containsEntry("cdk.ip", "192.0.2.1")
                    .doesNotContainKeys("cdk.consoleUrl", "cdk.routingSuffix", "cdk.oc");
            Properties handed = new Properties();
            try (InputStream file = Files.newInputStream(reports.resolve("cdk.properties"))) {
                handed.load(file);
            }
            assertThat(handed)
                    .containsAllEntriesOf(started.toProperties())
                    .containsEntry("kubeconfig", started.kubeconfig().toString())
                    .containsEntry("cdk.internalRegistry", "172.30.1.1:5000")
                    .containsEntry("cdk.pushRegistry", "registry.apps.example");
            assertThat(start.build().summary().imported()).isPositive();
            assertThat(start.build().summary().failed()).isZero();
            assertThat(ids(start.build())).contains("toy.box", "registry.api", "verify.streams", "verify.blocked");
            assertThat(engine.calls()).containsExactly("set up", "recover", "start", "allow");

            ReportBuilder verify = new ReportBuilder("verify");
            new VerifyCdk(engine, registries, List.of("openshift"), policy, reports, verify).run();
            assertThat(ids(verify.build())).contains("verify.streams");

            ReportBuilder status = new ReportBuilder("status");
            new CdkStatus(engine, true, status).run();
            assertThat(status.build().checks())
                    .extracting(Check::id, Check::message)
                    .contains(
                            org.assertj.core.groups.Tuple.tuple("vm.state", "the toy is RUNNING"),
                            org.assertj.core.groups.Tuple.tuple("vm.drift", "the VM matches the POM"));

            List<String> lines = new ArrayList<>();
            new ShellEnvironment(engine, Shell.SH, reports, lines::add, new ReportBuilder("env")).run();
            assertThat(lines).containsExactly("export KUBECONFIG='" + started.kubeconfig() + "'");
            assertThatThrownBy(new ConsoleAddress(engine, new ReportBuilder("console"))::run)
                    .hasMessageContaining("console");

            Path another = Files.createDirectories(folder.resolve("another module"));
            Files.writeString(another.resolve("kubeconfig"), "the same cluster");
            Files.writeString(another.resolve(MachineEngine.KUBECONFIG), "the same cluster");
            Path debug = Files.createDirectories(another.resolve("debug"));
            Files.writeString(debug.resolve("pods.txt"), "an older cluster's");
            Files.setLastModifiedTime(debug, FileTime.from(Instant.EPOCH));
            guard.handed(OwnershipFiles.of(engine.machine()), new HandedFiles(another));
            new StopCdk(
                            new StopRequest(engine, MINUTE, build, false, new HandedFiles(reports), List::of),
                            guard,
                            new ReportBuilder("stop"))
                    .run();
            assertThat(Stream.of("cdk.properties", "kubeconfig", "push-login").map(reports::resolve))
                    .noneMatch(Files::exists);
            assertThat(another).isEmptyDirectory();
            new DeleteCdk(engine, MINUTE, build, new ReportBuilder("delete")).run();
            assertThat(engine.calls())
                    .containsExactly("set up", "recover", "start", "allow", "recover", "stop", "recover", "delete");
        }
    }

    private static List<String> ids(RunReport report) {
        return report.checks().stream().map(Check::id).toList();
    }

    /** What runs there, since a cluster without anything proves nothing. */
    private static JsonNode pod(String image) {
        return Json.parse("""
                {"kind": "Pod", "apiVersion": "v1", "metadata": {"namespace": "myproject", "name": "app-1-x"},
                 "spec": {"containers": [{"name": "app", "image": "%s"}]}}
                """.formatted(image));
    }
}
