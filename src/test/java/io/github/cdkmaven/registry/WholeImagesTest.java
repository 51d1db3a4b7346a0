package io.github.cdkmaven.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.registry.ManifestAnswer.Found;
import io.github.cdkmaven.registry.ManifestAnswer.Incomplete;
import io.github.cdkmaven.registry.ManifestAnswer.Missing;
import io.github.cdkmaven.registry.ManifestAnswer.Unproven;
import io.github.cdkmaven.sim.registry.Fault;
import io.github.cdkmaven.sim.registry.ServedRequest;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An image is whole")
class WholeImagesTest {

    private static final int ALWAYS = Integer.MAX_VALUE;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private SimulatedRegistry registry;

    @BeforeEach
    void start() {
        registry = SimulatedRegistry.start();
    }

    @AfterEach
    void end() {
        registry.close();
    }

    @Test
    @DisplayName("with its configuration and its layers, each asked for once, also by several tags")
    void whole() {
        TinyImage image = TinyImage.withLayers("b", 3, 100);
        registry.put("a/b:1", image);
        registry.put("a/b:2", image);

        assertThat(look("a/b:1", "a/b:2").values()).hasSize(2).allSatisfy(answer -> assertThat(answer)
                .isInstanceOfSatisfying(
                        Found.class, found -> assertThat(found.architectures()).containsExactly("amd64")));
        assertThat(registry.requests())
                .filteredOn(request -> request.path().contains("/blobs/"))
                .extracting(ServedRequest::path)
                .hasSize(4)
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("not without its configuration, nor without one layer")
    void gone() {
        TinyImage image = TinyImage.withLayers("b", 3, 100);
        registry.put("a/b:1", image);
        registry.put("a/c:1", image);
        String layer = image.layerDigests().get(1);
        registry.inject(
                Fault.status(404), ALWAYS, request -> request.path().equals("/v2/a/b/blobs/" + image.configDigest()));
        registry.inject(Fault.status(404), ALWAYS, request -> request.path().equals("/v2/a/c/blobs/" + layer));

        assertThat(look("a/b:1")).containsValue(new Incomplete(List.of("its configuration " + image.configDigest())));
        assertThat(look("a/c:1")).containsValue(new Incomplete(List.of("its layer " + layer)));
        assertThat(look("a/c:1").values()).allSatisfy(answer -> {
            assertThat(answer.words()).contains("NotFound", layer);
            assertThat(answer.fix()).startsWith("Mirror the image again");
        });
    }

    @Test
    @DisplayName("not as a list whose image for amd64 lacks a layer")
    void list() {
        TinyImage list = TinyImage.list("b", "s390x", "amd64");
        registry.put("a/b:1", list);
        String layer = list.parts().get(1).layerDigests().get(0);
        assertThat(look("a/b:1").values()).allMatch(Found.class::isInstance);
        registry.inject(Fault.status(404), ALWAYS, request -> request.path().endsWith(layer));

        assertThat(look("a/b:1")).containsValue(new Incomplete(List.of("its layer " + layer)));
    }

    @Test
    @DisplayName("by a redirect, which is not followed")
    void redirect() {
        registry.image("a/b:1");
        registry.inject(
                Fault.redirect(307, "http://my_bucket.s3.corp.example:9443/x"), ALWAYS, request -> request.path()
                        .contains("/blobs/"));

        assertThat(look("a/b:1").values()).allMatch(Found.class::isInstance);
    }

    @Test
    @DisplayName("or not known to be, where a proxy repository is slow or answers an error")
    void slow() {
        registry.image("a/b:1");
        registry.image("a/c:1");
        registry.inject(Fault.hang(), ALWAYS, request -> request.path().contains("/a/b/blobs/"));
        registry.inject(Fault.status(500), ALWAYS, request -> request.path().contains("/a/c/blobs/"));

        assertThat(look(Duration.ofSeconds(5), "a/b:1", "a/c:1").values())
                .hasSize(2)
                .allSatisfy(answer -> {
                    assertThat(answer).isInstanceOf(Unproven.class);
                    assertThat(answer.fix()).contains("<registryTimeout>");
                });
    }

    @Test
    @DisplayName("for its processor: a single image of another, and a list without it, are not for CDK")
    void platform() {
        registry.put("a/b:1", TinyImage.forArchitecture("arm64", "b"));
        registry.put("a/c:1", TinyImage.list("c", "s390x", "arm64"));

        assertThat(look("a/b:1", "a/c:1").values())
                .extracting(ManifestAnswer::words)
                .containsExactly("in the registry, but for arm64 only", "in the registry, but for s390x, arm64 only");
    }

    @Test
    @DisplayName("for another processor, where the engine runs on that one")
    void otherPlatform() {
        TinyImage sparse = TinyImage.list("d", "amd64", "arm64");
        registry.put("a/b:1", TinyImage.forArchitecture("arm64", "b"));
        registry.put("a/c:1", TinyImage.list("c", "s390x", "arm64"));
        registry.put("a/d:1", sparse);
        registry.put("a/e:1", TinyImage.named("e"));
        registry.remove("a/d@" + sparse.parts().get(1).digest());

        try (RegistryClient client = new RegistryClient(RegistryKind.access(registry, folder), pause -> {})) {
            assertThat(client.reading(ImageFormats.DOCKER, "arm64")
                            .wholeImages(
                                    List.of(
                                            new ManifestQuery("a/b", "1"),
                                            new ManifestQuery("a/c", "1"),
                                            new ManifestQuery("a/d", "1"),
                                            new ManifestQuery("a/e", "1")),
                                    8,
                                    MINUTE)
                            .values())
                    .extracting(ManifestAnswer::words)
                    .containsExactly(
                            "there",
                            "there",
                            "there is a manifest list, but not its image for arm64",
                            "in the registry, but for amd64 only");
        }
    }

    @Test
    @DisplayName("not where a layer is refused, as by a virus scanner")
    void refused() {
        registry.image("a/b:1");
        registry.inject(Fault.page(403, "text/html", "<html>virus scan</html>"), ALWAYS, request -> request.path()
                .contains("/blobs/"));

        assertThat(look("a/b:1").values())
                .singleElement()
                .isInstanceOfSatisfying(RegistryFailure.Forbidden.class, answer -> assertThat(answer.words())
                        .contains("its configuration sha256:"));
    }

    @Test
    @DisplayName("or not there at all, or old, or OCI's")
    void others() {
        registry.put("a/old:1", TinyImage.schema1("a/old", "1"));
        registry.put("a/oci:1", TinyImage.oci("c"));

        assertThat(look("a/b:1", "a/old:1", "a/oci:1").values())
                .hasExactlyElementsOfTypes(Missing.class, Found.class, ManifestAnswer.OciOnly.class);
    }

    @Test
    @DisplayName("in OCI's forms too, for somebody who reads them, with all that they name")
    void oci() {
        TinyImage index = TinyImage.ociIndex("index", "arm64", "amd64");
        TinyImage sparse = TinyImage.ociIndex("sparse", "arm64", "amd64");
        registry.put("a/oci:1", TinyImage.oci("c"));
        registry.put("a/index:1", index);
        registry.put("a/sparse:1", sparse);
        registry.put("a/other:1", TinyImage.ociIndex("other", "s390x"));
        registry.remove("a/sparse@" + sparse.parts().get(1).digest());

        Map<ManifestQuery, ManifestAnswer> answers =
                look(MINUTE, ImageFormats.DOCKER_AND_OCI, "a/oci:1", "a/index:1", "a/sparse:1", "a/other:1", "a/no:1");

        assertThat(answers.values())
                .hasExactlyElementsOfTypes(Found.class, Found.class, Missing.class, Found.class, Missing.class)
                .extracting(ManifestAnswer::words)
                .startsWith("there", "there")
                .contains("in the registry, but for s390x only");
        assertThat(((Found) answers.get(new ManifestQuery("a/index", "1"))).digest())
                .isEqualTo(index.digest());
        assertThat(registry.requests()).anyMatch(request -> request.path().contains("/a/oci/blobs/"));
    }

    private Map<ManifestQuery, ManifestAnswer> look(String... names) {
        return look(MINUTE, names);
    }

    private Map<ManifestQuery, ManifestAnswer> look(Duration timeout, String... names) {
        return look(timeout, ImageFormats.DOCKER, names);
    }

    private Map<ManifestQuery, ManifestAnswer> look(Duration timeout, ImageFormats formats, String... names) {
        Registry access = RegistryKind.access(registry, folder).withTimeout(timeout);
        try (RegistryClient client = new RegistryClient(access, pause -> {})) {
            return client.reading(formats, MediaTypes.AMD64)
                    .wholeImages(
                            List.of(names).stream()
                                    .map(name -> new ManifestQuery(
                                            name.substring(0, name.indexOf(':')),
                                            name.substring(name.indexOf(':') + 1)))
                                    .toList(),
                            8,
                            MINUTE);
        }
    }
}
