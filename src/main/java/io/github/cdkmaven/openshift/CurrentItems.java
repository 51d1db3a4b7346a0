package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads what the tags of ImageStreams stand for at this moment: the newest item of each. */
public final class CurrentItems {

    private CurrentItems() {}

    /**
     * The newest item of one tag.
     *
     * @param stream the stream with its namespace
     * @param tag the tag
     * @param image the image with its digest, as {@code dockerImageReference} has it
     */
    public record Item(String stream, String tag, String image) {}

    /**
     * The items of some namespaces; a tag that was never imported has none.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster does not tell
     */
    public static List<Item> of(OpenShiftApi api, List<String> namespaces) {
        List<Item> items = new ArrayList<>();
        for (JsonNode stream : ImageStreams.list(api, namespaces)) {
            JsonNode metadata = stream.path("metadata");
            String name = metadata.path("namespace").asText() + "/"
                    + metadata.path("name").asText();
            for (JsonNode tag : stream.path("status").path("tags")) {
                String image =
                        tag.path("items").path(0).path("dockerImageReference").asText("");
                if (!image.isEmpty()) {
                    items.add(new Item(name, tag.path("tag").asText(), image));
                }
            }
        }
        return List.copyOf(items);
    }
}
