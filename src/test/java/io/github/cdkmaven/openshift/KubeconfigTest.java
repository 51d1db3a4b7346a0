package io.github.cdkmaven.openshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.Captures;
import io.github.cdkmaven.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A kubeconfig")
class KubeconfigTest {

    private static final String TOKEN = "fgC5hX0QAR_s3cr3t";

    @TempDir
    Path folder;

    @Test
    @DisplayName("is read with certificates and keys inside it")
    void isReadWithData() {
        ClusterAccess access = parse(
                "{'server': 'https://192.168.42.7:8443/', 'certificate-authority-data': '" + base64("the CA") + "'}",
                "{'client-certificate-data': '" + base64("my certificate") + "', 'client-key-data': '"
                        + base64("my s3cr3t key") + "'}");

        assertThat(access.server()).isEqualTo(URI.create("https://192.168.42.7:8443"));
        assertThat(access.trust()).contains("the CA");
        assertThat(access.client().orElseThrow().certificate()).isEqualTo("my certificate");
        assertThat(access.client().orElseThrow().key()).isEqualTo("my s3cr3t key");
        assertThat(access.token()).isEmpty();
        assertThat(access.skipTlsVerify()).isFalse();
        assertThat(access.client().orElseThrow().toString() + access).doesNotContain("s3cr3t");
    }

    @Test
    @DisplayName("is read with files beside it and elsewhere")
    void isReadWithFiles() throws IOException {
        Path authority = Files.writeString(folder.resolve("ca.crt"), "the CA");
        Files.createDirectories(folder.resolve("certs"));
        Files.writeString(folder.resolve("certs/me.crt"), "my certificate");
        Files.writeString(folder.resolve("certs/me.key"), "my key");

        ClusterAccess access = parse(
                "{'server': 'https://cluster.corp', 'certificate-authority': '" + authority.toAbsolutePath() + "'}",
                "{'client-certificate': 'certs/me.crt', 'client-key': 'certs/me.key'}");

        assertThat(access.trust()).contains("the CA");
        assertThat(access.client()).contains(new ClusterAccess.ClientCertificate("my certificate", "my key"));
    }

    @Test
    @DisplayName("is read with a token, without verification, and in the name of somebody")
    void isReadWithAToken() {
        ClusterAccess access = parse(
                "{'server': 'https://cluster.corp:8443', 'insecure-skip-tls-verify': true}",
                "{'token': '" + TOKEN + "', 'as': 'system:admin'}");

        assertThat(access.token()).contains(TOKEN);
        assertThat(access.skipTlsVerify()).isTrue();
        assertThat(access.trust()).isEmpty();
        assertThat(access.client()).isEmpty();
        assertThat(access.impersonate()).contains("system:admin");
        assertThat(access.toString()).isEqualTo("https://cluster.corp:8443");
    }

    @Test
    @DisplayName("without a user is read as nobody's")
    void isReadWithoutAUser() {
        assertThat(parse("{'server': 'https://cluster.corp'}", "{}"))
                .isEqualTo(new ClusterAccess(
                        URI.create("https://cluster.corp"),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    @DisplayName("that names a missing file is a problem with the file's path")
    void namesAMissingFile() {
        assertThat(catchThrowableOfType(
                        ProblemException.class,
                        () -> parse("{'server': 'https://cluster.corp', 'certificate-authority': 'gone.crt'}", "{}")))
                .hasMessageContaining("its certificate-authority " + folder.resolve("gone.crt") + " cannot be read");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("that cannot be used is a problem that names it, and repeats nothing of it")
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "{\"users\": [{\"user\": {\"token\": \"" + TOKEN + "\"}}]}",
                "{\"users\": [{\"user\": {\"token\": \"" + TOKEN + "\" oops",
                "token: " + TOKEN,
                "{\"clusters\": [{\"cluster\": {\"server\": \"https://a b " + TOKEN + "\"}}]}",
                "{\"clusters\": [{\"cluster\": {\"server\": \"https://a\"}}], \"users\": [{\"user\": {\"client-key-data\": \""
                        + TOKEN + "=\"}}]}",
                "{\"clusters\": [{\"cluster\": {\"server\": \"https://a\"}}], \"users\": [{\"user\": {\"token\": \""
                        + TOKEN + "\\n\"}}]}",
                "{\"clusters\": [{\"cluster\": {\"server\": \"https://a\"}}], \"users\": [{\"user\": {\"token\": \""
                        + TOKEN + "\\u001b[31m\"}}]}",
                "{\"clusters\": [{\"cluster\": {\"server\": \"https://a\"}}], \"users\": [{\"user\": {\"token\": \""
                        + TOKEN + "\\u2028\"}}]}",
                "{\"clusters\": [{\"cluster\": {\"server\": \"https://a\"}}], \"users\": [{\"user\": {\"as\": \""
                        + TOKEN + "\\r\\nX: y\"}}]}",
                "{\"clusters\": [{\"cluster\": {\"server\": \"https://a_b:8443\"}}]}",
                "{\"clusters\": [{\"cluster\": {\"server\": \"a.b:8443\"}}]}",
                "{\"clusters\": [{\"cluster\": {\"server\": \"//a.b:8443\"}}]}",
            })
    void cannotBeUsed(String text) {
        Path file = folder.resolve("config");
        Throwable problem = catchThrowable(() -> Kubeconfig.parse(text, file));

        assertThat(problem)
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("The kubeconfig " + file + " cannot be used: ");
        assertThat(((ProblemException) problem).problem().fix())
                .contains("<kubeconfig>")
                .contains("-Dcdk.kubeconfig");
        for (Throwable next = problem; next != null; next = next.getCause()) {
            assertThat(String.valueOf(next.getMessage())).doesNotContain("s3cr3t");
        }
    }

    @Test
    @DisplayName("that we write is read back as it was")
    void isReadBack() {
        ClusterAccess access = new ClusterAccess(
                URI.create("https://cluster.corp:8443"),
                Optional.of("-----BEGIN CERTIFICATE-----\nä\n"),
                true,
                Optional.of(new ClusterAccess.ClientCertificate("certificate", "key")),
                Optional.of(TOKEN),
                Optional.of("system:admin"));

        assertThat(Kubeconfig.parse(Kubeconfig.toText(access, "myproject"), folder.resolve("config")))
                .isEqualTo(access);
        assertThat(Kubeconfig.toText(access, "myproject")).contains("\"namespace\" : \"myproject\"");
    }

    @Test
    @DisplayName("as oc 3.9 prints it is read")
    @EnabledIf("io.github.cdkmaven.Captures#present")
    void isReadAsOcPrintsIt() {
        ClusterAccess access = Kubeconfig.parse(
                Captures.read("oc-3.9/config-view-minify").path("stdout").asText(), folder.resolve("config"));

        assertThat(access.server()).isEqualTo(URI.create("https://127.0.0.1:8443"));
        assertThat(access.skipTlsVerify()).isTrue();
        assertThat(access.token()).isPresent();
    }

    private ClusterAccess parse(String cluster, String user) {
        String json = "{'kind': 'Config', 'clusters': [{'name': 'c', 'cluster': " + cluster
                + "}], 'users': [{'name': 'u', 'user': " + user + "}]}";
        return Kubeconfig.parse(json.replace('\'', '"'), folder.resolve("config"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
