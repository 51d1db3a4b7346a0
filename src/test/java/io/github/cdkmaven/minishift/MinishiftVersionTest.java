package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.engine.Version;
import io.github.cdkmaven.problem.ProblemException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("'minishift version'")
class MinishiftVersionTest {

    @ParameterizedTest(name = "{1}")
    @DisplayName("tells the product in the form of every release")
    @CsvSource(
            nullValues = "-",
            value = {
                // minishift 1.34.3 and 1.15.1, as run.
                "'minishift v1.34.3+4b58f895\n', minishift 1.34.3, 1.34.3, -",
                "'minishift v1.15.1+a5c47dd2\n', minishift 1.15.1, 1.15.1, -",
                // minishift#3321 and #3395: the CDK adds a line.
                "'minishift v1.27.0+5981f996\nCDK v3.7.0-1\n', CDK 3.7.0-1 (minishift 1.27.0), 1.27.0, 3.7.0",
                "'minishift v1.34.1+21103616\r\nCDK v3.10.0-1\r\n', CDK 3.10.0-1 (minishift 1.34.1), 1.34.1, 3.10.0",
                // CDK 3.0, and 1.3.x with its blank line.
                "'Minishift version: 1.0.0+4f8cb6d\nCDK Version: 3.0.0-2\n', CDK 3.0.0-2 (minishift 1.0.0), 1.0.0, 3.0.0",
                "'\nminishift v1.3.1+a2d3799\nCDK v3.1.1-1\n\n', CDK 3.1.1-1 (minishift 1.3.1), 1.3.1, 3.1.1",
                // Something before it, as a wrapper script may print.
                "'Using /opt/cdk\nminishift v1.20.0+1bd6d5c\nCDK v3.5.0-1', CDK 3.5.0-1 (minishift 1.20.0), 1.20.0, 3.5.0",
                // A build without a hash, and pre-releases.
                "'minishift v1.25.0', minishift 1.25.0, 1.25.0, -",
                "'minishift v1.0.0-beta.1+4f8cb6d\n', minishift 1.0.0-beta.1, 1.0.0, -",
            })
    void tellsTheProduct(String output, String words, String minishift, String cdk) {
        MinishiftVersion product = MinishiftVersion.parse(output);

        assertThat(product).hasToString(words);
        assertThat(product.minishift()).hasToString(minishift);
        assertThat(product.cdk().map(Version::toString).orElse(null)).isEqualTo(cdk);
        assertThat(product.isCdk()).isEqualTo(cdk != null);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("that is none is a problem that shows what was printed and names the parameter")
    @ValueSource(
            strings = {"", "bash: minishift: no such file", "CDK v3.7.0-1", "minishift version", "oc v3.9.0+191fece"})
    void isAProblem(String output) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> MinishiftVersion.parse(output));

        assertThat(problem).hasMessage("'minishift version' did not print a version.");
        assertThat(problem.problem().evidence()).containsExactly("it printed: " + output);
        assertThat(problem.problem().fix()).contains("<minishift>").contains("-Dcdk.minishift");
    }

    @Test
    @DisplayName("of a CDK whose own number cannot be read is still a CDK")
    void isStillACdk() {
        MinishiftVersion product =
                MinishiftVersion.parse("minishift v1.34.2+d9b8b6a\nCDK v3.next\n".replace("v3.next", "v3-next"));

        assertThat(product.isCdk()).isTrue();
        assertThat(product.cdk()).isEmpty();
    }
}
