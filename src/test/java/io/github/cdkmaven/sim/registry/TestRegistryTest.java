package io.github.cdkmaven.sim.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The test registries are what they claim to be. */
class TestRegistryTest {

    private static final String NAME = "openshift3/ose:v3.9.31";

    @Test
    void theSameNameGivesTheSameImageInEveryRun() {
        assertThat(TinyImage.named(NAME).configDigest())
                .isEqualTo(TinyImage.named(NAME).configDigest())
                .isNotEqualTo(TinyImage.named("other").configDigest());
        assertThat(TinyImage.named(NAME).layerDigests()).hasSize(1);
        assertThat(TinyImage.withLayers("text", 3, 10).layerDigests())
                .hasSize(3)
                .doesNotHaveDuplicates();
    }

    @Test
    void theSimulatedRegistryServesAnImageAndRemembersWhoAsked() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            TinyImage image = registry.image(NAME);

            HttpResponse<String> response = manifest(registry, "openshift3/ose", "v3.9.31");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(image.manifest());
            assertThat(response.headers().firstValue("Docker-Content-Digest")).contains(image.digest());
            assertThat(registry.requests())
                    .extracting(ServedRequest::toString)
                    .containsExactly("GET /v2/openshift3/ose/manifests/v3.9.31 200");
        }
    }

    @Test
    void imagesCanBePushedToTheSimulatedRegistryOverItsProtocol() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            TinyImage list = TinyImage.list("text", "ppc64le", "amd64");

            String digest = new ImagePush(URI.create("http://" + registry.host()), Optional.empty(), Optional.empty())
                    .push("a/b:1", list);

            assertThat(digest).isEqualTo(list.digest());
            assertThat(manifest(registry, "a/b", "1").body()).isEqualTo(list.manifest());
            assertThat(manifest(registry, "a/b", list.parts().get(1).digest()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    @EnabledIf("io.github.cdkmaven.sim.registry.DockerRegistry#available")
    void theRealRegistryAcceptsEveryKindOfImage() throws Exception {
        try (DockerRegistry registry = DockerRegistry.start()) {
            assertThat(List.of(
                            entry(NAME, TinyImage.named(NAME)),
                            entry("a/list:1", TinyImage.list("text", "amd64", "s390x")),
                            entry("a/oci:1", TinyImage.oci("text")),
                            entry("a/layers:1", TinyImage.withLayers("text", 3, 1000))))
                    .allSatisfy(image -> assertThat(registry.put(image.getKey(), image.getValue()))
                            .isEqualTo(image.getValue().digest()));
            assertThat(manifest(registry, "openshift3/ose", "v3.9.31").statusCode())
                    .isEqualTo(200);
            assertThat(manifest(registry, "a/oci", "1").statusCode()).isEqualTo(404);
        }
    }

    @Test
    @EnabledIf("io.github.cdkmaven.sim.registry.DockerRegistry#available")
    void theRealRegistryRunsWithTlsAndAPassword() {
        try (DockerRegistry registry =
                DockerRegistry.builder().tls().basicAuth("jane", "s3cret").start()) {
            assertThat(registry.image(NAME).digest()).startsWith("sha256:");
        }
    }

    private static HttpResponse<String> manifest(TestRegistry registry, String repository, String reference)
            throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://" + registry.host() + "/v2/" + repository + "/manifests/" + reference))
                                .header("Accept", TinyImage.SCHEMA_2)
                                .header("Accept", TinyImage.LIST)
                                .build(),
                        BodyHandlers.ofString());
    }
}
