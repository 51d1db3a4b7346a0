package io.github.cdkmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.engine.ToyEngine;
import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.lifecycle.StartRequest.IfRunning;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.ownership.Build;
import io.github.cdkmaven.ownership.Builds;
import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.ownership.VmLock;
import io.github.cdkmaven.ownership.VmRecord;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.registry.Fault;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.streams.Streams;
import io.github.cdkmaven.verify.VerifyPolicy;
import io.github.cdkmaven.world.Mirror;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What a build has started")
class WhatWasStartedTest {

    private static final Path SET = Path.of("src/test/resources/imagestreams/two-of-everything.json");
    private static final String CLUSTER = """
            {"clusters": [{"name": "c", "cluster": {"server": "https://api.corp.example:6443"}}],
             "users": [{"name": "u", "user": {"token": "sesame"}}],
             "contexts": [{"name": "x", "context": {"cluster": "c", "user": "u"}}],
             "current-context": "x"}
            """;
    private static final Globs NONE = new Globs(List.of());
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Registries NOBODY = Registries.of(Registry.to("registry.corp.example"));

    @TempDir
    Path folder;

    private final Build build = Builds.living("toy");
    private final ShutdownGuard guard = new ShutdownGuard();

    /** An engine to whose cluster nobody can log in. */
    private static class Failing extends ToyEngine {

        private final Runnable login;

        Failing(Path home, Runnable login) {
            super(home, Kubeconfig.parse(CLUSTER, home.resolve("kubeconfig")));
            this.login = login;
        }

        @Override
        public OpenShiftApi login(List<Permission> permissions, Deadline deadline) {
            login.run();
            throw Problem.of("Nobody can log in.", "look at it").toException();
        }
    }

    private static void overflow() {
        throw new StackOverflowError();
    }

    private StartCdk start(ToyEngine engine, Registries registries) {
        return new StartCdk(
                new StartRequest(
                        engine,
                        registries,
                        Optional.empty(),
                        Streams.of(List.of("openshift")),
                        new VerifyPolicy(true, List.of(), false, MINUTE),
                        IfRunning.ATTACH,
                        true,
                        MINUTE,
                        MINUTE,
                        folder,
                        folder.resolve("reports"),
                        build,
                        false),
                guard,
                new ReportBuilder("start"));
    }

    @Test
    @DisplayName("is stopped when the start fails while nobody can tell the state, and so it is by a stop")
    void stateUnknown() {
        ToyEngine engine = new Failing(folder, () -> {}) {
            @Override
            public State state() {
                if (calls().contains("start")) {
                    throw Problem.of("'toy status' failed.", "look at it").toException();
                }
                return super.state();
            }
        };

        assertThatThrownBy(start(engine, NOBODY)::run).isInstanceOf(ProblemException.class);
        assertThat(engine.calls()).endsWith("start", "stop");

        OwnershipFiles.of(engine.machine()).record().write(VmRecord.starting(build, true, Instant.now()));
        new StopCdk(
                        new StopRequest(engine, MINUTE, build, false, new HandedFiles(folder), List::of),
                        guard,
                        new ReportBuilder("stop"))
                .run();
        assertThat(engine.calls()).endsWith("start", "stop", "recover", "stop");
    }

    @Test
    @DisplayName("is stopped when Java itself gives up on the start")
    void error() {
        ToyEngine engine = new Failing(folder, WhatWasStartedTest::overflow);

        assertThatThrownBy(start(engine, NOBODY)::run).isInstanceOf(StackOverflowError.class);

        assertThat(engine.calls()).endsWith("start", "stop");
    }

    @Test
    @DisplayName("is stopped when a registry turns hostile as soon as it is up")
    void hostileRegistry() {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = SimulatedCluster.builder()
                        .openshift("v3.11.0")
                        .imageStreams(SET)
                        .pacing(false)
                        .start()) {
            new Mirror(registry).imageStreams(SET);
            Path kubeconfig = folder.resolve("kubeconfig");
            ToyEngine engine = new ToyEngine(folder, Kubeconfig.parse(cluster.kubeconfigJson(), kubeconfig)) {
                @Override
                public Start start(Deadline deadline, Consumer<ProcessHandle> child) {
                    String realm = "http://127.0.0.1/" + "a".repeat(8_000);
                    registry.inject(Fault.challenge("Bearer realm=\"" + realm + "\""), Integer.MAX_VALUE);
                    return super.start(deadline, child);
                }
            };
            Registries registries = Registries.of(Registry.to(registry.host()).withInsecure(true));

            assertThatThrownBy(start(engine, registries)::run)
                    .isInstanceOfSatisfying(ProblemException.class, failure -> assertThat(
                                    String.join("\n", failure.problem().toLines()))
                            .contains(registry.host())
                            .hasSizeLessThan(10_000));
            assertThat(engine.calls()).endsWith("start", "allow", "stop");
        }
    }

    @Test
    @DisplayName("is stopped at the end of the build though another VM's stop meets something unexpected")
    void sessionEnd() throws IOException {
        ToyEngine broken = new Failing(Files.createDirectory(folder.resolve("broken")), () -> {}) {
            @Override
            public void stop(Duration limit, Consumer<ProcessHandle> child) {
                throw new IllegalStateException("nobody expects this");
            }
        };
        ToyEngine sound = new Failing(Files.createDirectory(folder.resolve("sound")), () -> {});
        for (ToyEngine engine : List.of(broken, sound)) {
            engine.start(Deadline.in(MINUTE), process -> {});
            OwnershipFiles place = OwnershipFiles.of(engine.machine());
            place.record().write(VmRecord.starting(build, true, Instant.now()).running(Optional.empty()));
            guard.guard(new StopRequest(engine, MINUTE, build, false, new HandedFiles(folder), List::of), place);
        }

        List<Problem> problems = guard.sessionEnded();

        assertThat(sound.calls()).endsWith("stop");
        assertThat(problems).singleElement().satisfies(problem -> assertThat(problem.what())
                .contains("'toy' could not be stopped"));
    }

    @Test
    @DisplayName("gets no other configuration of its master while another build has the VM")
    void configuration() throws Exception {
        ToyEngine engine = new ToyEngine(folder, Kubeconfig.parse(CLUSTER, folder.resolve("kubeconfig")));
        engine.start(Deadline.in(MINUTE), process -> {});
        Streams streams =
                new Streams(false, List.of("openshift"), NONE, NONE, true, NONE, 8, Duration.ofMillis(1), false);
        MoveImageStreams move = new MoveImageStreams(engine, NOBODY, streams, build, new ReportBuilder("imagestreams"));
        VmLock lock = VmLock.take(OwnershipFiles.of(engine.machine()), Builds.living("other"), MINUTE, "startTimeout");

        try {
            assertThatThrownBy(move::run).isInstanceOfSatisfying(ProblemException.class, failure -> assertThat(
                            failure.problem().toLines())
                    .anyMatch(line -> line.contains("by the build of other")));
        } finally {
            lock.close();
        }

        assertThat(engine.calls()).containsExactly("start");
    }
}
