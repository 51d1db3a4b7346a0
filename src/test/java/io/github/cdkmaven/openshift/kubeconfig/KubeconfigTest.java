package io.github.cdkmaven.openshift.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.Captures;
import io.github.cdkmaven.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

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
        assertThat(access.cluster().trust()).contains("the CA");
        assertThat(access.credential().client().orElseThrow().certificate()).isEqualTo("my certificate");
        assertThat(access.credential().client().orElseThrow().key()).isEqualTo("my s3cr3t key");
        assertThat(access.credential().token()).isEmpty();
        assertThat(access.cluster().skipTlsVerify()).isFalse();
        assertThat(access.credential().client().orElseThrow().toString() + access)
                .doesNotContain("s3cr3t");
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

        assertThat(access.cluster().trust()).contains("the CA");
        assertThat(access.credential().client()).contains(new Credential.ClientCertificate("my certificate", "my key"));
    }

    @Test
    @DisplayName("is read with a token, without verification, and in the name of somebody")
    void isReadWithAToken() {
        ClusterAccess access = parse(
                "{'server': 'https://cluster.corp:8443', 'insecure-skip-tls-verify': true}",
                "{'token': '" + TOKEN + "', 'as': 'system:admin'}");

        assertThat(access.credential().token()).contains(TOKEN);
        assertThat(access.cluster().skipTlsVerify()).isTrue();
        assertThat(access.cluster().trust()).isEmpty();
        assertThat(access.credential().client()).isEmpty();
        assertThat(access.impersonation()).contains(Impersonation.of("system:admin"));
        assertThat(access.toString()).isEqualTo("https://cluster.corp:8443");
    }

    @Test
    @DisplayName("that names a missing file is a problem with the file's path")
    void namesAMissingFile() {
        assertThat(catchThrowableOfType(
                        ProblemException.class,
                        () -> parse(
                                "{'server': 'https://cluster.corp', 'certificate-authority': 'gone.crt'}",
                                "{'token': 't'}")))
                .hasMessageContaining("its certificate-authority " + folder.resolve("gone.crt") + " cannot be read");
    }

    @Test
    @DisplayName("that we write is read back as it was")
    void isReadBack() {
        ClusterAccess access = new ClusterAccess(
                new ClusterServer(
                        URI.create("https://cluster.corp:8443/k8s/clusters/c-1"),
                        Optional.of("-----BEGIN CERTIFICATE-----\nä\n"),
                        true,
                        Optional.of("api.corp"),
                        Optional.of(URI.create("http://proxy.corp:3128"))),
                new Credential(
                        Optional.of(new Credential.ClientCertificate("certificate", "key")),
                        Optional.of(TOKEN),
                        Optional.of(folder.resolve("token")),
                        Optional.empty()),
                Optional.of(new Impersonation(
                        "jane", Optional.of("7"), List.of("dev", "ops"), Map.of("reason", List.of("a", "b")))),
                "cdk");

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
        assertThat(access.cluster().skipTlsVerify()).isTrue();
        assertThat(access.credential().token()).isPresent();
    }

    private ClusterAccess parse(String cluster, String user) {
        String json = "{'kind': 'Config', 'clusters': [{'name': 'c', 'cluster': " + cluster
                + "}], 'users': [{'name': 'u', 'user': " + user
                + "}], 'contexts': [{'name': 'x', 'context': {'cluster': 'c', 'user': 'u'}}], 'current-context': 'x'}";
        return Kubeconfig.parse(json.replace('\'', '"'), folder.resolve("config"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
