package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.report.ReportSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MojoTest
@DisplayName("cdk:preflight as Maven configures it")
class PreflightMojoTest {

    @TempDir
    Path folder;

    @Test
    @InjectMojo(goal = "preflight")
    @MojoParameter(name = "registry", value = "https://jane:secret@registry.corp.example:5000")
    @MojoParameter(name = "minishift", value = "/nowhere/minishift")
    @MojoParameter(name = "memory", value = "lots")
    @MojoParameter(name = "importParallelism", value = "many")
    @MojoParameter(name = "startArguments", value = "")
    @DisplayName("tells six different mistakes of a POM as six findings of one run, each with its fix")
    void sixMistakes(PreflightMojo mojo) throws IOException {
        mojo.mappings = List.of("quay.io");
        mojo.failOn = "sometimes";
        Wiring.byHand(mojo, "preflight", folder);

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("Preflight found 6 problems")
                .hasMessageNotContaining("secret");

        JsonNode report = ReportSchema.valid(folder.resolve("target/cdk/preflight/report.json"));
        List<String> failed = new ArrayList<>();
        for (JsonNode check : report.path("checks")) {
            // The goal's own failure is told as a check too.
            if (check.path("outcome").asText().equals("fail")
                    && !check.path("id").asText().equals("goal")) {
                failed.add(check.path("id").asText());
                assertThat(check.path("fix").asText()).isNotEmpty();
            }
        }
        assertThat(failed)
                .containsExactlyInAnyOrder(
                        "settings.registry",
                        "settings.mappings",
                        "settings.memory",
                        "settings.importParallelism",
                        "settings.failOn",
                        "tools.minishift");
        assertThat(report.toString()).doesNotContain("secret");
    }

    @Test
    @InjectMojo(goal = "preflight")
    @MojoParameter(name = "skipPreflight", value = "true")
    @DisplayName("is skipped by skipPreflight, before anything is looked at")
    void skipped(PreflightMojo mojo) throws Exception {
        Wiring.bound(mojo, "preflight", folder).execute();

        assertThat(folder.resolve("target")).doesNotExist();
    }
}
