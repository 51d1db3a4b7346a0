package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.report.Check;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ParameterReader the parameters")
class ParameterReaderTest {

    private final ParameterReader reading = new ParameterReader();

    @Test
    void givesWhatCanBeUsed() {
        assertThat(reading.value("startTimeout", () -> Values.time("startTimeout", "15m"), Duration.ZERO))
                .isEqualTo(Duration.ofMinutes(15));
        assertThatCode(reading::complete).doesNotThrowAnyException();
        assertThat(reading.checks()).isEmpty();
    }

    @Test
    void tellsASingleMistakeInItsOwnWords() {
        reading.value("startTimeout", () -> Values.time("startTimeout", "soon"), Duration.ZERO);

        assertThatThrownBy(reading::complete).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(
                        e.problem().toLines())
                .containsExactly(
                        "Parameter 'startTimeout' is 'soon': it is not a duration.",
                        "Fix: <startTimeout> in the plugin's <configuration>, or -Dcdk.startTimeout=… with:"
                                + " 90 (seconds), 90s, 15m, 2h or PT15M"));
    }

    @Test
    void tellsSeveralMistakesAtOnce() {
        reading.value("startTimeout", () -> Values.time("startTimeout", "soon"), Duration.ZERO);
        reading.value("importParallelism", () -> Values.number("importParallelism", "many", 1, 64), 1);

        assertThatThrownBy(reading::complete).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().what()).isEqualTo("2 parameters cannot be used.");
            assertThat(e.problem().evidence())
                    .hasSize(4)
                    .contains(
                            "Parameter 'startTimeout' is 'soon': it is not a duration.",
                            "Parameter 'importParallelism' is 'many': it is not a number.");
        });
    }

    @Test
    void tellsEveryBadElementOfAListAndKeepsTheGoodOnes() {
        List<Mapping> rules =
                reading.each("mappings", List.of("quay.io", "docker.io=reg.corp:5000", "a=b=c"), Mapping::parse);

        assertThat(rules).containsExactly(new Mapping("docker.io", "reg.corp:5000"));
        assertThat(reading.checks()).extracting(Check::id).containsExactly("settings.mappings", "settings.mappings");
        assertThat(reading.checks()).allSatisfy(check -> assertThat(check.fix())
                .hasValueSatisfying(fix -> assertThat(fix).contains("<mappings>", "-Dcdk.mappings")));
    }

    @Test
    void tellsAMistakeOnceHoweverOftenItIsRead() {
        for (int i = 0; i < 2; i++) {
            reading.value("profile", () -> Values.profile("my profile"), Optional.empty());
        }

        assertThat(reading.checks()).hasSize(1);
    }
}
