package io.github.cdkmaven.openshift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StreamItemsTest {

    @Test
    @DisplayName("the streams of images in the cluster's own registry are read too, where the user may, and no others")
    void streamsOfImages() {
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .openshift("4.19.0")
                .integratedRegistry("image-registry.openshift-image-registry.svc:5000")
                .importController(false)
                .editor("jane", "mine")
                .viewer("jane", "shown")
                .imageStreams("mine", stream("app"))
                .imageStreams("shown", stream("base"))
                .imageStreams("hidden", stream("base"))
                .start()) {
            OpenShiftApi jane = new OpenShiftApi(Kubeconfig.parse(cluster.kubeconfigYaml("jane"), Path.of("jane")));
            StreamItems mine = StreamItems.of(jane, List.of("mine"));
            assertThat(mine.namespaces()).containsExactly("mine", "openshift");
            int before = cluster.state().requests().size();

            StreamItems all = mine.withStreamsOf(
                    jane,
                    Stream.of("shown/base", "hidden/base", "mine/app")
                            .map(name ->
                                    ImageReference.parse("image-registry.openshift-image-registry.svc:5000/" + name))
                            .toList());
            StreamItems same = mine.withStreamsOf(jane, List.of(ImageReference.parse("quay.io/other/app:1")));

            assertThat(all.namespaces()).containsExactly("mine", "openshift", "shown");
            assertThat(same).isEqualTo(mine);
            assertThat(cluster.state().requests().stream().skip(before).map(request -> request.path()))
                    .hasSize(2)
                    .anyMatch(path -> path.contains("/shown/"))
                    .anyMatch(path -> path.contains("/hidden/"));
        }
    }

    private static JsonNode stream(String name) {
        return Json.parse("""
                {"kind": "List", "apiVersion": "v1", "items": [{"kind": "ImageStream", "apiVersion": "image.openshift.io/v1",
                  "metadata": {"name": "%s"}, "spec": {"tags": []}}]}
                """.formatted(name));
    }
}
