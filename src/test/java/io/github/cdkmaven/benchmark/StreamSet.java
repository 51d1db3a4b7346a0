package io.github.cdkmaven.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.sim.registry.TestRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A set of ImageStreams to move.
 *
 * @param streams the streams, as a list's items
 * @param images how many of their tags name an image
 */
public record StreamSet(ArrayNode streams, int images) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path REAL = Path.of("../shared/imagestreams");
    private static final String ORIGIN = "origin-v3.9.0-image-streams-rhel7.json";
    private static final String XPAAS = "minishift-addons-xpaas-v3.9-imagestreams.json";

    private static final String SAMPLES = "openshift-4/samples-operator-4.19-imagestreams.json";

    /** Images a stream of origin 3.9, and of the xPaaS streams beside it: a generated set has the same shape. */
    private static final List<Integer> ORIGIN_SHAPE = List.of(1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 6);

    private static final List<Integer> XPAAS_SHAPE = List.of(
            1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 4, 4, 4, 5, 5, 6, 6, 7, 7, 7, 8);

    /** Images a stream of the samples operator of OpenShift 4.19. */
    private static final List<Integer> SAMPLES_SHAPE = List.of(
            1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6, 6, 6, 6, 6, 7, 8, 8,
            8, 9, 9, 10, 10, 10, 10, 11, 12, 12, 12, 13, 15);

    /** 13 streams, 40 images: the real ones where they are at hand. */
    static StreamSet small() {
        return Files.exists(REAL.resolve(ORIGIN)) ? read(ORIGIN) : generated(ORIGIN_SHAPE);
    }

    /** 47 streams, 135 images: likewise. */
    static StreamSet large() {
        return Files.exists(REAL.resolve(XPAAS))
                ? read(ORIGIN, XPAAS)
                : generated(IntStream.concat(
                                ORIGIN_SHAPE.stream().mapToInt(Integer::intValue),
                                XPAAS_SHAPE.stream().mapToInt(Integer::intValue))
                        .boxed()
                        .toList());
    }

    /** 49 streams, 261 images, of OpenShift 4: likewise. */
    static StreamSet samples() {
        return Files.exists(REAL.resolve(SAMPLES)) ? read(SAMPLES) : generated(SAMPLES_SHAPE);
    }

    /** As many streams as told, of one to nine images, five on average. */
    public static StreamSet huge(int streams) {
        return generated(IntStream.range(0, streams)
                .map(i -> i < streams / 9 * 9 ? 1 + i % 9 : 5)
                .boxed()
                .toList());
    }

    private static StreamSet generated(List<Integer> shape) {
        ArrayNode streams = JSON.createArrayNode();
        for (int i = 0; i < shape.size(); i++) {
            ObjectNode stream =
                    JSON.createObjectNode().put("kind", "ImageStream").put("apiVersion", "image.openshift.io/v1");
            stream.putObject("metadata").put("name", "stream-" + i);
            ArrayNode tags = stream.putObject("spec").putArray("tags");
            for (int tag = 1; tag <= shape.get(i); tag++) {
                ObjectNode added = tags.addObject().put("name", "1." + tag);
                added.putObject("from")
                        .put("kind", "DockerImage")
                        .put("name", "registry.access.redhat.com/team-" + i % 10 + "/image-" + i + ":1." + tag);
                added.putObject("annotations")
                        .put("openshift.io/display-name", "Image " + i)
                        .put("description", "Builds and runs applications of kind " + i + " on RHEL 7.")
                        .put("tags", "builder,kind-" + i);
            }
            streams.add(stream);
        }
        return of(streams);
    }

    private static StreamSet read(String... files) {
        ArrayNode streams = JSON.createArrayNode();
        for (String file : files) {
            try {
                JSON.readTree(REAL.resolve(file).toFile()).path("items").forEach(streams::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return of(streams);
    }

    private static StreamSet of(ArrayNode streams) {
        int images = 0;
        for (JsonNode stream : streams) {
            for (JsonNode tag : stream.path("spec").path("tags")) {
                images += tag.path("from").path("kind").asText().equals("DockerImage") ? 1 : 0;
            }
        }
        return new StreamSet(streams, images);
    }

    /** The set as a list, as a cluster loads it. */
    public ObjectNode list() {
        ObjectNode list = JSON.createObjectNode().put("kind", "List").put("apiVersion", "v1");
        list.set("items", streams);
        return list;
    }

    /** The images as a mirror has them, {@code path:tag} or {@code path:digest}, each once. */
    List<String> mirrored(String registry) {
        Relocation relocation = Relocation.byDefault(RegistryName.of("registry", registry));
        Set<String> images = new LinkedHashSet<>();
        for (JsonNode stream : streams) {
            for (JsonNode tag : stream.path("spec").path("tags")) {
                if (tag.path("from").path("kind").asText().equals("DockerImage")) {
                    relocation
                            .move(ImageReference.parse(
                                    tag.path("from").path("name").asText()))
                            .ifPresent(target -> images.add(target.path() + ":" + target.tagOrDigest()));
                }
            }
        }
        return List.copyOf(images);
    }

    /** Puts every image of the set into a registry. */
    void mirrorTo(TestRegistry registry) {
        mirrored(registry.host()).forEach(registry::image);
    }
}
