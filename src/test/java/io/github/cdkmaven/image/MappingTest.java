package io.github.cdkmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.problem.ProblemException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A mapping")
class MappingTest {

    @Test
    @DisplayName("is written from=to, blanks around either side do not count")
    void isWrittenAsAPair() {
        assertThat(Mapping.parse(" quay.io/team = registry.corp:5000/quay "))
                .isEqualTo(new Mapping("quay.io/team", "registry.corp:5000/quay"));
    }

    @ParameterizedTest
    @DisplayName("calls Docker Hub by one name, whichever of its names is written")
    @ValueSource(strings = {"docker.io", "index.docker.io", "registry-1.docker.io"})
    void callsDockerHubByOneName(String hub) {
        assertThat(Mapping.parse(hub + "=registry.corp").from()).isEqualTo("docker.io");
        assertThat(Mapping.parse(hub + "/library=registry.corp").from()).isEqualTo("docker.io/library");
    }

    @Test
    @DisplayName("does not take a longer host for Docker Hub")
    void doesNotTakeALongerHostForDockerHub() {
        assertThat(Mapping.parse("index.docker.io.corp=registry.corp").from()).isEqualTo("index.docker.io.corp");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("that is no pair is refused with an example")
    @ValueSource(strings = {"", "=", "quay.io", "quay.io=", "=registry.corp", "quay.io=registry.corp=x"})
    void mustBeAPair(String text) {
        ProblemException refusal = refusal(text);

        assertThat(refusal).hasMessage("Parameter 'mappings' holds '" + text + "', which is not of the form from=to.");
        assertThat(refusal.problem().fix())
                .contains("<mapping>registry.redhat.io=registry.corp.example:5000</mapping>")
                .contains("-Dcdk.mappings=registry.redhat.io=registry.corp.example:5000");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("with a side that is no registry is refused, and the advice is a whole mapping")
    @CsvSource({
        "quay=registry.corp, source 'quay', quay:5000=registry.corp",
        "quay.io=registry, target 'registry', quay.io=registry:5000",
        "https://quay.io=registry.corp, source 'https://quay.io', quay.io=registry.corp",
        "quay.io=Registry.corp, target 'Registry.corp', quay.io=registry.corp",
        "quay.io/Team=registry.corp, source 'quay.io/Team', quay.io/team=registry.corp",
    })
    void needsRegistriesOnBothSides(String text, String side, String instead) {
        ProblemException refusal = refusal(text);

        assertThat(refusal)
                .hasMessageStartingWith(
                        "Parameter 'mappings' holds '" + text + "', whose " + side + " is no registry: ");
        assertThat(refusal.problem().fix())
                .contains("<mapping>" + instead + "</mapping>", "-Dcdk.mappings=" + instead + " ");
    }

    @Test
    @DisplayName("with credentials in it is refused without repeating them")
    void neverRepeatsCredentials() {
        assertThat(refusal("quay.io=admin:s3cr3t@registry.corp")).hasMessageNotContaining("s3cr3t");
        assertThat(refusal("admin:s3cr3t@registry.corp")).hasMessageNotContaining("s3cr3t");
        assertThat(refusal("quay.io=admin:s3cr3t=@registry.corp")).hasMessageNotContaining("s3cr3t");
    }

    private static ProblemException refusal(String text) {
        return catchThrowableOfType(ProblemException.class, () -> Mapping.parse(text));
    }
}
