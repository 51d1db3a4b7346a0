package io.github.cdkmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.engine.Difference;
import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.engine.State.Phase;
import io.github.cdkmaven.engine.ToyEngine;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.world.Log;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A VM that was made by hand")
class DifferencesTest {

    private static final String BLOCK = "block-registry=docker.io";

    @Test
    @DisplayName("is used as it is, with a warning, where nobody insists on what it has otherwise")
    void warns() {
        String log = Log.of(() -> require(Phase.RUNNING, false));

        assertThat(log)
                .contains("The VM 'toy' was created with different settings, none of which prevents using it")
                .contains("'mvn cdk:delete -Dcdk.home=" + Path.of("home").toAbsolutePath()
                        + " -Dcdk.profile=toy' deletes the VM")
                .containsPattern("docker-opt +block-registry=docker.io +–");
    }

    @Test
    @DisplayName("is refused where the POM itself says what it has to be like")
    void insists() {
        Problem problem = refused(Phase.RUNNING, true);

        assertThat(problem.what()).contains("was created with different settings");
        assertThat(problem.evidence()).anyMatch(line -> line.matches("docker-opt +block-registry=docker.io +–"));
    }

    @ParameterizedTest
    @CsvSource({"LOST, is incomplete", "INCOMPLETE, there is no OpenShift in it"})
    @DisplayName("is refused in a state that no start completes")
    void halfWay(Phase phase, String words) {
        Problem problem = refused(phase, false);

        assertThat(problem.what()).contains(words);
        assertThat(problem.evidence()).containsExactly("toy status: as it is");
        assertThat(problem.fix()).contains("mvn cdk:delete");
    }

    private static Problem refused(Phase phase, boolean insists) {
        return catchThrowableOfType(ProblemException.class, () -> require(phase, insists))
                .problem();
    }

    private static void require(Phase phase, boolean insists) {
        ClusterAccess nowhere = ClusterAccess.to(URI.create("https://192.0.2.1:8443"));
        ToyEngine engine = new ToyEngine(Path.of("home"), nowhere) {

            @Override
            public List<Difference> differences() {
                return List.of(new Difference("docker-opt", BLOCK, Difference.NOTHING, insists));
            }
        };
        Differences.requireUsable(engine, new State(phase, Optional.empty(), "as it is"));
    }
}
