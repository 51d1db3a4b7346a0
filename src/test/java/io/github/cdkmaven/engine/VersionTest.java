package io.github.cdkmaven.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A version")
class VersionTest {

    @ParameterizedTest(name = "{0} is {1}")
    @DisplayName("is read in every form in which minishift, the CDK and OpenShift print one")
    @CsvSource({
        "v1.34.3+4b58f895, 1.34.3",
        "1.34.3, 1.34.3",
        "3.10.0-1, 3.10.0",
        "v3.11.141, 3.11.141",
        "v3.9.0+191fece, 3.9.0",
        "3.9, 3.9.0",
        "v3.6.173.0.21, 3.6.173",
        "' v3.7.14\r\n', 3.7.14",
    })
    void isRead(String text, String version) {
        assertThat(Version.parse(text)).map(Version::toString).contains(version);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("is not found where there is none")
    @ValueSource(strings = {"", "latest", "v3", "3.x", "version 1.2.3", "9999999.1", "linux"})
    void isNotFound(String text) {
        assertThat(Version.parse(text)).isEmpty();
    }

    @Test
    @DisplayName("is ordered by numbers, not by letters")
    void isOrderedByNumbers() {
        List<Version> sorted = Stream.of("3.10", "3.9.14", "3.9", "3.11.43", "3.11.141", "1.34.3")
                .map(Version::of)
                .sorted()
                .toList();

        assertThat(sorted).hasToString("[1.34.3, 3.9.0, 3.9.14, 3.10.0, 3.11.43, 3.11.141]");
        assertThat(Version.of("3.10").isAtLeast(Version.of("3.9"))).isTrue();
        assertThat(Version.of("3.10").isAtLeast(Version.of("3.10.0"))).isTrue();
        assertThat(Version.of("3.9.99").isAtLeast(Version.of("3.10"))).isFalse();
        assertThat(Version.of("3.11.141").isIn(3, 11)).isTrue();
        assertThat(Version.of("3.1").isIn(3, 11)).isFalse();
    }
}
