package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdkmaven.report.ReportSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MojoTest
@DisplayName("cdk:images as Maven configures it")
class ImagesMojoTest {

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
                .hasMessageContaining("It is not known for which OpenShift the images are to be listed.")
                .hasMessageContaining("-Dcdk.openshiftVersion=");
        assertThat(Files.exists(folder.resolve("target/cdk/images/images.txt"))).isFalse();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return server.getLocalPort();
        }
    }
}
