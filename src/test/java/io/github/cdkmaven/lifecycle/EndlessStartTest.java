package io.github.cdkmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.sim.Lie;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.world.Log;
import io.github.cdkmaven.world.Mirror;
import io.github.cdkmaven.world.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A start that does not come to an end of its own")
class EndlessStartTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "START_HANGS          | 'minishift start' did not end within 15 s and was ended.   | Starting Minishift VM",
                "START_PRINTS_FOREVER | 'minishift start' did not end within 15 s and was ended.   | Starting Minishift VM",
                "START_ASKS_PASSWORD  | 'minishift start' is prompting for a password in a non-interactive build. | password:",
                "START_DIES           | 'minishift start' ended without an error message (exit status 137).  | exited 137"
            },
            quoteCharacter = '"')
    @DisplayName("is ended in time, leaves no process behind, and its last lines are told")
    void isEnded(Lie lie, String what, String evidence) {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCdk cdk = SimulatedCdk.in(folder.resolve("site"))
                        .version("cdk-3.10")
                        .lie(lie)
                        .create()) {
            new Mirror(registry).platform("openshift3/ose", cdk.openshift());
            Site site = new Site(cdk, registry, folder.resolve("reports")).startTimeout(Duration.ofSeconds(15));

            AtomicReference<ProblemException> thrown = new AtomicReference<>();
            String log = Log.of(() -> thrown.set(catchThrowableOfType(ProblemException.class, site::start)));

            Problem problem = thrown.get().problem();
            assertThat(log.lines()).as("what it repeats is folded").hasSizeLessThan(100);
            assertThat(problem.what()).isEqualTo(what);
            assertThat(String.join("\n", problem.evidence())).contains(evidence);
            assertThat(problem.log()).get().asString().endsWith("minishift-start.log");
            assertThat(cdk.livingProcesses()).isEmpty();
            assertThat(cdk.status()).doesNotContain("Minishift:  Running");
        }
    }
}
