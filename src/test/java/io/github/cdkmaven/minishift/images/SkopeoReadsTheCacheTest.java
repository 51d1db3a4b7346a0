package io.github.cdkmaven.minishift.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.registry.RegistryClient;
import io.github.cdkmaven.registry.RegistryKind;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("skopeo, which reads layouts with the library that minishift uses,")
@EnabledIf("skopeo")
class SkopeoReadsTheCacheTest {

    private static final String OSE = "openshift3/ose:v3.9.31";

    @TempDir
    Path folder;

    private TinyImage image;
    private SeedResult result;

    static boolean skopeo() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, "skopeo")));
    }

    @BeforeEach
    void seed() throws Exception {
        image = TinyImage.withLayers("text", 3, 1000);
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                RegistryClient client = RegistryKind.client(registry, folder)) {
            registry.put(OSE, image);
            registry.put("openshift3/ose-pod:v3.9.31", TinyImage.named("pod"));
            result = SeededImages.seed(
                            folder.resolve("images"),
                            client,
                            List.of(SeededImagesTest.image(OSE), SeededImagesTest.image("openshift3/ose-pod:v3.9.31")),
                            Duration.ofMinutes(1))
                    .get(SeededImagesTest.image(OSE));
        }
    }

    @Test
    void findsTheImageByItsPublicNameWithTheRightDigestAndLayers() throws Exception {
        JsonNode inspected = new ObjectMapper().readTree(run("inspect", name()));

        assertThat(result).isInstanceOfSatisfying(SeedResult.Seeded.class, seeded -> assertThat(seeded.digest())
                .isEqualTo(inspected.path("Digest").asText()));
        assertThat(inspected.path("Architecture").asText()).isEqualTo("amd64");
        assertThat(layers(folder.resolve("images"), "registry.access.redhat.com/" + OSE))
                .containsExactlyElementsOf(image.layerDigests());
    }

    /** The layers of an image in a cache, as skopeo finds them. */
    static List<String> layers(Path cache, String publicName) throws Exception {
        List<String> layers = new ArrayList<>();
        new ObjectMapper()
                .readTree(run("inspect", "oci:" + cache + ":" + publicName))
                .path("Layers")
                .forEach(layer -> layers.add(layer.asText()));
        return layers;
    }

    @Test
    @DisplayName("copies it whole, unpacking its layers for docker load, as minishift's import does")
    void copies() throws Exception {
        Path archive = folder.resolve("image.tar");

        run("--insecure-policy", "copy", name(), "docker-archive:" + archive + ":copied:1");

        assertThat(archive).isNotEmptyFile();
    }

    private String name() {
        return "oci:" + folder.resolve("images") + ":registry.access.redhat.com/" + OSE;
    }

    private static String run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("skopeo"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
