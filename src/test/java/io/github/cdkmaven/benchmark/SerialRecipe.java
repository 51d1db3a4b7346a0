package io.github.cdkmaven.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.openshift.ApiOf;
import java.io.IOException;

/**
 * The recipe: {@code oc get is -o json | sed | oc replace -f -}, then {@code oc import-image --all --insecure} stream by stream. The calls are
 * those of oc; what oc costs to start, about 0.2 s a call, is left out.
 */
final class SerialRecipe {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GROUP = "/apis/image.openshift.io/v1/namespaces/openshift/";

    private final ApiOf cluster;
    private final String registry;

    SerialRecipe(ApiOf cluster, String registry) {
        this.cluster = cluster;
        this.registry = registry;
    }

    /**
     * Moves the streams.
     *
     * @param first how many of them are imported; all are replaced
     * @return how long those imports took, in seconds, without the replacing
     */
    double run(int first) throws IOException {
        String text = cluster.get(GROUP + "imagestreams").toString();
        for (String host : new String[] {"registry.access.redhat.com", "registry.redhat.io", "docker.io"}) {
            text = text.replace(host + "/", registry + "/");
        }
        JsonNode items = JSON.readTree(text).path("items");
        for (JsonNode stream : items) {
            cluster.put(GROUP + "imagestreams/" + name(stream), stream);
        }
        long begin = System.nanoTime();
        int left = first;
        for (JsonNode stream : items) {
            if (left-- <= 0) {
                break;
            }
            importAll(name(stream));
        }
        return (System.nanoTime() - begin) / 1e9;
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
