package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The OpenShift of a product")
class OpenShiftReleaseTest {

    @ParameterizedTest(name = "CDK {0}: {1}")
    @DisplayName("is, for a CDK, the one that its logs and documents name")
    @CsvSource({
        "3.3.0-1, v3.7.14",
        "3.4.0-2, v3.9.14",
        "3.5.0-1, v3.9.31",
        "3.6.0-1, v3.10.45",
        "3.7.0-2, v3.11.43",
        "3.8.0-2, v3.11.59",
        "3.9.0-1, v3.11.104",
        "3.10.0-1, v3.11.141",
        "3.11.0-1, v3.11.157",
        "3.14.0-1, v3.11.157", // not known: the newest before it
        "3.15.0-1, v3.11.346",
        "3.17.0-1, v3.11.346",
    })
    void ofACdk(String cdk, String openshift) {
        assertThat(OpenShiftRelease.defaultOf(MinishiftVersion.parse("minishift v1.34.3\nCDK v" + cdk), List.of()))
                .isEqualTo(openshift);
    }

    @ParameterizedTest(name = "minishift {0}: {1}")
    @DisplayName("is, for minishift, the default of its source at that tag")
    @CsvSource({
        "1.11.0, v3.6.1",
        "1.12.0, v3.6.1",
        "1.13.0, v3.7.1",
        "1.14.0, v3.7.1",
        "1.15.1, v3.7.2",
        "1.16.0, v3.9.0",
        "1.20.0, v3.9.0",
        "1.22.0, v3.9.0",
        "1.23.0, v3.10.0",
        "1.25.0, v3.10.0",
        "1.26.0, v3.11.0",
        "1.34.3, v3.11.0",
    })
    void ofMinishift(String minishift, String openshift) {
        assertThat(OpenShiftRelease.defaultOf(MinishiftVersion.parse("minishift v" + minishift), List.of()))
                .isEqualTo(openshift);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("names its images by a template from 3.10 on, and has a whitelist before")
    @CsvSource({
        "v3.6.1, false, true", "v3.7.14, false, true", "v3.9.31, false, true", "3.9, false, true",
        "v3.10.0, true, false", "v3.11.346, true, false", "v3.11, true, false", "3.11.59, true, false",
    })
    void namesItsImages(String openshift, boolean template, boolean whitelist) {
        assertThat(OpenShiftRelease.takesTemplate(openshift)).isEqualTo(template);
        assertThat(OpenShiftRelease.hasWhitelist(openshift)).isEqualTo(whitelist);
    }
}
