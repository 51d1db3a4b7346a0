package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdkmaven.report.ReportSchema;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MojoTest
@DisplayName("cdk:start as Maven configures it")
class StartMojoTest {

    @TempDir
    Path folder;

    @Test
    @InjectMojo(goal = "start")
    @DisplayName("has the defaults that the documentation promises")
    void defaults(StartMojo mojo) {
        assertThat(mojo.stopTimeout).isEqualTo("5m");
        assertThat(mojo.importTimeout).isEqualTo("10m");
        assertThat(mojo.registryTimeout).isEqualTo("30s");
        assertThat(mojo.importParallelism).isEqualTo("8");
        assertThat(mojo.namespaces).containsExactly("openshift");
        assertThat(mojo.failOn).isEqualTo("any");
        assertThat(mojo.ifRunning).isEqualTo("attach");
        assertThat(mojo.onFailure).isEqualTo("stop");
        assertThat(mojo.blockedRegistries)
                .containsExactly("registry.access.redhat.com", "registry.redhat.io", "docker.io", "quay.io");
        assertThat(mojo.skipRegistration).isTrue();
        assertThat(mojo.registryInsecure).isFalse();
    }

    @Test
    @InjectMojo(goal = "start")
    @MojoParameter(name = "minishift", value = "/nowhere/minishift")
    @DisplayName("says which parameter is missing and how to give it, before it looks at any program, and reports that")
    void registryMissing(StartMojo mojo) throws IOException {
        Wiring.bound(mojo, "start", folder);

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("'registry' is missing")
                .hasMessageContaining("<registry>")
                .hasMessageContaining("-Dcdk.registry=");
        assertThat(ReportSchema.valid(folder.resolve("target/cdk/start/report.json"))
                        .path("outcome")
                        .asText())
                .isEqualTo("failed");
    }

    @Test
    @InjectMojo(goal = "start")
    @MojoParameter(name = "registry", value = "registry.corp.example:5000")
    @MojoParameter(name = "minishift", value = "/nowhere/minishift")
    @DisplayName("names an executable that is not there by its parameter")
    void executableMissing(StartMojo mojo) {
        Wiring.bound(mojo, "start", folder);

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("Parameter 'minishift' is '/nowhere/minishift', which does not exist.");
    }

    @Test
    @InjectMojo(goal = "start")
    @MojoParameter(name = "skip", value = "true")
    @MojoParameter(name = "registry", value = "not a registry")
    @DisplayName("looks at skip before anything else")
    void skip(StartMojo mojo) throws Exception {
        Wiring.bound(mojo, "start", folder).execute();

        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "start")
    @DisplayName("is skipped with the integration tests where it is bound, and runs when called by hand")
    void skippedTests(StartMojo mojo) throws Exception {
        Wiring.bound(mojo, "start", folder).session.getUserProperties().setProperty("skipITs", "true");
        mojo.execute();
        assertThat(folder.resolve("target")).doesNotExist();

        Wiring.byHand(mojo, "start", folder).session.getUserProperties().setProperty("skipITs", "true");
        assertThatThrownBy(mojo::execute).hasMessageContaining("'registry' is missing");
    }
}
