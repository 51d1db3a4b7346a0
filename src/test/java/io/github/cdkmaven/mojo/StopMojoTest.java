package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdkmaven.report.ReportSchema;
import java.nio.file.Path;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MojoTest
@DisplayName("cdk:stop as Maven configures it")
class StopMojoTest {

    @TempDir
    Path folder;

    @Test
    @InjectMojo(goal = "stop")
    @MojoParameter(name = "minishift", value = "/nowhere/minishift")
    @DisplayName("stops nothing that this build did not start, and needs no minishift to know that")
    void nothingStarted(StopMojo mojo) throws Exception {
        mojo.home = folder.resolve("home").toFile();
        Wiring.bound(mojo, "stop", folder).execute();

        assertThat(folder.resolve("home")).doesNotExist();
        assertThat(ReportSchema.valid(folder.resolve("target/cdk/stop/report.json"))
                        .path("outcome")
                        .asText())
                .isEqualTo("ok");
        assertThat(folder.resolve("target/cdk/stop/report.html")).content().contains("nothing was stopped");
    }

    @Test
    @InjectMojo(goal = "stop")
    @MojoParameter(name = "skipStop", value = "true")
    @DisplayName("does nothing when it is to be left out")
    void skipStop(StopMojo mojo) throws Exception {
        Wiring.bound(mojo, "stop", folder).execute();

        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "stop")
    @MojoParameter(name = "stopTimeout", value = "soon")
    @DisplayName("says what a time looks like")
    void badTime(StopMojo mojo) {
        Wiring.bound(mojo, "stop", folder);

        assertThatThrownBy(mojo::execute)
                .hasMessageContaining("Parameter 'stopTimeout' is 'soon'")
                .hasMessageContaining("15m");
    }
}
