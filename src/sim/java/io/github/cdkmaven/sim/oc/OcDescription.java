package io.github.cdkmaven.sim.oc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A stream in the words of {@code oc describe}, which {@code oc import-image} prints too. */
final class OcDescription {

    private OcDescription() {}

    static String of(JsonNode stream) {
        JsonNode metadata = stream.path("metadata");
        StringBuilder out = new StringBuilder();
        line(out, "Name:\t\t\t", metadata.path("name").asText());
        line(out, "Namespace:\t\t", metadata.path("namespace").asText());
        line(out, "Created:\t\t", "Less than a second ago");
        line(out, "Labels:\t\t\t", pairs(metadata.path("labels")));
        line(out, "Annotations:\t\t", pairs(metadata.path("annotations")));
        line(out, "Image Repository:\t", stream.at("/status/dockerImageRepository").asText());
        line(out, "Image Lookup:\t\t", "local=" + stream.at("/spec/lookupPolicy/local").asBoolean());
        line(out, "Unique Images:\t\t", Integer.toString(images(stream).size()));
        line(out, "Tags:\t\t\t", Integer.toString(stream.at("/spec/tags").size()));
        for (JsonNode tag : stream.at("/spec/tags")) {
            if (!"ImageStreamTag".equals(tag.at("/from/kind").asText())) {
                describe(out, stream, tag);
            }
        }
        return out.append('\n').toString();
    }

    private static void describe(StringBuilder out, JsonNode stream, JsonNode tag) {
        String name = tag.path("name").asText();
        List<String> followers = new ArrayList<>();
        for (JsonNode other : stream.at("/spec/tags")) {
            if ("ImageStreamTag".equals(other.at("/from/kind").asText())
                    && name.equals(other.at("/from/name").asText())) {
                followers.add(other.path("name").asText());
            }
        }
        line(out, "\n" + name, followers.isEmpty() ? "" : " (" + String.join(", ", followers) + ")");
        line(out, "  tagged from ", tag.at("/from/name").asText());
        if ("Local".equals(tag.at("/referencePolicy/type").asText())) {
            line(out, "    ", "prefer registry pullthrough when referencing this tag");
        }
        if (tag.at("/importPolicy/insecure").asBoolean()) {
            line(out, "    ", "will use insecure HTTPS or HTTP connections");
        }
        out.append('\n');
        annotations(out, tag.path("annotations"));
        status(out, stream, tag);
    }

    private static void annotations(StringBuilder out, JsonNode annotations) {
        if (annotations.has("description")) {
            line(out, "  ", annotations.path("description").asText());
            line(out, "  Tags: ", annotations.path("tags").asText().replace(",", ", "));
            line(out, "  Example Repo: ", annotations.path("sampleRepo").asText());
            out.append('\n');
        }
    }

    private static void status(StringBuilder out, JsonNode stream, JsonNode tag) {
        int seen = 0;
        for (JsonNode status : stream.at("/status/tags")) {
            if (status.path("tag").asText().equals(tag.path("name").asText())) {
                for (JsonNode condition : status.path("conditions")) {
                    seen = Math.max(seen, condition.path("generation").asInt());
                    line(out, "  ! error: Import failed (" + condition.path("reason").asText() + "): ",
                            condition.path("message").asText());
                    line(out, "      ", "Less than a second ago");
                }
                for (JsonNode item : status.path("items")) {
                    seen = Math.max(seen, item.path("generation").asInt());
                    line(out, "  * ", item.path("dockerImageReference").asText());
                    line(out, "      ", "Less than a second ago");
                }
            }
        }
        if (tag.path("generation").asInt() > seen) {
            line(out, "  ", "~ importing latest image ...");
        }
    }

    private static Set<String> images(JsonNode stream) {
        Set<String> images = new HashSet<>();
        stream.at("/status/tags")
                .forEach(tag -> tag.path("items").forEach(item -> images.add(item.path("image").asText())));
        return images;
    }

    private static String pairs(JsonNode map) {
        List<String> pairs = new ArrayList<>();
        map.properties().forEach(entry -> pairs.add(entry.getKey() + "=" + entry.getValue().asText()));
        return pairs.isEmpty() ? "<none>" : String.join("\n\t\t\t", pairs);
    }

    private static void line(StringBuilder out, String label, String value) {
        out.append(label).append(value).append('\n');
    }
}
