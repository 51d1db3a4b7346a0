package io.github.cdkmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Globs")
class GlobsTest {

    @ParameterizedTest(name = "{0} on {1}:{2} is {3}")
    @DisplayName("hold a pattern with a colon against stream:tag, one without against the stream")
    @CsvSource({
        "jenkins, jenkins, 2, true",
        "jenkins, jenkins, latest, true",
        "jenkins, jenkins2, 2, false",
        "jenkins*, jenkins2, 2, true",
        "j?nkins, jenkins, 2, true",
        "j?nkins, jnkins, 2, false",
        "jenkins:2, jenkins, 2, true",
        "jenkins:2, jenkins, 2.1, false",
        "jenkins:2*, jenkins, 2.1, true",
        "*:1, jenkins, 1, true",
        "*:1, jenkins, 2, false",
        "*, jenkins, 2, true",
        "jboss-*:1.?, jboss-eap, 1.7, true",
        "Jenkins, jenkins, 2, false",
        "' jenkins ', jenkins, 2, true",
        "jenkins.2, jenkins-2, 1, false",
    })
    void match(String pattern, String stream, String tag, boolean matches) {
        assertThat(new Globs(List.of(pattern)).matches(stream, tag)).isEqualTo(matches);
    }

    @Test
    @DisplayName("match when one of them does")
    void matchWhenOneDoes() {
        Globs globs = new Globs(List.of("ruby:2.4", "php"));

        assertThat(globs.matches("ruby", "2.4")).isTrue();
        assertThat(globs.matches("php", "7.0")).isTrue();
        assertThat(globs.matches("ruby", "2.3")).isFalse();
        assertThat(globs.isEmpty()).isFalse();
    }

    @Test
    @DisplayName("match nothing when there are none")
    void matchNothingWhenThereAreNone() {
        assertThat(new Globs(List.of()).matches("ruby", "2.4")).isFalse();
        assertThat(new Globs(List.of()).isEmpty()).isTrue();
    }
}
