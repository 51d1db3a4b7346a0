package io.github.cdkmaven.crc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.sim.SimulatedCrc;
import io.github.cdkmaven.sim.crc.CrcSituation;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.world.InvokedLocal;
import io.github.cdkmaven.world.LocalSite;
import io.github.cdkmaven.world.Log;
import io.github.cdkmaven.world.Mirror;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Every goal in every state: one VM goes through its states, in the order of the table, and nothing of them is changed by a goal that fails. */
@DisplayName("OpenShift Local")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrcGoalsTest {

    private static final Map<String, Consumer<LocalSite>> GOALS = Map.of(
            "start", LocalSite::start,
            "stop", LocalSite::stop,
            "delete", LocalSite::delete,
            "verify", LocalSite::verify,
            "status", LocalSite::status,
            "imagestreams", LocalSite::imageStreams,
            "preflight", LocalSite::preflight,
            "env", LocalSite::env,
            "console", LocalSite::console);

    /** A world, and a program that answers for it. */
    private record World(SimulatedCrc crc, QuickCrc quick, LocalSite site) {}

    private Path folder;
    private SimulatedRegistry registry;
    private final Map<String, World> worlds = new LinkedHashMap<>();
    private String state = "";

    @BeforeAll
    void startRegistry(@TempDir Path all) {
        folder = all;
        registry = SimulatedRegistry.start();
        new Mirror(registry).imageStreams(InvokedLocal.SAMPLES);
    }

    @AfterAll
    void close() {
        worlds.values().forEach(world -> world.crc().close());
        registry.close();
    }

    @ParameterizedTest(name = "{0}: cdk:{1}")
    @DisplayName("in each of its states, has an answer of its own to each goal")
    @CsvFileSource(resources = "/crc-goals.csv", delimiter = '|')
    void goal(String wanted, String goal, String outcome, String words, String changes) throws IOException {
        World world = in(wanted);
        StringBuilder told = new StringBuilder();
        boolean[] failed = {false};
        told.append(Log.of(() -> {
            try {
                GOALS.get(goal).accept(world.site());
            } catch (ProblemException e) {
                failed[0] = true;
                told.append(String.join("\n", e.problem().toLines())).append('\n');
            }
        }));
        told.append(world.site().report().path("checks").toPrettyString());
        world.site().said().forEach(line -> told.append(line).append('\n'));

        assertThat(told).doesNotContain("minishift", "Profile", "-Dcdk.profile", "CDK ", " CDK");
        assertThat(failed[0] ? "fails" : "ok").as(told.toString()).isEqualTo(outcome);
        assertThat(told).contains(words.split(" *; *"));
        assertThat(String.join(", ", world.quick().takeChanges()))
                .isEqualTo(Optional.ofNullable(changes).orElse(""));
    }

    /** Brings the VM into a state, unless it is in it. */
    private World in(String wanted) throws IOException {
        String preset = List.of("okd", "microshift").contains(wanted) ? wanted : "openshift";
        World world = worlds.containsKey(preset) ? worlds.get(preset) : create(preset);
        if (!wanted.equals(state)) {
            state = wanted;
            bring(world, wanted);
        }
        return world;
    }

    private World create(String preset) throws IOException {
        SimulatedCrc crc = SimulatedCrc.in(folder.resolve(preset))
                .preset(preset)
                .samples(InvokedLocal.SAMPLES)
                .state(CrcSituation.RUNNING)
                .pacing(false)
                .create();
        QuickCrc quick = new QuickCrc(crc, folder.resolve("quick-" + preset));
        Registries registries = Registries.of(Registry.to(registry.host()).withInsecure(true));
        World world = new World(
                crc,
                quick,
                new LocalSite(crc, registries, folder.resolve("reports-" + preset)).program(quick.program()));
        worlds.put(preset, world);
        return world;
    }

    private void bring(World world, String wanted) throws IOException {
        SimulatedCrc crc = world.crc();
        if (wanted.equals("absent")) {
            crc.run(Map.of(), "setup", "-b", crc.bundle().toString());
        } else if (!crc.run(Map.of(), "status").stdout().contains("Running")) {
            crc.run(
                    Map.of(),
                    "start",
                    "-b",
                    crc.bundle().toString(),
                    "-p",
                    crc.pullSecret().toString());
        }
        switch (wanted) {
            case "API dead" -> crc.endApi();
            case "incomplete" -> {
                crc.endApi();
                Files.delete(crc.kubeconfig());
            }
            case "stopped" -> crc.run(Map.of(), "stop");
            case "no daemon" -> {
                crc.run(Map.of(), "stop");
                crc.endDaemon();
            }
            default -> {}
        }
        world.quick().look();
        switch (wanted) {
            case "starting" -> world.quick().status("Starting", "Starting");
            case "microshift" -> world.quick().status("Running", "Running");
            default -> {}
        }
    }
}
