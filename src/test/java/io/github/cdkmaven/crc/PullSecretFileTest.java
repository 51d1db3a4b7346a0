package io.github.cdkmaven.crc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The pull secret for crc")
class PullSecretFileTest {

    private static final Registry REGISTRY = Registry.to("registry.corp.example:5000");

    @TempDir
    Path folder;

    @Test
    @DisplayName("is made from the registry's login, for this user alone and only as long as it is needed")
    @DisabledOnOs(OS.WINDOWS)
    void made() throws IOException {
        Registries registries = Registries.of(REGISTRY.withCredentials(new Credentials("ci", "secret")));
        Path file;
        try (PullSecretFile secret = PullSecretFile.of(Optional.empty(), registries, folder)) {
            file = secret.file();
            JsonNode auths = new ObjectMapper().readTree(file.toFile()).path("auths");
            assertThat(auths.path("registry.corp.example:5000").path("auth").asText())
                    .isEqualTo("Y2k6c2VjcmV0");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PullSecretFile.problem(file)).isEmpty();
            assertThat(secret).asString().doesNotContain("secret\"", "Y2k6");
            PullSecretFile.removeOrphans(folder);
            assertThat(file).as("its build is alive").exists();
        }
        assertThat(file).doesNotExist();

        Path orphan = Files.writeString(folder.resolve("pull-secret-999999999-x.json"), "{}");
        PullSecretFile.removeOrphans(folder);
        assertThat(orphan).doesNotExist();
    }

    @Test
    @DisplayName("of a registry without a login names a host that cannot exist, since crc asks for what has no entry")
    void placeholder() throws IOException {
        JsonNode auths = new ObjectMapper()
                .readTree(PullSecretFile.text(Registries.of(REGISTRY)))
                .path("auths");

        assertThat(auths.properties()).extracting(entry -> entry.getKey()).containsExactly("cdk-maven-plugin.invalid");
        assertThat(auths.path("cdk-maven-plugin.invalid").path("auth").isTextual())
                .isTrue();
    }

    @ParameterizedTest
    @DisplayName("of the user is checked by crc's rules before crc asks on a terminal that is not there")
    @CsvSource(
            delimiter = '|',
            value = {
                "no json | it is not valid JSON",
                "{} | no entry",
                "{\"auths\": {}} | no entry",
                "{\"auths\": {\"h\": {\"email\": \"canary\"}}} | neither 'auth' nor 'credsStore'",
            })
    void refused(String text, String why) throws IOException {
        Path file = Files.writeString(folder.resolve("secret.json"), text);

        String problem =
                String.join("\n", PullSecretFile.problem(file).orElseThrow().toLines());

        assertThat(problem).contains(why, "<pullSecretFile>").doesNotContain("canary");
        assertThat(PullSecretFile.problem(folder.resolve("none"))).isPresent();
    }
}
