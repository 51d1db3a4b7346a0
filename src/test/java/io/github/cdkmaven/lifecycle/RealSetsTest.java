package io.github.cdkmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.registry.DockerRegistry;
import io.github.cdkmaven.streams.ImageStreamsOf;
import io.github.cdkmaven.world.Mirror;
import io.github.cdkmaven.world.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("One cdk:start over real input and a real docker-registry")
@EnabledIf("io.github.cdkmaven.sim.registry.DockerRegistry#available")
class RealSetsTest {

    private static final Path REAL = Path.of("../shared/imagestreams");
    private static final Path OWN = Path.of("src/test/resources/imagestreams/two-of-everything.json");

    @TempDir
    Path folder;

    /** A set, and what the report must say of it. */
    private record Expected(Path[] files, int streams, int tags, int imported, int images) {}

    private static Expected expected() {
        Path origin = REAL.resolve("origin-v3.9.0-image-streams-rhel7.json");
        return Files.exists(origin)
                ? new Expected(
                        new Path[] {origin, REAL.resolve("minishift-addons-xpaas-v3.9-imagestreams.json")},
                        47,
                        149,
                        135,
                        131)
                : new Expected(new Path[] {OWN}, 4, 10, 7, 6);
    }

    @Test
    @DisplayName(
            "imports every mapped tag, and the streams read back carry the internal registry and nothing else is new")
    void movesRealSets() throws IOException {
        Expected expected = expected();
        assertThat(Mirror.images(expected.files())).hasSize(expected.images());
        try (DockerRegistry registry = DockerRegistry.start();
                SimulatedCdk cdk = SimulatedCdk.in(folder.resolve("site"))
                        .version("cdk-3.5")
                        .imageStreams(expected.files())
                        .create()) {
            new Mirror(registry).platform("openshift3/ose", "v3.9.31").imageStreams(expected.files());
            Site site = new Site(cdk, registry, folder.resolve("reports"));

            StartedCdk started = site.start();

            JsonNode summary = site.report().path("summary");
            assertThat(summary.path("streams").asInt()).isEqualTo(expected.streams());
            assertThat(summary.path("tags").asInt()).isEqualTo(expected.tags());
            assertThat(summary.path("imported").asInt()).isEqualTo(expected.imported());
            assertThat(summary.path("failed").asInt()).isZero();
            assertMoved(expected.files(), registry.host(), ImageStreamsOf.cluster(started));
        }
    }

    private static void assertMoved(Path[] files, String registry, List<JsonNode> after) throws IOException {
        Map<String, JsonNode> byName = new HashMap<>();
        after.forEach(stream -> byName.put(stream.path("metadata").path("name").asText(), stream));
        for (Path file : files) {
            for (JsonNode before : new ObjectMapper().readTree(file.toFile()).path("items")) {
                JsonNode stream =
                        byName.get(before.path("metadata").path("name").asText());
                for (JsonNode tag : before.path("spec").path("tags")) {
                    JsonNode moved = tag(stream, tag.path("name").asText());
                    JsonNode from = tag.path("from");
                    if (from.path("kind").asText().equals("DockerImage")) {
                        assertThat(moved.path("from").path("name").asText())
                                .startsWith(registry + "/")
                                .endsWith(from.path("name").asText().split("/", 2)[1]);
                    } else {
                        assertThat(moved.path("from")).isEqualTo(from);
                    }
                    // The server writes null where there are none.
                    assertThat(moved.path("annotations").isObject()).isEqualTo(tag.has("annotations"));
                    if (tag.has("annotations")) {
                        assertThat(moved.path("annotations")).isEqualTo(tag.path("annotations"));
                    }
                    if (tag.has("referencePolicy")) {
                        assertThat(moved.path("referencePolicy")).isEqualTo(tag.path("referencePolicy"));
                    }
                }
            }
        }
    }

    private static JsonNode tag(JsonNode stream, String name) {
        for (JsonNode tag : stream.path("spec").path("tags")) {
            if (tag.path("name").asText().equals(name)) {
                return tag;
            }
        }
        throw new AssertionError("tag " + name + " is gone");
    }
}
