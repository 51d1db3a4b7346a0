package io.github.cdkmaven.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import io.github.cdkmaven.sim.cluster.ImportableRegistry;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole sets of ImageStreams, moved and read back: the project's own one of every shape, and the real ones where they are at hand. */
class RealImageStreamSetsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path OWN = Path.of("src/test/resources/imagestreams");
    private static final Path REAL = Path.of("../shared/imagestreams");
    private static final Pattern RELEASE = Pattern.compile("v(3\\.\\d+)");

    /** What a move may change, and what the server itself writes. A plus marks what was not there before; a tag without a source gets none. */
    private static final Pattern CHANGES =
            Pattern.compile("[+]?/spec/tags/\\d+/(from/name|importPolicy/insecure|generation)"
                    + "|/spec/dockerImageRepository"
                    + "|[+]?/metadata/(resourceVersion|generation|annotations/openshift.io~image.dockerRepositoryCheck)"
                    + "|[+]?/status/.*");

    static Stream<Path> sets() throws IOException {
        List<Path> sets = new ArrayList<>();
        for (Path folder : List.of(OWN, REAL)) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> file.toString().endsWith(".json"))
                            .sorted()
                            .forEach(sets::add);
                }
            }
        }
        return sets.stream();
    }

    @ParameterizedTest
    @MethodSource("sets")
    @DisplayName("everything that is mapped moves, nothing else changes, and a second run changes nothing")
    void movesCompletely(Path set) throws IOException {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = SimulatedCluster.builder()
                        .openshift(release(set))
                        .bind("127.0.0.1", 0)
                        .whitelist(List.of(
                                new ImportableRegistry(registry.host(), true), new ImportableRegistry("*", false)))
                        .imageStreams(set)
                        .pacing(false)
                        .importController(false)
                        .start()) {
            Relocation relocation = Relocation.byDefault(RegistryName.of("registry", registry.host()));
            long mapped = mirror(JSON.readTree(set.toFile()), relocation, registry);
            Map<String, JsonNode> before = streams(cluster);

            List<StreamResult> results = move(cluster, relocation);

            assertThat(count(results, TagOutcome.FAILED)).as("%s", results).isZero();
            assertThat(count(results, TagOutcome.IMPORTED)).isEqualTo(mapped);
            assertThat(results).hasSize(before.size());
            Map<String, JsonNode> after = streams(cluster);
            assertThat(Counts.of(after.values()))
                    .isEqualTo(Counts.of(JSON.readTree(set.toFile()).path("items")));
            before.forEach((name, stream) -> assertThat(differences("", stream, after.get(name)))
                    .as(name)
                    .allMatch(path -> CHANGES.matcher(path).matches()));
            assertThat(after.values())
                    .allSatisfy(stream -> assertThat(sources(stream)).noneMatch(relocation::isMapped));

            int changes = cluster.state().changes().size();
            List<StreamResult> again = move(cluster, relocation);
            assertThat(count(again, TagOutcome.UNCHANGED)).isEqualTo(mapped);
            assertThat(cluster.state().changes()).hasSize(changes);
        }
    }

    /** How much there is of everything; a tag without a source stands for one of its repository. */
    private record Counts(int streams, int tags, int images, int aliases) {

        static Counts of(Iterable<JsonNode> streams) {
            Counts counts = new Counts(0, 0, 0, 0);
            for (JsonNode stream : streams) {
                counts = counts.plus(1, 0, 0, 0);
                for (JsonNode tag : stream.path("spec").path("tags")) {
                    String kind = tag.path("from").path("kind").asText("DockerImage");
                    counts = kind.equals("DockerImage") ? counts.plus(0, 1, 1, 0) : counts.plus(0, 1, 0, 1);
                }
            }
            return counts;
        }

        private Counts plus(int moreStreams, int moreTags, int moreImages, int moreAliases) {
            return new Counts(streams + moreStreams, tags + moreTags, images + moreImages, aliases + moreAliases);
        }
    }

    private static List<StreamResult> move(SimulatedCluster cluster, Relocation relocation) {
        ClusterAccess access = Kubeconfig.parse(cluster.kubeconfigJson(), Path.of("kubeconfig"));
        Registries registries = Registries.of(Registry.to("registry.corp:5000").withInsecure(true), relocation);
        Streams streams = Streams.of(List.of("openshift"));
        return new ImageStreamMove(new OpenShiftApi(access), registries, streams, (result, done, all, took) -> {})
                .run();
    }

    /** Puts into the registry what the set names and a rule moves; gives the number of tags that have to move. */
    private static long mirror(JsonNode set, Relocation relocation, SimulatedRegistry registry) {
        long tags = 0;
        for (JsonNode stream : set.path("items")) {
            String repository =
                    stream.path("spec").path("dockerImageRepository").asText("");
            for (JsonNode tag : stream.path("spec").path("tags")) {
                String source = tag.has("from")
                        ? tag.path("from").path("name").asText()
                        : repository + ":" + tag.path("name").asText();
                boolean image = !tag.has("from")
                        || tag.path("from").path("kind").asText().equals("DockerImage");
                if (image && relocation.isMapped(ImageReference.parse(source))) {
                    ImageReference target =
                            relocation.move(ImageReference.parse(source)).orElseThrow();
                    registry.image(target.path() + ":" + target.tagOrDigest());
                    tags++;
                }
            }
        }
        return tags;
    }

    private static Map<String, JsonNode> streams(SimulatedCluster cluster) {
        Map<String, JsonNode> streams = new TreeMap<>();
        cluster.state()
                .imageStreams("openshift")
                .forEach(stream ->
                        streams.put(stream.path("metadata").path("name").asText(), stream.deepCopy()));
        return streams;
    }

    private static List<ImageReference> sources(JsonNode stream) {
        List<ImageReference> sources = new ArrayList<>();
        stream.path("spec").path("tags").forEach(tag -> {
            if (tag.path("from").path("kind").asText().equals("DockerImage")) {
                sources.add(ImageReference.parse(tag.path("from").path("name").asText()));
            }
        });
        if (!stream.path("spec").path("dockerImageRepository").asText("").isEmpty()) {
            sources.add(ImageReference.parse(
                    stream.path("spec").path("dockerImageRepository").asText()));
        }
        return sources;
    }

    /** The paths at which two trees differ; a slash inside a name is written as a tilde. */
    private static List<String> differences(String path, JsonNode before, JsonNode after) {
        List<String> differences = new ArrayList<>();
        if (before.isObject() && after != null && after.isObject()) {
            before.fieldNames()
                    .forEachRemaining(name -> differences.addAll(
                            differences(path + "/" + name.replace('/', '~'), before.path(name), after.get(name))));
            after.fieldNames().forEachRemaining(name -> {
                if (!before.has(name)) {
                    differences.addAll(added(path + "/" + name.replace('/', '~'), after.path(name)));
                }
            });
        } else if (before.isArray() && after != null && after.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                differences.addAll(differences(path + "/" + i, before.get(i), after.get(i)));
            }
        } else if (!before.equals(after)) {
            differences.add(path);
        }
        return differences;
    }

    private static List<String> added(String path, JsonNode value) {
        if (!value.isObject() || value.isEmpty()) {
            return List.of("+" + path);
        }
        List<String> leaves = new ArrayList<>();
        value.fieldNames()
                .forEachRemaining(name -> leaves.addAll(added(path + "/" + name.replace('/', '~'), value.path(name))));
        return leaves;
    }

    private static long count(List<StreamResult> results, TagOutcome outcome) {
        return results.stream().mapToLong(stream -> stream.count(outcome)).sum();
    }

    private static String release(Path set) {
        Matcher release = RELEASE.matcher(set.getFileName().toString());
        return release.find() ? "v" + release.group(1) + ".0" : "v3.9.0";
    }
}
