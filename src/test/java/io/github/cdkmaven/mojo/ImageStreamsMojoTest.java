package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.report.ReportSchema;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.world.Log;
import io.github.cdkmaven.world.Mirror;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MojoTest
@DisplayName("cdk:imagestreams as Maven configures it")
class ImageStreamsMojoTest {

    private static final Path SET = Path.of("src/test/resources/imagestreams/two-of-everything.json");

    @TempDir
    Path folder;

    @Test
    @InjectMojo(goal = "imagestreams")
    @DisplayName(
            "moves the ImageStreams of any cluster that a kubeconfig reaches; a dry run before shows the plan and changes nothing")
    void anyCluster(ImageStreamsMojo mojo) throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCdk tools = SimulatedCdk.in(folder.resolve("site"))
                        .version("minishift-1.34.3")
                        .create();
                SimulatedCluster cluster = SimulatedCluster.builder()
                        .openshift("v3.11.0")
                        .bind("127.0.0.1", 0)
                        .imageStreams(SET)
                        .pacing(false)
                        .start()) {
            new Mirror(registry).imageStreams(SET);
            Path kubeconfig = Files.writeString(folder.resolve("shared.kubeconfig"), cluster.kubeconfigYaml());
            mojo.registry = registry.host();
            mojo.registryInsecure = true;
            mojo.kubeconfig = kubeconfig.toFile();
            mojo.oc = tools.oc().toFile();
            Wiring.byHand(mojo, "imagestreams", folder);

            mojo.dryRun = true;
            assertThat(logOf(mojo))
                    .contains("] ruby: ", " would be imported, ")
                    .contains("openshift/ruby:2.4", "  + " + registry.host() + "/rhscl/ruby-24-rhel7");
            assertThat(tag("ruby", "2.4").path("outcome").asText()).isEqualTo("planned");
            assertThat(tag("ruby", "2.4").path("digest").asText()).startsWith("sha256:");
            assertThat(cluster.state().changes()).isEmpty();

            Wiring.byHand(mojo, "imagestreams", folder);
            mojo.dryRun = false;
            assertThat(logOf(mojo)).containsPattern("\\[[1-9]/[1-9]] ruby: [0-9]+ tags? imported, [0-9.]+ s");
            assertThat(tag("ruby", "2.4").path("outcome").asText()).isEqualTo("imported");
            assertThat(tag("ruby", "latest").path("outcome").asText()).isEqualTo("skipped");
        }
    }

    @Test
    @InjectMojo(goal = "imagestreams")
    @DisplayName(
            "moves the ImageStreams of a CDK that runs, whose OpenShift 3.9 is told first to import from the registry")
    void runningCdk(ImageStreamsMojo mojo) throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCdk cdk = SimulatedCdk.in(folder.resolve("site"))
                        .version("cdk-3.5")
                        .imageStreams(SET)
                        .pacing(false)
                        .running(true)
                        .create()) {
            new Mirror(registry).imageStreams(SET);
            mojo.registry = registry.host();
            mojo.registryInsecure = true;
            mojo.minishift = cdk.minishift().toFile();
            mojo.home = cdk.home().toFile();
            Wiring.byHand(mojo, "imagestreams", folder);

            mojo.execute();

            assertThat(tag("ruby", "2.4").path("outcome").asText()).isEqualTo("imported");
            JsonNode report = ReportSchema.valid(folder.resolve("target/cdk/imagestreams/report.json"));
            assertThat(report.path("summary").path("failed").asInt()).isZero();
            assertThat(cdk.run(Map.of(), "openshift", "config", "view").stdout())
                    .contains(registry.host());
        }
    }

    @Test
    @InjectMojo(goal = "imagestreams")
    @DisplayName("without a running CDK says how to get one")
    void nothingRuns(ImageStreamsMojo mojo) {
        try (SimulatedCdk cdk =
                SimulatedCdk.in(folder.resolve("site")).version("cdk-3.10").create()) {
            mojo.registry = "registry.corp.example:5000";
            mojo.minishift = cdk.minishift().toFile();
            mojo.home = cdk.home().toFile();
            Wiring.byHand(mojo, "imagestreams", folder);

            assertThatThrownBy(mojo::execute)
                    .hasMessageContaining("no running CDK")
                    .hasMessageContaining("mvn cdk:start");
        }
    }

    private static String logOf(ImageStreamsMojo mojo) {
        return Log.of(() -> assertThatNoException().isThrownBy(mojo::execute));
    }

    private JsonNode tag(String stream, String tag) throws Exception {
        for (JsonNode candidate : ReportSchema.valid(folder.resolve("target/cdk/imagestreams/report.json"))
                .path("imageStreams")) {
            for (JsonNode found : candidate.path("tags")) {
                if (candidate.path("name").asText().equals(stream)
                        && found.path("tag").asText().equals(tag)) {
                    return found;
                }
            }
        }
        throw new AssertionError("no " + stream + ":" + tag);
    }
}
