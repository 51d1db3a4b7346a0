package io.github.cdkmaven.sim.oc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.Call;
import io.github.cdkmaven.sim.minishift.ExitException;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.minishift.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code oc get} and {@code oc replace}, as far as the published recipe uses them. */
final class OcResources {

    private static final String STREAMS = "imagestreams";

    private OcResources() {}

    static String path(OcSession session, String resource) {
        String namespace = session.flags().isOn("all-namespaces") ? "/" : "/namespaces/" + session.namespace() + "/";
        return switch (resource) {
            case "is", "imagestream", STREAMS -> "/apis/image.openshift.io/v1" + namespace + STREAMS;
            case "po", "pod", "pods" -> "/api/v1" + namespace + "pods";
            case "ev", "event", "events" -> "/api/v1" + namespace + "events";
            case "secret", "secrets" -> "/api/v1" + namespace + "secrets";
            default -> throw ExitException.failure("the server doesn't have a resource type \"" + resource + "\"");
        };
    }

    static void get(OcSession session) {
        List<String> words = session.flags().words();
        String[] kind = (words.size() > 1 ? words.get(1) : "").split("/", 2);
        String name = kind.length > 1 ? kind[1] : words.size() > 2 ? words.get(2) : "";
        String path = path(session, kind[0]);
        String plural = path.replaceFirst(".*/", "");
        JsonNode found = session.json("GET", name.isEmpty() ? path : path + "/" + name, "");
        List<JsonNode> items = new ArrayList<>();
        if (name.isEmpty()) {
            found.path("items").forEach(item -> items.add(typed(item, found)));
        } else {
            items.add(found);
        }
        print(session, plural, items, name.isEmpty());
    }

    /** Items of a list come without their kind; {@code oc} puts it back. */
    private static JsonNode typed(JsonNode item, JsonNode list) {
        ObjectNode typed =
                JsonFile.object().put("apiVersion", list.path("apiVersion").asText());
        typed.put("kind", list.path("kind").asText().replaceFirst("List$", ""));
        typed.setAll((ObjectNode) item);
        return typed;
    }

    private static void print(OcSession session, String plural, List<JsonNode> items, boolean asList) {
        Call call = session.call();
        switch (session.flags().text("output").orElse("")) {
            case "name" ->
                items.forEach(item -> call.println(
                        session.release().kind(plural) + "/" + item.path("metadata").path("name").asText()));
            case "json" -> call.println(GoJson.print(asList ? list(items) : items.get(0)));
            case "yaml" -> call.print(Yaml.write(asList ? list(items) : items.get(0)));
            default -> table(call, items);
        }
    }

    private static ObjectNode list(List<JsonNode> items) {
        ObjectNode list = JsonFile.object().put("apiVersion", "v1");
        items.forEach(list.putArray("items")::add);
        list.put("kind", "List")
                .putObject("metadata")
                .put("resourceVersion", "")
                .put("selfLink", "");
        return list;
    }

    private static void table(Call call, List<JsonNode> items) {
        if (items.isEmpty()) {
            call.complain("No resources found.");
            return;
        }
        call.println("NAME");
        items.forEach(item -> call.println(item.path("metadata").path("name").asText()));
    }

    /** Nothing to replace is no error. */
    static void replace(OcSession session) {
        String file = session.flags().text("filename").orElse("");
        String input = read(session.call(), file);
        if (input.isBlank()) {
            return;
        }
        JsonNode given = Yaml.read(input);
        List<JsonNode> objects = new ArrayList<>();
        if (given.has("items")) {
            given.path("items").forEach(objects::add);
        } else {
            objects.add(given);
        }
        String source = file.equals("-") ? "STDIN" : file;
        List<String> refusals = new ArrayList<>();
        for (JsonNode object : objects) {
            try {
                replace(session, object, source);
            } catch (ExitException e) {
                refusals.add(e.text());
            }
        }
        if (!refusals.isEmpty()) {
            throw ExitException.failure(String.join("\n", refusals));
        }
    }

    private static void replace(OcSession session, JsonNode object, String source) {
        String kind = object.path("kind").asText().toLowerCase(java.util.Locale.ROOT);
        String name = object.path("metadata").path("name").asText();
        session.json(
                "PUT",
                path(session, kind) + "/" + name,
                object.toString(),
                "error when replacing \"" + source + "\": ");
        session.call().println(kind + " \"" + name + "\" replaced");
    }

    /** What {@code -f} names. */
    static String input(OcSession session) {
        return read(session.call(), session.flags().text("filename").orElse(""));
    }

    private static String read(Call call, String file) {
        try {
            return file.equals("-")
                    ? new String(call.in().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
