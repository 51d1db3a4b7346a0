package io.github.cdkmaven.sim.pull;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A challenge, as docker and OpenShift 3.x read it")
class HeededChallengeTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "Basic realm=\"x\"                              | basic     | realm   | x",
                "bearer Realm=\"https://h/t\",service=\"a, b\"  | bearer    | service | a, b",
                "Bearer realm=\"say \\\"x\\\"\" , scope=none    | bearer    | scope   | none",
                "Negotiate, Basic realm=\"x\"                   | negotiate |         |",
                "Basic                                          | basic     |         |"
            })
    @DisplayName("is one scheme a header, with the parameters that follow it")
    void oneScheme(String header, String scheme, String name, String value) {
        HeededChallenge challenge = HeededChallenge.parse(header).orElseThrow();

        assertThat(challenge.scheme()).isEqualTo(scheme);
        if (name == null) {
            assertThat(challenge.parameters()).isEmpty();
        } else {
            assertThat(challenge.parameter(name)).contains(value);
        }
    }

    @Test
    @DisplayName("is none where there is no word, and loses a text without an end")
    void broken() {
        assertThat(HeededChallenge.parse("")).isEmpty();
        assertThat(HeededChallenge.parse("\"x\"")).isEmpty();
        assertThat(HeededChallenge.parse("Basic realm=\"x\", Bearer realm=\"https://h\""))
                .as("two schemes in one header")
                .isEmpty();
        assertThat(HeededChallenge.parse("Bearer realm=\"https://h")
                        .orElseThrow()
                        .parameters())
                .isEmpty();
    }
}
