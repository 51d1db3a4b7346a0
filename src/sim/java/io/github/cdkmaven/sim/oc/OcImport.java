package io.github.cdkmaven.sim.oc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.Call;
import io.github.cdkmaven.sim.minishift.ExitException;
import io.github.cdkmaven.sim.minishift.JsonFile;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** {@code oc import-image --all}: exit 0 although every tag failed. */
final class OcImport {

    private OcImport() {}

    static void run(OcSession session) {
        List<String> words = session.flags().words();
        String name =
                (words.size() > 1 ? words.get(1) : "").replaceFirst("^.*/", "").replaceFirst(":.*$", "");
        String streams = OcResources.path(session, "is");
        HttpResponse<String> found = session.send("GET", streams + "/" + name, "");
        if (found.statusCode() == 404) {
            throw ExitException.failure(
                    "error: no image stream named \"" + name + "\" exists, pass --confirm to create and import");
        }
        JsonNode stream = OcSession.parse(found.body());
        JsonNode answer = session.json(
                "POST",
                streams.replace("imagestreams", "imagestreamimports"),
                request(session, stream).toString());
        report(session.call(), name, answer);
    }

    private static ObjectNode request(OcSession session, JsonNode stream) {
        ObjectNode request =
                JsonFile.object().put("kind", "ImageStreamImport").put("apiVersion", "image.openshift.io/v1");
        ObjectNode metadata = request.putObject("metadata");
        metadata.put("name", stream.path("metadata").path("name").asText());
        metadata.put("namespace", session.namespace());
        metadata.put(
                "resourceVersion",
                stream.path("metadata").path("resourceVersion").asText());
        ObjectNode spec = request.putObject("spec").put("import", true);
        ArrayNode images = spec.putArray("images");
        for (JsonNode tag : stream.path("spec").path("tags")) {
            if (tag.path("from").path("kind").asText().equals("DockerImage")) {
                ObjectNode image = images.addObject();
                image.set("from", tag.path("from").deepCopy());
                image.putObject("to").put("name", tag.path("name").asText());
                boolean insecure = session.flags().isOn("insecure")
                        || tag.path("importPolicy").path("insecure").asBoolean(false);
                image.putObject("importPolicy").put("insecure", insecure);
                image.set("referencePolicy", tag.path("referencePolicy").deepCopy());
            }
        }
        return request;
    }

    private static void report(Call call, String name, JsonNode answer) {
        List<String> failures = new ArrayList<>();
        for (JsonNode image : answer.path("status").path("images")) {
            JsonNode status = image.path("status");
            if (status.path("status").asText().equals("Failure")) {
                failures.add("error: tag " + image.path("tag").asText("latest") + " failed: "
                        + status.path("message").asText());
            }
        }
        if (failures.isEmpty()) {
            call.println("The import completed successfully.\n");
        } else {
            call.complain("The import completed with errors.\n");
        }
        call.println("Name:\t\t\t" + name);
        JsonNode stream = answer.path("status").path("import");
        call.println(
                "Namespace:\t\t" + stream.path("metadata").path("namespace").asText());
        call.println("Tags:\t\t\t" + stream.path("spec").path("tags").size() + "\n");
        for (JsonNode tag : stream.path("spec").path("tags")) {
            call.println(tag.path("name").asText() + "\n  tagged from "
                    + tag.path("from").path("name").asText() + "\n");
        }
        failures.forEach(call::complain);
    }
}
