package io.github.cdkmaven.sim.cluster.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.util.List;
import java.util.Optional;

/** The history and the conditions of a stream's tags: {@code status.tags}. */
final class TagHistory {

    private TagHistory() {}

    /** The newest image of a tag. */
    static Optional<ObjectNode> current(ObjectNode stream, String tag) {
        return find(stream, tag)
                .flatMap(list -> Json.objects(list, "items").stream().findFirst());
    }

    /**
     * Writes an event into a tag's history as origin's {@code AddTagEventToImageStream}: the same image or the same
     * reference replaces the newest item, anything else goes before it. Conditions are cleared.
     */
    static void add(ObjectNode stream, String tag, ObjectNode event) {
        ObjectNode list = findOrAdd(stream, tag);
        Optional<ObjectNode> current = current(stream, tag);
        if (current.isEmpty()) {
            list.putArray("items").add(event.deepCopy());
            list.remove("conditions");
            return;
        }
        ObjectNode previous = current.get();
        boolean sameReference = same(previous, event, "dockerImageReference");
        boolean sameImage = same(previous, event, "image");
        if (sameReference && sameImage && same(previous, event, "generation")) {
            return;
        }
        list.remove("conditions");
        if (!sameReference && !sameImage) {
            ((ArrayNode) list.get("items")).insert(0, event.deepCopy());
            return;
        }
        previous.set("dockerImageReference", event.path("dockerImageReference"));
        previous.set("image", event.path("image"));
        previous.set("generation", event.path("generation"));
    }

    /** Whether an event is another image, or the same from elsewhere, than the newest of a tag. */
    static boolean differs(ObjectNode stream, String tag, ObjectNode event) {
        return current(stream, tag)
                .map(current -> !same(current, event, "dockerImageReference") || !same(current, event, "image"))
                .orElse(true);
    }

    /**
     * Records a failure unless one with the same reason is recorded already. Message and generation are not compared
     * (origin {@code HasTagCondition}), which is why stored conditions go stale.
     *
     * @param byMessage whether the message is compared after all, as OpenShift 4 does
     * @return whether it was recorded
     */
    static boolean fail(ObjectNode stream, String tag, ObjectNode condition, boolean byMessage) {
        boolean known = find(stream, tag).map(list -> Json.objects(list, "conditions")).orElse(List.of()).stream()
                .anyMatch(existing -> same(existing, condition, "type")
                        && same(existing, condition, "status")
                        && same(existing, condition, "reason")
                        && (!byMessage || same(existing, condition, "message")));
        if (known) {
            return false;
        }
        findOrAdd(stream, tag).putArray("conditions").add(condition.deepCopy());
        return true;
    }

    /** Forgets the failures of a tag. */
    static void succeed(ObjectNode stream, String tag) {
        find(stream, tag).ifPresent(list -> list.remove("conditions"));
    }

    private static Optional<ObjectNode> find(ObjectNode stream, String tag) {
        return Json.find(stream.path("status"), "tags", "tag", tag);
    }

    private static ObjectNode findOrAdd(ObjectNode stream, String tag) {
        return find(stream, tag).orElseGet(() -> {
            ObjectNode list =
                    Json.children(Json.child(stream, "status"), "tags").addObject();
            list.put("tag", tag).putNull("items");
            return list;
        });
    }

    private static boolean same(ObjectNode one, ObjectNode other, String field) {
        return one.path(field).asText().equals(other.path(field).asText());
    }
}
