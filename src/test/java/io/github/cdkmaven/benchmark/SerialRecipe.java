package io.github.cdkmaven.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.streams.ApiOf;
import java.io.IOException;

/**
 * The recipe: {@code oc get is -o json | sed | oc replace -f -}, {@code oc get is -o name}, then {@code oc import-image --all --insecure} stream
 * by stream. The calls to the API are those of oc, and each call of oc waits as long first as a real one needs to start (measured on oc 3.9).
 */
final class SerialRecipe {

    /** What oc costs to start, in milliseconds. */
    static final int START = 200;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GROUP = "/apis/image.openshift.io/v1/namespaces/openshift/";

    private final ApiOf cluster;
    private final String registry;
    private int starts;

    SerialRecipe(ApiOf cluster, String registry) {
        this.cluster = cluster;
        this.registry = registry;
    }

    /**
     * Moves the streams, and notes how many calls of oc that took, and how many seconds the imports without the replacing.
     *
     * @param first how many of them are imported; all are replaced
     */
    void run(int first, ObjectNode result) throws IOException, InterruptedException {
        oc();
        String text = cluster.get(GROUP + "imagestreams").toString();
        for (String host : new String[] {"registry.access.redhat.com", "registry.redhat.io", "docker.io"}) {
            text = text.replace(host + "/", registry + "/");
        }
        JsonNode items = JSON.readTree(text).path("items");
        oc();
        for (JsonNode stream : items) {
            cluster.put(GROUP + "imagestreams/" + name(stream), stream);
        }
        oc();
        cluster.get(GROUP + "imagestreams");
        long begin = System.nanoTime();
        for (int i = 0; i < first; i++) {
            oc();
            importAll(name(items.get(i)));
        }
        result.put("importing", (System.nanoTime() - begin) / 1e9).put("starts", starts);
    }

    private void oc() throws InterruptedException {
        starts++;
        Thread.sleep(START);
    }

    private void importAll(String name) throws IOException {
        JsonNode stream = cluster.get(GROUP + "imagestreams/" + name);
        ObjectNode request =
                JSON.createObjectNode().put("kind", "ImageStreamImport").put("apiVersion", "image.openshift.io/v1");
        request.putObject("metadata")
                .put("name", name)
                .put("namespace", "openshift")
                .put(
                        "resourceVersion",
                        stream.path("metadata").path("resourceVersion").asText());
        ArrayNode images = request.putObject("spec").put("import", true).putArray("images");
        for (JsonNode tag : stream.path("spec").path("tags")) {
            if (tag.path("from").path("kind").asText().equals("DockerImage")) {
                ObjectNode image = images.addObject();
                image.set("from", tag.path("from"));
                image.putObject("to").put("name", tag.path("name").asText());
                image.putObject("importPolicy").put("insecure", true);
            }
        }
        request.putObject("status");
        if (!images.isEmpty()) {
            cluster.post(GROUP + "imagestreamimports", request);
        }
    }

    private static String name(JsonNode stream) {
        return stream.path("metadata").path("name").asText();
    }
}
