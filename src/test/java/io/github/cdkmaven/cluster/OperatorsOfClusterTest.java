package io.github.cdkmaven.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.sim.cluster.SampleStreams;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.streams.ApiOf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The look at a cluster of OpenShift 4")
class OperatorsOfClusterTest {

    private static final String RELEASE = "quay.io/openshift-release-dev/ocp-v4.0-art-dev";
    private static final String HOST = "registry.corp.example:5000";

    @TempDir
    Path folder;

    private SimulatedCluster cluster;

    @AfterEach
    void stop() {
        cluster.close();
    }

    private Check check(String id) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfigYaml());
        ClusterSettings settings = ClusterSettings.of(
                        new ClusterLogin(kubeconfig, Optional.empty(), new CommandRunner(Secrets.NONE)),
                        Optional.empty(),
                        folder)
                .with(Registries.of(Registry.to(HOST)), List.of("openshift"));
        return new ClusterEngine(settings)
                .checks(List.of()).stream()
                        .flatMap(look -> look.get().stream())
                        .filter(check -> check.id().equals(id))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    @DisplayName("prints the mirror set that serves the streams of the release, unless there is one")
    void release() throws Exception {
        cluster = SimulatedCluster.builder()
                .openshift("4.19.0")
                .importController(false)
                .payload()
                .start();

        Check missing = check("cluster.payload");

        assertThat(missing.outcome()).isEqualTo(CheckOutcome.WARN);
        assertThat(missing.message()).contains("cluster-version operator", RELEASE);
        Path objects = folder.resolve("mirror-sets.json");
        assertThat(missing.fix().orElseThrow()).contains("oc apply -f " + objects);
        assertThat(objects)
                .content()
                .contains("ImageDigestMirrorSet", RELEASE, HOST + "/openshift-release-dev/ocp-v4.0-art-dev")
                .doesNotContain("ImageTagMirrorSet");

        assertThat(ApiOf.user(cluster, "kube:admin")
                        .post(
                                "/apis/config.openshift.io/v1/imagedigestmirrorsets",
                                new ObjectMapper().readTree(objects.toFile()).at("/items/0")))
                .isEqualTo(201);
        assertThat(check("cluster.payload").outcome()).isEqualTo(CheckOutcome.OK);
    }

    @Test
    @DisplayName("fails where the samples operator has made no streams, and says what to set")
    void removed() throws Exception {
        cluster = SimulatedCluster.builder()
                .openshift("4.19.0")
                .samplesAtFirstStart(SampleStreams.small())
                .payload()
                .start();
        cluster.samplesOperator().advance(Duration.ofMinutes(5));
        cluster.samplesOperator().settle();

        Check found = check("imagestreams.samples");

        assertThat(found.outcome()).isEqualTo(CheckOutcome.FAIL);
        assertThat(found.fix().orElseThrow()).contains("Managed", "samplesRegistry", HOST);
    }
}
