package io.github.cdkmaven.minishift.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.minishift.MinishiftVersion;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.mirror.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@DisplayName("The catalogue equals the ImageStreams that were published for")
@EnabledIf("present")
class RealCatalogTest {

    private static final Path SETS = Path.of("..", "shared", "imagestreams");

    static boolean present() {
        return Files.isDirectory(SETS);
    }

    @Test
    @DisplayName("OpenShift 3.9")
    void openshift39() throws IOException {
        assertStreams(
                "v3.9.31",
                Products.CDK_3_5,
                "origin-v3.9.0-image-streams-rhel7",
                "minishift-addons-xpaas-v3.9-imagestreams");
        assertStreams("v3.9.0", Products.MINISHIFT_1_20, "origin-v3.9.0-image-streams-centos7");
    }

    @Test
    @DisplayName("OpenShift 3.10")
    void openshift310() throws IOException {
        assertStreams(
                "v3.10.45",
                Products.CDK_3_6,
                "origin-v3.10.0-image-streams-rhel7",
                "minishift-addons-xpaas-v3.10-imagestreams");
        assertStreams("v3.10.0", Products.MINISHIFT_1_23, "origin-v3.10.0-image-streams-centos7");
    }

    @Test
    @DisplayName("OpenShift 3.11")
    void openshift311() throws IOException {
        assertStreams(
                "v3.11.141",
                Products.CDK_3_10,
                "origin-v3.11.0-image-streams-rhel7",
                "minishift-addons-xpaas-v3.11-imagestreams");
        assertStreams("v3.11.0", Products.MINISHIFT_1_34, "origin-v3.11.0-image-streams-centos7");
    }

    @Test
    @DisplayName("OpenShift 3.7, without xPaaS")
    void openshift37() throws IOException {
        List<NeededImage> published = published("origin-v3.7.2-image-streams-rhel7");

        assertThat(published).hasSize(31);
        assertThat(Catalog.of("v3.7.14", Products.CDK_3_3)).containsAll(published);
    }

    private static void assertStreams(String openshift, MinishiftVersion product, String... files) throws IOException {
        List<NeededImage> published = published(files);
        List<NeededImage> known = Catalog.of(openshift, product).stream()
                .filter(image -> image.use() instanceof Purpose.Stream)
                .toList();

        assertThat(published).isNotEmpty();
        assertThat(known).containsExactlyInAnyOrderElementsOf(published);
    }

    private static List<NeededImage> published(String... files) throws IOException {
        List<NeededImage> images = new ArrayList<>();
        for (String file : files) {
            JsonNode set =
                    new ObjectMapper().readTree(SETS.resolve(file + ".json").toFile());
            for (JsonNode stream : set.path("items")) {
                for (JsonNode tag : stream.path("spec").path("tags")) {
                    if (tag.path("from").path("kind").asText().equals("DockerImage")) {
                        images.add(NeededImage.required(
                                tag.path("from").path("name").asText(),
                                new Purpose.Stream(
                                        stream.path("metadata").path("name").asText(),
                                        tag.path("name").asText())));
                    }
                }
            }
        }
        return images;
    }
}
