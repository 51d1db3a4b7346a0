package io.github.cdkmaven.openshift.kubeconfig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Makes a tree of a YAML text, JSON included, whose scalars are all text but for {@code true}, {@code false} and null.
 *
 * <p>It is built from the parser's events, so that an alias is the very node that it stands for: what doubles itself a hundred times costs nothing.
 * A text that could be understood in two ways (a key twice in a map, several documents) is refused. No message quotes the text.
 */
final class YamlTree {

    private static final int DEEPEST = 64;
    private static final String MERGE = "<<";
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private static final Set<String> BOOLEANS = Set.of("true", "false");

    private final Iterator<Event> events;
    private final Map<Anchor, JsonNode> anchors = new HashMap<>();

    private YamlTree(String text) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(text.length() + 1).build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /**
     * The tree of a text; missing where the text holds nothing.
     *
     * @throws IOException in words, with the line
     */
    static JsonNode of(String text) throws IOException {
        try {
            return new YamlTree(text.startsWith("\ufeff") ? text.substring(1) : text).document();
        } catch (MarkedYamlEngineException e) {
            throw new IOException(at("it is not valid YAML", e.getProblemMark()));
        } catch (YamlEngineException e) {
            throw new IOException("it is not valid YAML");
        }
    }

    private JsonNode document() throws IOException {
        JsonNode tree = MissingNode.getInstance();
        int documents = 0;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof NodeEvent) {
                if (++documents > 1) {
                    throw new IOException(at("it holds several documents", event.getStartMark()));
                }
                tree = node(event, 0);
            }
        }
        return tree;
    }

    private JsonNode node(Event event, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException(at("it is nested too deeply", event.getStartMark()));
        }
        if (event instanceof AliasEvent alias) {
            // An anchor is known only when its node is complete: none holds itself.
            return Optional.ofNullable(anchors.get(alias.getAlias()))
                    .orElseThrow(() -> new IOException(at("it has an alias without an anchor", event.getStartMark())));
        }
        JsonNode node =
                switch (event.getEventId()) {
                    case Scalar -> scalar((ScalarEvent) event);
                    case SequenceStart -> list(depth);
                    case MappingStart -> map(depth);
                    default -> throw new IOException(at("it is not valid YAML", event.getStartMark()));
                };
        ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        return node;
    }

    /** Plain words are told apart only where somebody else gets them: what a plug-in's entry has goes on as JSON. */
    private static JsonNode scalar(ScalarEvent scalar) {
        String text = scalar.getValue();
        if (scalar.isPlain() && NULLS.contains(text)) {
            return NullNode.getInstance();
        }
        return scalar.isPlain() && BOOLEANS.contains(text)
                ? JsonNodeFactory.instance.booleanNode(text.equals("true"))
                : JsonNodeFactory.instance.textNode(text);
    }

    private ArrayNode list(int depth) throws IOException {
        ArrayNode list = JsonTree.array();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            list.add(node(event, depth + 1));
        }
        return list;
    }

    private ObjectNode map(int depth) throws IOException {
        ObjectNode map = JsonTree.object();
        List<JsonNode> merged = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            JsonNode key = node(event, depth + 1);
            JsonNode value = node(events.next(), depth + 1);
            if (key.isContainerNode() || map.has(key.asText())) {
                throw new IOException(
                        at("it has a duplicate key in a map, or a key that is not text", event.getStartMark()));
            }
            if (key.asText().equals(MERGE)) {
                (value.isArray() ? value : List.of(value)).forEach(merged::add);
            } else {
                map.set(key.asText(), value);
            }
        }
        merged.forEach(other -> other.properties().forEach(field -> {
            if (!map.has(field.getKey())) {
                map.set(field.getKey(), field.getValue());
            }
        }));
        return map;
    }

    private static String at(String what, Optional<Mark> mark) {
        return what + mark.map(place -> " (line " + (place.getLine() + 1) + ")").orElse("");
    }
}
