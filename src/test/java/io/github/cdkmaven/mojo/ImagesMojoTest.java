package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdkmaven.report.ReportSchema;
import io.github.cdkmaven.sim.registry.Fault;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.Stranger;
import io.github.cdkmaven.sim.registry.TestCertificates.Kind;
import io.github.cdkmaven.world.Log;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.settings.Server;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MojoTest
@DisplayName("cdk:images as Maven configures it")
class ImagesMojoTest {

    private static final String PASSWORD = "kolibri-7-pa$$wort";

    @TempDir
    Path folder;

    @Test
    @InjectMojo(goal = "images")
    @MojoParameter(name = "minishift", value = "/nowhere/minishift")
    @MojoParameter(name = "openshiftVersion", value = "3.11.141")
    @DisplayName("writes every list with no CDK, no VM and no registry there")
    void withNothing(ImagesMojo mojo) throws Exception {
        mojo.registry = "127.0.0.1:" + closedPort() + "/mirror";
        mojo.additionalImages = List.of("postgres:13");

        Wiring.byHand(mojo, "images", folder).execute();

        Path images = folder.resolve("target/cdk/images");
        assertThat(images.resolve("images.txt"))
                .content()
                .contains(
                        "registry.access.redhat.com/openshift3/ose-control-plane:v3.11.141\n",
                        "registry.redhat.io/openshift3/jenkins-2-rhel7:v3.11\n",
                        "docker.io/library/postgres:13\n");
        assertThat(images.resolve("mapping.txt"))
                .content()
                .contains("docker.io/openshift/origin-service-serving-cert-signer:v3.11="
                        + mojo.registry.replace("/mirror", "")
                        + "/openshift/origin-service-serving-cert-signer:v3.11\n");
        assertThat(images)
                .isDirectoryContaining("glob:**/skopeo-copy.sh")
                .isDirectoryContaining("glob:**/skopeo-sync.sh");
        assertThat(images.resolve("images.lock")).doesNotExist();
        assertThat(ReportSchema.valid(folder.resolve("target/cdk/images/report.json"))
                        .path("outcome")
                        .asText())
                .isEqualTo("ok");
    }

    @Test
    @InjectMojo(goal = "images")
    @MojoParameter(name = "registry", value = "registry.corp.example:5000")
    @MojoParameter(name = "minishift", value = "/nowhere/minishift")
    @DisplayName("says what it has to know when there is no CDK to ask")
    void withoutVersion(ImagesMojo mojo) {
        Wiring.byHand(mojo, "images", folder);

        assertThatThrownBy(mojo::execute)
                .hasMessageContaining("Cannot tell which OpenShift version to list images for.")
                .hasMessageContaining("-Dcdk.openshiftVersion=");
        assertThat(Files.exists(folder.resolve("target/cdk/images/images.txt"))).isFalse();
    }

    @Test
    @InjectMojo(goal = "images")
    @MojoParameter(name = "minishift", value = "/nowhere/minishift")
    @MojoParameter(name = "openshiftVersion", value = "4.19.7")
    @DisplayName("writes every list of an OpenShift 4 with no tool and no cluster there")
    void ofOpenShift4(ImagesMojo mojo) throws Exception {
        mojo.registry = "127.0.0.1:" + closedPort() + "/mirror";
        mojo.excludes = List.of("jenkins");

        Wiring.byHand(mojo, "images", folder).execute();

        Path images = folder.resolve("target/cdk/images");
        assertThat(images.resolve("images.txt"))
                .content()
                .startsWith("# Images that OpenShift 4.19.7 needs.")
                .contains("registry.redhat.io/ubi9/nodejs-20:latest\n")
                .doesNotContain("registry.redhat.io/ocp-tools-4/jenkins-rhel8");
        assertThat(images.resolve("mapping.txt"))
                .content()
                .contains("registry.redhat.io/ubi9/nodejs-20:latest=" + mojo.registry + "/ubi9/nodejs-20:latest\n");
        assertThat(images)
                .isDirectoryContaining("glob:**/skopeo-copy.sh")
                .isDirectoryContaining("glob:**/skopeo-sync.sh");
    }

    @Test
    @InjectMojo(goal = "images")
    @MojoParameter(name = "registry", value = "registry.corp.example:5000")
    @MojoParameter(name = "minishift", value = "/nowhere/minishift")
    @MojoParameter(name = "openshiftVersion", value = "4.30")
    @DisplayName("says which OpenShift 4 it knows")
    void ofAnUnknownOpenShift4(ImagesMojo mojo) {
        Wiring.byHand(mojo, "images", folder);

        assertThatThrownBy(mojo::execute).hasMessageContaining("4.30").hasMessageContaining("4.10 to 4.22");
    }

    @Test
    @InjectMojo(goal = "images")
    @MojoParameter(name = "minishift", value = "/nowhere/minishift")
    @MojoParameter(name = "openshiftVersion", value = "3.11.141")
    @DisplayName("gives no password to a host that the registry redirects to, and says that it wants one")
    void redirectedLogin(ImagesMojo mojo) throws Exception {
        try (Stranger stranger = Stranger.withToken(true);
                SimulatedRegistry registry = SimulatedRegistry.builder()
                        .tls(Kind.PRIVATE_CA)
                        .basicAuth("jane", PASSWORD)
                        .start()) {
            registry.inject(Fault.redirect(307, stranger.address() + "/x"), Integer.MAX_VALUE, request -> request.path()
                    .contains("/manifests/"));
            Wiring.byHand(mojo, "images", folder);
            logIn(mojo, registry.host());
            mojo.registryCa = Files.writeString(
                            folder.resolve("ca.pem"), registry.caPem().orElseThrow() + stranger.caPem())
                    .toFile();

            String log = Log.of(() -> assertThatNoException().isThrownBy(mojo::execute));

            assertThat(log)
                    .contains("redirects to a host that requires a login of its own")
                    .contains(stranger.address());
            stranger.assertWasSentNoLogin();
        }
    }

    @Test
    @InjectMojo(goal = "images")
    @MojoParameter(name = "minishift", value = "/nowhere/minishift")
    @MojoParameter(name = "openshiftVersion", value = "3.11.141")
    @MojoParameter(name = "registryInsecure", value = "true")
    @DisplayName("shows nothing of a token that cannot be sent")
    void tokenWithALineBreak(ImagesMojo mojo) throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.inject(
                    Fault.page(200, "application/json", "{\"token\":\"" + PASSWORD + "\\n\"}"),
                    Integer.MAX_VALUE,
                    request -> request.path().startsWith("/token"));
            registry.inject(
                    Fault.challenge("Bearer realm=\"http://" + registry.host() + "/token\""), Integer.MAX_VALUE);
            Wiring.byHand(mojo, "images", folder);
            mojo.registry = registry.host();

            String log = Log.of(() -> assertThatNoException().isThrownBy(mojo::execute));

            assertThat(log).contains("a token with a line break").doesNotContain(PASSWORD);
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.filter(Files::isRegularFile))
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(file).content().doesNotContain(PASSWORD));
            }
        }
    }

    private static void logIn(ImagesMojo mojo, String host) {
        Server server = new Server();
        server.setId(host);
        server.setUsername("jane");
        server.setPassword(PASSWORD);
        mojo.session.getSettings().addServer(server);
        mojo.registry = host;
    }

    private static int closedPort() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return server.getLocalPort();
        }
    }
}
