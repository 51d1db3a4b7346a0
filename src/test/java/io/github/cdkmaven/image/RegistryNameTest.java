package io.github.cdkmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.problem.ProblemException;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The name of a registry")
class RegistryNameTest {

    @ParameterizedTest(name = "{0}")
    @DisplayName("is host[:port][/prefix]")
    @CsvSource(
            nullValues = "-",
            value = {
                "registry.corp.example:5000, registry.corp.example:5000, -",
                "registry.corp.example, registry.corp.example, -",
                "registry:5000, registry:5000, -",
                "localhost, localhost, -",
                "10.1.2.3:65535, 10.1.2.3:65535, -",
                "registry.corp:1, registry.corp:1, -",
                "artifactory.corp/docker-remote, artifactory.corp, docker-remote",
                "artifactory.corp:8443/docker/mirror, artifactory.corp:8443, docker/mirror",
            })
    void isHostAndPrefix(String value, String host, String prefix) {
        RegistryName name = RegistryName.of("registry", value);

        assertThat(name).isEqualTo(new RegistryName(host, Optional.ofNullable(prefix)));
        assertThat(name).hasToString(value);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("is refused with the parameter, the value, the reason, and what to write instead")
    @CsvSource({
        "'https://registry.corp:5000/', URL scheme, registry.corp:5000",
        "'http://registry.corp', URL scheme, registry.corp",
        "Registry.corp:5000, upper-case, registry.corp:5000",
        "registry, neither a dot nor a port, registry:5000",
        "registry/mirror, neither a dot nor a port, registry:5000",
        "registry.corp :5000, white space, registry.corp:5000",
        "registry.corp/, ends with a slash, registry.corp",
        "registry.corp:5000/mirror//, ends with a slash, registry.corp:5000/mirror",
        "registry.corp:0, from 1 to 65535, registry.corp.example:5000",
        "registry.corp:65536, from 1 to 65535, registry.corp.example:5000",
        "registry.corp:123456789012, from 1 to 65535, registry.corp.example:5000",
        "registry.corp:, not a host, registry.corp.example:5000",
        "registry.corp:port, not a host, registry.corp.example:5000",
        "my_registry.corp:5000, not a host, registry.corp.example:5000",
        "-registry.corp, not a host, registry.corp.example:5000",
        "'[::1]:5000', not a host, registry.corp.example:5000",
        "registry.corp//mirror, not a path, registry.corp/mirror",
        "registry.corp/mirror:1, not a path, registry.corp/mirror",
        "registry.corp/_mirror, not a path, registry.corp/mirror",
    })
    void isRefused(String value, String why, String instead) {
        ProblemException refusal = refusal(value);

        assertThat(refusal)
                .hasMessageStartingWith("Parameter 'registry' is '" + value + "'")
                .hasMessageContaining(why);
        assertThat(refusal.problem().fix())
                .contains("<registry>" + instead + "</registry>")
                .contains("-Dcdk.registry=" + instead + " ");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("may not be blank")
    @ValueSource(strings = {"", " ", "\t\n"})
    void mayNotBeBlank(String value) {
        assertThat(refusal(value)).hasMessageContaining("it is empty");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("with credentials in it is refused, and the message does not repeat the password")
    @ValueSource(
            strings = {
                "admin:s3cr3t@registry.corp:5000",
                "https://admin:s3cr3t@registry.corp:5000",
                "https://admin:s3cr3t@registry.corp:5000/",
                "admin:s3cr3t@registry.corp:5000/mirror/",
                "admin:s3cr3t @registry.corp:5000",
                "admin:S3cr3t@s3cr3t@registry.corp:5000",
            })
    void neverRepeatsCredentials(String value) {
        ProblemException refusal = refusal(value);

        assertThat(refusal).hasMessageContaining("settings.xml").hasMessageNotContainingAny("s3cr3t", "S3cr3t");
        assertThat(String.join("\n", refusal.problem().toLines()))
                .contains("<registry>registry.corp:5000")
                .doesNotContain("s3cr3t");
    }

    @Test
    @DisplayName("is called by the parameter that holds it")
    void namesItsParameter() {
        assertThat(catchThrowableOfType(ProblemException.class, () -> RegistryName.of("mappings", "registry")))
                .hasMessageStartingWith("Parameter 'mappings' is 'registry'");
    }

    private static ProblemException refusal(String value) {
        return catchThrowableOfType(ProblemException.class, () -> RegistryName.of("registry", value));
    }
}
