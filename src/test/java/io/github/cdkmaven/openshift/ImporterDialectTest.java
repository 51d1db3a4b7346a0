package io.github.cdkmaven.openshift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.registry.ImageFormats;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What an OpenShift's importer takes")
class ImporterDialectTest {

    @ParameterizedTest(name = "{0}: {1}, image.config {2}")
    @CsvSource({
        "v3.7.14, DOCKER, false",
        "v3.11.141, DOCKER, false",
        "4.6.1, DOCKER, true",
        "4.7.0, DOCKER_AND_OCI, true",
        "4.19, DOCKER_AND_OCI, true",
        "v4.22.0-rc.1, DOCKER_AND_OCI, true",
        "5.0, DOCKER_AND_OCI, true",
        // By the version of its Kubernetes.
        "v1.9.1+a0ce1bc657, DOCKER, false",
        "v1.11.0, DOCKER, false",
        "v1.32.13, DOCKER_AND_OCI, true",
        // Nobody knows.
        "'', DOCKER, false",
        "an OpenShift, DOCKER, false"
    })
    @DisplayName("follows from its version")
    void byVersion(String version, ImageFormats formats, boolean imageConfig) {
        ImporterDialect dialect = ImporterDialect.of(version);

        assertThat(dialect.formats()).isEqualTo(formats);
        assertThat(dialect.imageConfig()).isEqualTo(imageConfig);
    }
}
