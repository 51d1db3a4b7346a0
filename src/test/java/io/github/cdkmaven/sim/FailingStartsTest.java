package io.github.cdkmaven.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.StartFailure;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.sim.minishift.ExitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Each way in which a simulated start fails leads to its own advice")
class FailingStartsTest {

    private static final Path SOURCES = Path.of("src/sim/java/io/github/cdkmaven/sim/minishift");

    /** What a start runs through. */
    private static final List<String> PATH = List.of(
            "StartCommand",
            "Settings",
            "Usage",
            "ProxyFlags",
            "StartupChecks",
            "SavedFlags",
            "MachineBoot",
            "Registration",
            "Provisioning",
            "ClusterUp");

    /** Where a start ends for good: what is thrown, and checks that can fail. */
    private static final Pattern END = Pattern.compile(
            "throw (?!new |ExitException\\.with\\(0|ExitException\\.silent\\(0)\\w+[.(]|\\bcheck\\(\\s*\"(?![^;]*\\(\\) -> true)");

    private final Set<String> reached = new TreeSet<>();
    private final List<Problem> problems = new ArrayList<>();

    @BeforeAll
    void letThemAllFail(@TempDir Path folder) {
        for (FailingStart way : FailingStart.values()) {
            SimulatedCdk.Output output = way.happen(folder.resolve(way.name()), this::remember);
            assertThat(output.exit()).as("exit status of %s: %s", way, output).isNotZero();
            problems.add(StartFailure.explain(
                    new CommandResult(output.exit(), output.stdout(), output.stderr(), Duration.ZERO, false),
                    new MachineFiles(folder, "minishift"),
                    Registries.of(Registry.to("registry.corp.example:5000"))));
        }
    }

    private void remember(ExitException end) {
        for (StackTraceElement frame : end.getStackTrace()) {
            reached.add(frame.getFileName() + ":" + frame.getLineNumber());
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("in words that say what to do")
    void isExplained(FailingStart way) {
        Problem problem = problems.get(way.ordinal());

        assertThat(problem.what()).contains(way.what()).isNotEqualTo("'minishift start' failed.");
        assertThat(problem.fix()).contains(way.fix());
        assertThat(problem.evidence()).isNotEmpty();
    }

    @Test
    @DisplayName("and there is no way left of which nobody has thought")
    void noneIsLeftOut() throws IOException {
        Set<String> possible = new TreeSet<>();
        for (String name : PATH) {
            String source = Files.readString(SOURCES.resolve(name + ".java"));
            Matcher end = END.matcher(source);
            while (end.find()) {
                possible.add(name + ".java:"
                        + source.substring(0, end.start()).lines().count());
            }
        }

        assertThat(possible).hasSizeGreaterThan(25);
        possible.removeAll(reached);
        assertThat(possible)
                .as("places where a start ends, to which no FailingStart leads")
                .isEmpty();
    }
}
