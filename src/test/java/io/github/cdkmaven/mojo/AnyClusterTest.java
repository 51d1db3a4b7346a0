package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.report.ReportSchema;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.streams.ApiOf;
import io.github.cdkmaven.world.Log;
import io.github.cdkmaven.world.Mirror;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.settings.Server;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MojoTest
@DisplayName("cdk:imagestreams on a cluster that only a kubeconfig knows")
class AnyClusterTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SET = Path.of("src/test/resources/imagestreams/two-of-everything.json");
    private static final String PASSWORD = "kolibri-7-pa$$wort";

    @TempDir
    Path folder;

    private SimulatedCluster cluster;
    private ObjectNode kubeconfig;

    @BeforeEach
    void start() throws IOException {
        cluster = SimulatedCluster.builder()
                .openshift("v3.11.0")
                .imageStreams(SET)
                .pacing(false)
                .importController(false)
                .start();
        kubeconfig = (ObjectNode) JSON.readTree(cluster.kubeconfigJson());
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    @InjectMojo(goal = "imagestreams")
    @DisplayName("logs in by the client certificate with a PKCS#1 key that the file holds")
    void pkcs1(ImageStreamsMojo mojo) throws Exception {
        assertThat(text(user(), "client-key-data")).contains("BEGIN RSA PRIVATE KEY");

        assertMoves(mojo);
    }

    @Test
    @InjectMojo(goal = "imagestreams")
    @DisplayName("logs in by a client certificate with a PKCS#8 key, both in files beside it, as is the authority")
    void pkcs8(ImageStreamsMojo mojo) throws Exception {
        PEMKeyPair key = (PEMKeyPair) new PEMParser(new StringReader(text(user(), "client-key-data"))).readObject();
        String pkcs8 = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.getPrivateKeyInfo().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        Files.writeString(folder.resolve("client.key"), pkcs8);
        Files.writeString(folder.resolve("client.crt"), text(user(), "client-certificate-data"));
        Files.writeString(folder.resolve("ca.crt"), cluster.caPem());
        user().removeAll().put("client-key", "client.key").put("client-certificate", "client.crt");
        target().remove("certificate-authority-data");
        target().put("certificate-authority", "ca.crt");

        assertMoves(mojo);
    }

    @Test
    @InjectMojo(goal = "imagestreams")
    @DisplayName("logs in by a token, in the context that was chosen")
    void token(ImageStreamsMojo mojo) throws Exception {
        ObjectNode current = (ObjectNode) kubeconfig.path("contexts").path(0);
        ObjectNode chosen = current.deepCopy().put("name", "by-token");
        ((ObjectNode) chosen.path("context")).put("user", "somebody");
        kubeconfig.withArray("contexts").add(chosen);
        kubeconfig
                .withArray("users")
                .addObject()
                .put("name", "somebody")
                .putObject("user")
                .put("token", ApiOf.token(cluster.kubeconfigJson(), "admin"));
        ((ObjectNode) current.path("context")).put("user", "nobody");
        mojo.context = "by-token";

        assertMoves(mojo);

        JsonNode facts = report("imagestreams").path("cdk");
        assertThat(facts.path("engine").asText()).isEqualTo("cluster");
        assertThat(facts.path("context").asText()).isEqualTo("by-token");
        assertThat(facts.path("apiUrl").asText())
                .isEqualTo(target().path("server").asText());
    }

    @Test
    @InjectMojo(goal = "imagestreams")
    @DisplayName("verifies the server, unless the file itself says not to")
    void skipTlsVerify(ImageStreamsMojo mojo) throws Exception {
        target().remove("certificate-authority-data");
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            assertThatThrownBy(() -> run(mojo, registry))
                    .hasMessageContaining("cannot prove that it is the expected one");
        }
        target().put("insecure-skip-tls-verify", true);

        assertMoves(mojo);
    }

    @Test
    @InjectMojo(goal = "imagestreams")
    @DisplayName("names the right that is missing, and changes nothing")
    void missingRight(ImageStreamsMojo mojo) throws Exception {
        user().removeAll().put("token", ApiOf.token(cluster.kubeconfigJson(), "developer"));
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            assertThatThrownBy(() -> run(mojo, registry))
                    .hasMessageContaining("developer may not")
                    .hasMessageContaining("missing in namespace openshift: update imagestreams.image.openshift.io");
        }
        assertThat(cluster.state().changes()).isEmpty();
    }

    @Test
    @InjectMojo(goal = "imagestreams")
    @DisplayName("says to log in again when the token is no longer good")
    void tokenIsOver(ImageStreamsMojo mojo) {
        user().removeAll().put("token", "sha256~over");
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            assertThatThrownBy(() -> run(mojo, registry))
                    .hasMessageContaining("is not valid")
                    .hasMessageContaining("oc login");
        }
    }

    @Test
    @InjectMojo(goal = "imagestreams")
    @DisplayName("refuses a token with a line break, and shows it nowhere")
    void tokenWithALineBreak(ImageStreamsMojo mojo) throws Exception {
        user().removeAll().put("token", PASSWORD + "\n");
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            String log = Log.of(() -> {
                Throwable failure = catchThrowable(() -> run(mojo, registry));
                assertThat(failure).hasMessageContainingAll("shared.kubeconfig", "'token'", "line break", "oc login");
                StringWriter trace = new StringWriter();
                failure.printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString()).doesNotContain(PASSWORD);
            });
            assertThat(log).doesNotContain(PASSWORD);
        }
        try (Stream<Path> files = Files.walk(folder.resolve("target"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().doesNotContain(PASSWORD));
        }
    }

    @Test
    @InjectMojo(goal = "imagestreams")
    @DisplayName("imports from a registry with a login, whose password is in the secret and nowhere else")
    void basicLogin(ImageStreamsMojo mojo) throws Exception {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().basicAuth("mirror", PASSWORD).start()) {
            assertMovesWithLogin(mojo, registry, 1);
        }
    }

    @Test
    @InjectMojo(goal = "imagestreams")
    @DisplayName("imports from a registry whose token server is another host, which is in the secret too")
    void tokenLogin(ImageStreamsMojo mojo) throws Exception {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().tokenAuth("mirror", PASSWORD).start()) {
            assertMovesWithLogin(mojo, registry, 2);
        }
    }

    private void assertMovesWithLogin(ImageStreamsMojo mojo, SimulatedRegistry registry, int hosts) throws Exception {
        String encoded = Base64.getEncoder().encodeToString(("mirror:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        new Mirror(registry).imageStreams(SET);
        Wiring.byHand(mojo, "imagestreams", folder);
        Server server = new Server();
        server.setId(registry.host());
        server.setUsername("mirror");
        server.setPassword(PASSWORD);
        mojo.session.getSettings().addServer(server);
        configure(mojo, registry);

        String log = Log.of(() -> assertThatNoException().isThrownBy(mojo::execute));

        assertThat(log).contains("cdk-maven-plugin-registry").doesNotContain(PASSWORD, encoded);

        assertThat(summary().path("failed").asInt()).isZero();
        assertThat(summary().path("imported").asInt()).isEqualTo(7);
        List<JsonNode> secrets = cluster.state().secrets("openshift").stream()
                .filter(secret -> secret.path("type").asText().equals("kubernetes.io/dockerconfigjson"))
                .toList();
        assertThat(secrets).hasSize(1);
        JsonNode auths = JSON.readTree(Base64.getDecoder()
                        .decode(secrets.get(0)
                                .path("data")
                                .path(".dockerconfigjson")
                                .asText()))
                .path("auths");
        assertThat(auths.size()).isEqualTo(hosts);
        assertThat(auths.path(registry.host()).path("password").asText()).isEqualTo(PASSWORD);
        int changes = cluster.state().changes().size();

        mojo.execute();

        assertThat(cluster.state().changes()).hasSize(changes);
        assertThat(summary("imagestreams-default").path("unchanged").asInt()).isEqualTo(7);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).isNotEmpty().allSatisfy(file -> assertThat(
                            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain(PASSWORD)
                    .doesNotContain(encoded));
        }
    }

    private void assertMoves(ImageStreamsMojo mojo) throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            new Mirror(registry).imageStreams(SET);

            run(mojo, registry);

            assertThat(summary().path("imported").asInt()).isEqualTo(7);
            assertThat(summary().path("failed").asInt()).isZero();
        }
    }

    private void run(ImageStreamsMojo mojo, SimulatedRegistry registry) throws Exception {
        Wiring.byHand(mojo, "imagestreams", folder);
        configure(mojo, registry);
        mojo.execute();
    }

    private void configure(ImageStreamsMojo mojo, SimulatedRegistry registry) throws IOException {
        Path site = folder.resolve("site");
        mojo.registry = registry.host();
        mojo.registryInsecure = true;
        mojo.kubeconfig = Files.writeString(folder.resolve("shared.kubeconfig"), kubeconfig.toString())
                .toFile();
        if (mojo.oc == null) {
            mojo.oc = SimulatedCdk.in(site)
                    .version("minishift-1.34.3")
                    .create()
                    .oc()
                    .toFile();
        }
    }

    private ObjectNode user() {
        return (ObjectNode) kubeconfig.path("users").path(0).path("user");
    }

    private ObjectNode target() {
        return (ObjectNode) kubeconfig.path("clusters").path(0).path("cluster");
    }

    private static String text(JsonNode node, String name) {
        return new String(Base64.getDecoder().decode(node.path(name).asText()), StandardCharsets.UTF_8);
    }

    private JsonNode summary() {
        return summary("imagestreams");
    }

    private JsonNode summary(String name) {
        return report(name).path("summary");
    }

    private JsonNode report(String name) {
        return ReportSchema.valid(folder.resolve("target/cdk").resolve(name).resolve("report.json"));
    }
}
