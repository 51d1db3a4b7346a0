package io.github.cdkmaven.openshift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The images that a cluster names")
class ClusterImagesTest {

    private static final JsonNode STREAMS = Json.parse("""
            {"kind": "List", "items": [
              {"kind": "ImageStream", "metadata": {"name": "perl"}, "spec": {"tags": [
                {"name": "latest", "from": {"kind": "ImageStreamTag", "name": "5.24"}},
                {"name": "5.24", "from": {"kind": "DockerImage", "name": "registry.access.redhat.com/rhscl/perl-524-rhel7:latest"}}]}},
              {"kind": "ImageStream",
               "metadata": {"name": "cli", "annotations": {"include.release.openshift.io/ibm-cloud-managed": "true"}},
               "spec": {"tags": [
                {"name": "latest", "from": {"kind": "DockerImage", "name": "quay.io/openshift-release-dev/ocp-v4.0-art-dev:1"}}]}}]}
            """);
    private static final JsonNode POD = Json.parse("""
            {"kind": "Pod", "apiVersion": "v1", "metadata": {"namespace": "default", "name": "router-1-x"}, "spec": {
              "initContainers": [{"name": "init", "image": "quay.io/team/init@sha256:%s"}],
              "containers": [
                {"name": "router", "image": "registry.access.redhat.com/openshift3/ose-haproxy-router:v3.11.141"},
                {"name": "built", "image": "172.30.1.1:5000/myproject/built-inside:latest"},
                {"name": "id", "image": "sha256:%s"},
                {"name": "bare", "image": "%s"},
                {"name": "odd", "image": "not an image"}]}}
            """.formatted("ab".repeat(32), "cd".repeat(32), "ef".repeat(32)));

    @Test
    @DisplayName(
            "are those of its streams and pods, without aliases, its release's own and what lies in its own registry")
    void streamsAndPods() {
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .openshift("v3.11.141")
                .imageStreams(STREAMS)
                .start()) {
            cluster.state().pods(List.of(POD));
            OpenShiftApi api = new OpenShiftApi(Kubeconfig.parse(cluster.kubeconfigJson(), Path.of("kubeconfig")));

            ClusterImages images = ClusterImages.of(api, List.of("openshift"), List.of());
            assertThat(images.unusable())
                    .as("told, and not left out in silence")
                    .containsExactly("default/router-1-x ('not an image')");
            assertThat(images.images())
                    .extracting(named ->
                            named.owner() + named.tag().map(tag -> ":" + tag).orElse("") + " "
                                    + named.reference().name())
                    .containsExactly(
                            "perl:5.24 registry.access.redhat.com/rhscl/perl-524-rhel7",
                            "default/router-1-x quay.io/team/init",
                            "default/router-1-x registry.access.redhat.com/openshift3/ose-haproxy-router");
        }
    }
}
