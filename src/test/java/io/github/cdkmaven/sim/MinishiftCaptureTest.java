package io.github.cdkmaven.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.sim.Captures.Exchange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Without a machine, the simulated minishift says what the real one said")
@EnabledIf("io.github.cdkmaven.sim.Captures#arePresent")
class MinishiftCaptureTest {

    private static final Pattern FLAG = Pattern.compile("(?m)^ +(?:-\\w, )?--([a-z_-]+)");

    @TempDir
    Path folder;

    static Stream<Exchange> release1343() {
        return Captures.of("minishift-1.34.3");
    }

    static Stream<Exchange> release1151() {
        return Captures.of("minishift-1.15.1");
    }

    @ParameterizedTest(name = "1.34.3: {0}")
    @MethodSource("release1343")
    void minishift1343(Exchange real) {
        SimulatedCdk cdk = SimulatedCdk.in(folder)
                .version("minishift-1.34.3")
                .hypervisor(false)
                .create();
        prepare(cdk, real);
        compare(cdk.run(real.environment(), real.arguments().toArray(String[]::new)), real);
    }

    /** The state that an earlier exchange of the same recording had left. */
    private static void prepare(SimulatedCdk cdk, Exchange real) {
        if (real.stdout().contains("profile 'ci'")) {
            cdk.run(Map.of(), "profile", "set", "ci");
        }
        if (real.name().equals("config-view-after-start")) {
            Exchange start = Captures.named("minishift-1.34.3", "start-skip-startup-checks");
            cdk.run(start.environment(), start.arguments().toArray(String[]::new));
        }
    }

    @ParameterizedTest(name = "1.15.1: {0}")
    @MethodSource("release1151")
    void minishift1151(Exchange real) {
        SimulatedCdk cdk = SimulatedCdk.in(folder)
                .version("minishift-1.15.1")
                .hypervisor(false)
                .create();
        SimulatedMachines.cacheOc(cdk, "v3.9.0");
        if (real.name().equals("image-cache-config-view")) {
            Exchange add = Captures.named("minishift-1.15.1", "image-cache-config-add");
            cdk.run(add.environment(), add.arguments().toArray(String[]::new));
        }
        compare(cdk.run(real.environment(), real.arguments().toArray(String[]::new)), real);
    }

    @ParameterizedTest
    @DisplayName("no recorded exchange is left out of these comparisons")
    @ValueSource(strings = {"minishift-1.34.3", "minishift-1.15.1"})
    void nothingIsLeftOut(String set) {
        assertThat(Captures.of(set).map(Exchange::name).toList())
                .containsExactlyInAnyOrderElementsOf(Captures.names(set));
    }

    private static void compare(SimulatedCdk.Output ours, Exchange real) {
        assertThat(ours.exit()).as("exit status, %s", ours).isEqualTo(real.exit());
        assertThat(normal(ours.stdout())).as("stdout").isEqualTo(normal(real.stdout()));
        assertThat(heart(ours.stderr())).as("stderr").isEqualTo(heart(real.stderr()));
        assertThat(flags(ours.stderr())).as("flags in the usage").isEqualTo(flags(real.stderr()));
    }

    private static String normal(String text) {
        return text.replaceAll("\\.{3,}", "...").stripTrailing();
    }

    /** All of it, but of a usage text only what was wrong: the wording of help is the real one's own. */
    private static List<String> heart(String text) {
        List<String> lines = normal(text.replaceAll("(?m)^E\\d{4} \\S+ +\\d+ start.go:\\d+] ", "E "))
                .lines()
                .toList();
        boolean usage = lines.contains("Usage:") || lines.stream().anyMatch(line -> line.startsWith("Usage:"));
        return usage ? List.of(lines.get(0), lines.get(lines.size() - 1)) : lines;
    }

    private static TreeSet<String> flags(String text) {
        TreeSet<String> names = new TreeSet<>();
        FLAG.matcher(text).results().forEach(match -> names.add(match.group(1)));
        names.remove("help");
        return names;
    }
}
