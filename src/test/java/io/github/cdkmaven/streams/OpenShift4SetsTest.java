package io.github.cdkmaven.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.cdkmaven.engine.ClusterConfiguration;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.RunReport;
import io.github.cdkmaven.report.TagOutcome;
import io.github.cdkmaven.report.TagResult;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ImageStreams of whole releases, moved and read back: the project's own small set, and the samples operator's where they are at hand. */
@DisplayName("The ImageStreams of an OpenShift 4")
class OpenShift4SetsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path OWN = Path.of("src/test/resources/imagestreams-4/own.json");
    private static final Path REAL = Path.of("../shared/imagestreams/openshift-4");

    /** Every form in which a mirror may hold an image. */
    private static final List<Function<String, TinyImage>> FORMS = List.of(
            TinyImage::oci,
            name -> TinyImage.ociIndex(name, "arm64", "amd64"),
            TinyImage::named,
            name -> TinyImage.list(name, "amd64", "s390x"));

    /** How many tags of each kind a set has. */
    private record Counts(int streams, int images, int followers) {}

    @Test
    @DisplayName("move whole, in every form of image, and a second run changes nothing")
    void ownSet() throws IOException {
        moves(OWN, "4.19.0", new Counts(3, 5, 2));
    }

    @ParameterizedTest(name = "4.{0}")
    @DisplayName(
            "that the samples operator of a release brings move whole, in every form of image, and a second run changes nothing")
    @ValueSource(ints = {10, 13, 16, 19, 22})
    void realSets(int minor) throws IOException {
        Path set = REAL.resolve("samples-operator-4." + minor + "-imagestreams.json");
        assumeTrue(Files.isRegularFile(set), "the samples operator's streams are not here");
        moves(set, "4." + minor + ".0", counts(minor));
    }

    /** Of the table that was made from the operator's sources: streams, tags, DockerImage tags, ImageStreamTag tags. */
    private static Counts counts(int minor) throws IOException {
        String row = Files.readAllLines(REAL.resolve("samples-operator-summary.tsv")).stream()
                .filter(line -> line.startsWith("release-4." + minor + "\tocp-x86_64\t"))
                .findFirst()
                .orElseThrow();
        String[] values = row.split("\t");
        return new Counts(Integer.parseInt(values[3]), Integer.parseInt(values[5]), Integer.parseInt(values[6]));
    }

    private static void moves(Path set, String openshift, Counts counts) throws IOException {
        JsonNode streams = JSON.readTree(set.toFile());
        int duplicates = withoutDuplicates(streams);
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = SimulatedCluster.builder()
                        .openshift(openshift)
                        .imageStreams(streams)
                        .pacing(false)
                        .importController(false)
                        .start()) {
            Registries registries = Registries.of(Registry.to(registry.host()).withInsecure(true));
            Map<String, String> digests = mirror(streams, registries.relocation(), registry);

            RunReport report = move(cluster, registries);

            assertThat(report.summary().failed()).isZero();
            assertThat(report.summary().streams()).isEqualTo(counts.streams());
            assertThat(report.summary().imported()).isEqualTo(counts.images() - duplicates);
            assertThat(report.summary().skipped()).isEqualTo(counts.followers());
            assertThat(imported(report)).allSatisfy(tag -> assertThat(tag.digest())
                    .as("%s", tag)
                    .contains(digests.get(image(ImageReference.parse(tag.to().orElseThrow())))));
            cluster.state().imageStreams("openshift").forEach(stream -> isMoved(stream, registry.host()));

            int changes = cluster.state().changes().size();
            RunReport again = move(cluster, registries);
            assertThat(again.summary().unchanged()).isEqualTo(counts.images() - duplicates);
            assertThat(cluster.state().changes()).hasSize(changes);
            assertThat(cluster.state().outsideContacts()).isEmpty();
        }
    }

    /** The sources of 4.10 name one tag of one stream twice; a server keeps the second. Gives the number of those that are gone. */
    private static int withoutDuplicates(JsonNode streams) {
        int gone = 0;
        for (JsonNode stream : streams.path("items")) {
            Set<String> names = new HashSet<>();
            ArrayNode tags = (ArrayNode) stream.at("/spec/tags");
            for (int i = tags.size() - 1; i >= 0; i--) {
                if (!names.add(tags.get(i).path("name").asText())) {
                    tags.remove(i);
                    gone++;
                }
            }
        }
        return gone;
    }

    private static void isMoved(JsonNode stream, String host) {
        for (JsonNode tag : stream.at("/spec/tags")) {
            if (tag.at("/from/kind").asText().equals("DockerImage")) {
                assertThat(tag.at("/from/name").asText()).startsWith(host + "/");
            }
        }
        for (JsonNode tag : stream.at("/status/tags")) {
            assertThat(tag.at("/items/0/dockerImageReference").asText()).startsWith(host + "/");
        }
    }

    private static List<TagResult> imported(RunReport report) {
        return report.imageStreams().stream()
                .flatMap(stream -> stream.tags().stream())
                .filter(tag -> tag.outcome() == TagOutcome.IMPORTED)
                .toList();
    }

    private static RunReport move(SimulatedCluster cluster, Registries registries) {
        ReportBuilder report = new ReportBuilder("imagestreams");
        new StreamMoving(registries, Streams.of(List.of("openshift")))
                .run(ApiOf.user(cluster, "kube:admin").api(), ClusterConfiguration.OTHERS, report);
        return report.build();
    }

    /** Puts what the set names into the registry, in one form after the other; gives the digest that the importer is to find, by target. */
    private static Map<String, String> mirror(JsonNode streams, Relocation relocation, SimulatedRegistry registry) {
        Map<String, String> digests = new TreeMap<>();
        for (JsonNode stream : streams.path("items")) {
            for (JsonNode tag : stream.at("/spec/tags")) {
                if (tag.at("/from/kind").asText().equals("DockerImage")) {
                    boolean whole = tag.at("/importPolicy/importMode").asText().equals("PreserveOriginal");
                    ImageReference target = relocation
                            .move(ImageReference.parse(tag.at("/from/name").asText()))
                            .orElseThrow();
                    digests.computeIfAbsent(image(target), name -> {
                        TinyImage image =
                                FORMS.get(digests.size() % FORMS.size()).apply(name);
                        registry.put(name, image);
                        return whole ? image.digest() : platform(image);
                    });
                }
            }
        }
        return digests;
    }

    /** The image as its registry calls it: a name without a tag means latest. */
    private static String image(ImageReference target) {
        return target.path() + ":" + target.tagOrDigest();
    }

    private static String platform(TinyImage image) {
        return switch (image.parts().size()) {
            case 0 -> image.digest();
            default ->
                image.parts()
                        .get(image.mediaType().equals(TinyImage.OCI_INDEX) ? 1 : 0)
                        .digest();
        };
    }
}
