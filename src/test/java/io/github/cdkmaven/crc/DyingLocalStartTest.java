package io.github.cdkmaven.crc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.process.UserFolder;
import io.github.cdkmaven.sim.SimulatedCrc;
import io.github.cdkmaven.sim.SimulatedCrcBuilder;
import io.github.cdkmaven.sim.crc.CrcFault;
import io.github.cdkmaven.sim.registry.Fault;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.world.BuildProcess;
import io.github.cdkmaven.world.BuildProcess.Signal;
import io.github.cdkmaven.world.InvokedLocal;
import io.github.cdkmaven.world.LocalSite;
import io.github.cdkmaven.world.Log;
import io.github.cdkmaven.world.Mirror;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A build that starts OpenShift Local and is ended")
class DyingLocalStartTest {

    /** An image of the ImageStreams. */
    private static final String IMAGE = "ocp-tools-4/jenkins-rhel8";

    /** What a start is doing, and what keeps it there. */
    private enum Point {
        PREFLIGHT,
        START(CrcFault.START_HANGS),
        OPERATORS(CrcFault.OPERATORS_NEVER_SETTLE),
        POOL(CrcFault.POOL_NEVER_UPDATED),
        MOVE;

        private final CrcFault[] faults;

        Point(CrcFault... faults) {
            this.faults = faults;
        }

        /** Waits until a build has come to it. */
        void await(BuildProcess build, SimulatedRegistry registry) {
            switch (this) {
                case PREFLIGHT ->
                    build.await("the registry", () -> !registry.requests().isEmpty());
                case START -> build.awaitText("CRC instance is running");
                case OPERATORS -> build.awaitText("Waiting for the cluster: operator");
                case POOL -> build.awaitText("Waiting for the node: ");
                case MOVE ->
                    build.await("the import", () -> registry.requests().stream()
                            .anyMatch(request -> request.path().contains(IMAGE)));
            }
        }
    }

    @TempDir
    Path folder;

    private SimulatedRegistry registry;
    private SimulatedCrc crc;

    @BeforeEach
    void startRegistry() {
        registry = SimulatedRegistry.start();
        new Mirror(registry).imageStreams(InvokedLocal.SAMPLES);
    }

    @AfterEach
    void close() {
        crc.close();
        registry.close();
    }

    private SimulatedCrcBuilder world() {
        return SimulatedCrc.in(folder.resolve("crc"))
                .samples(InvokedLocal.SAMPLES)
                .pacing(false);
    }

    @ParameterizedTest(name = "{0}, {1} and {2}")
    @DisplayName("leaves nothing behind where it can tidy up; what kill -9 leaves, the next build completes or clears")
    @CsvSource({
        "PREFLIGHT, INT, KILL, start",
        "START, TERM, KILL_ALL, stop -f start",
        "OPERATORS, TERM, KILL, ''",
        "POOL, INT, KILL, ''",
        "MOVE, TERM, KILL, ''"
    })
    void ended(Point point, Signal polite, Signal last, String next) throws IOException {
        crc = world().faults(point.faults).create();
        end(point, polite);
        assertThat(leftOver()).as("left over after %s", polite).isEmpty();

        end(point, last);
        crc = crc.with();
        int before = changes().size();
        LocalSite site = LocalBuild.site(crc, registry.host(), "next");
        assertThat(site.start().startedByThisBuild()).isTrue();

        assertThat(String.join(" ", changes().subList(before, changes().size())))
                .isEqualTo(next);
        assertThat(secrets()).isEmpty();
        boolean completed = point == Point.PREFLIGHT || point == Point.START;
        assertThat(!completed || Files.exists(crc.crcFolder().resolve("cdk-maven-plugin/crc.bundled")))
                .as("the images of the bundle are listed by the build that completes the VM")
                .isTrue();
        site.stop();
        assertThat(leftOver()).as("left over by the next build").isEmpty();
        assertThat(crc.crcFolder().resolve("cdk-maven-plugin/crc.json")).doesNotExist();
    }

    @Test
    @DisplayName(
            "leaves crc to go on; the next build waits for it and takes the VM over, and one that comes meanwhile waits, attaches, and stops it at the end")
    void orphan() throws IOException {
        crc = world().startSeconds(4).create();
        BuildProcess dying = LocalBuild.begin(crc, registry.host(), "dying", "start-without-preflight");
        Point.START.await(dying, registry);
        ProcessHandle orphan = crcStart();
        signal(orphan, "STOP");
        dying.send(Signal.KILL);
        dying.end();

        BuildProcess one = LocalBuild.begin(crc, registry.host(), "one", "start-without-preflight", "stop");
        one.awaitText("which is still working on the VM although the build of dying");
        signal(orphan, "CONT");
        LocalSite other = LocalBuild.site(crc, registry.host(), "other");
        String log = Log.of(other::start);

        assertThat(one.end()).as(one.log()).isZero();
        other.stop();
        assertThat(one.log()).contains("which has died; this build takes it over");
        assertThat(log).contains("Waiting for the VM 'crc'", "by the build of one", "attaching to it");
        assertThat(changes()).containsExactly("start", "stop");
        assertThat(leftOver()).isEmpty();
    }

    private ProcessHandle crcStart() {
        return crc.journal().invocations().stream()
                .filter(call -> call.program().equals("crc") && call.arguments().contains("start"))
                .flatMap(call -> ProcessHandle.of(call.pid()).stream())
                .findFirst()
                .orElseThrow();
    }

    private static void signal(ProcessHandle process, String name) throws IOException {
        BuildProcess.signal(name, Long.toString(process.pid()));
    }

    /** Begins a build, and ends it when it has come to a point. */
    private void end(Point point, Signal signal) {
        if (point == Point.PREFLIGHT || point == Point.MOVE) {
            registry.inject(
                    Fault.hang(),
                    1,
                    request -> point == Point.PREFLIGHT || request.path().contains(IMAGE));
        }
        registry.clearRequests();
        BuildProcess build = LocalBuild.begin(
                crc, registry.host(), "dying", point == Point.PREFLIGHT ? "start" : "start-without-preflight");
        point.await(build, registry);
        build.send(signal);
        build.end();
    }

    /** What of the VM, of programs and of secrets is left. */
    private List<String> leftOver() throws IOException {
        String status = crc.run(Map.of(), "status").stdout();
        Stream<String> vm = status.contains("Running") ? Stream.of(status) : Stream.of();
        Stream<String> processes = crc.livingProcesses().stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .map(process -> process.info().commandLine().orElse("process " + process.pid()));
        return Stream.of(vm, processes, secrets().stream())
                .flatMap(part -> part)
                .toList();
    }

    private List<String> secrets() throws IOException {
        Path own = UserFolder.in(crc.home());
        if (!Files.isDirectory(own)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(own)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("pull-secret"))
                    .toList();
        }
    }

    /** What happened to the VM, in order. */
    private List<String> changes() {
        return crc.journal().crcCalls().stream()
                .filter(call -> call.matches("(start|stop|delete)\\b.*"))
                .map(call -> call.replaceAll(" -[pb] \\S+| -o json", ""))
                .toList();
    }
}
