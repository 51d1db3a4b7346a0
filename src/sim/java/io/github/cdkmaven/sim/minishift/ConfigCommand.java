package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** {@code minishift config}: set, get, unset and view of the profile's or the global properties. */
final class ConfigCommand {

    private static final List<String> CREATION_ONLY = List.of("cpus", "memory", "disk-size", "vm-driver", "iso-url");
    private static final List<String> BOOLEANS = List.of(
            "image-caching",
            "save-start-flags",
            "static-ip",
            "hostfolders-automount",
            "local-proxy",
            "auto-start-tray");
    private static final List<String> TEXTS = List.of(
            "check-network-ping-host",
            "check-network-http-host",
            "extra-clusterup-flags",
            "hostfolders-mountpath",
            "local-proxy-upstream");

    private ConfigCommand() {}

    static void run(Session session) {
        ParsedFlags flags = Usage.parse(
                session.call(), "config", List.of(Flag.toggle("global", "The properties of all profiles.")));
        Path file = flags.isOn("global")
                ? session.home().globalSettings()
                : session.home().settings();
        List<String> words = flags.words();
        switch (words.isEmpty() ? "" : words.get(0)) {
            case "view" -> view(session, file);
            case "get" -> get(session, file, words);
            case "set" -> set(session, file, words);
            case "unset" -> unset(session, file, words);
            default -> session.call().println("Modifies Minishift configuration properties.");
        }
    }

    private static void view(Session session, Path file) {
        TreeMap<String, String> shown = new TreeMap<>();
        JsonFile.read(file).properties().forEach(entry -> shown.put(entry.getKey(), shown(entry.getValue())));
        shown.forEach((name, value) -> session.call().println(String.format("- %-35s: %s", name, value)));
    }

    private static String shown(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        List<String> elements = new ArrayList<>();
        value.forEach(element -> elements.add(element.asText()));
        return "[" + String.join(" ", elements) + "]";
    }

    private static void get(Session session, Path file, List<String> words) {
        String name = argument(words, 1, "get");
        check(session, name);
        JsonNode value = JsonFile.read(file).path(name);
        session.call().println(value.isMissingNode() ? "<nil>" : shown(value));
    }

    private static void set(Session session, Path file, List<String> words) {
        String name = argument(words, 1, "set");
        String value = argument(words, 2, "set");
        check(session, name);
        ObjectNode saved = JsonFile.read(file);
        if (name.equals("iso-url")
                && value.startsWith("file:")
                && !Files.exists(Path.of(value.replaceFirst("^file:/+", "/")))) {
            throw ExitException.failure("Invalid value for property 'iso-url': " + value);
        }
        switch (kind(session, name)) {
            case BOOL -> saved.put(name, Boolean.parseBoolean(value));
            case INT -> saved.put(name, Integer.parseInt(value));
            case LIST -> {
                ArrayNode elements = saved.putArray(name);
                List.of(value.split(",")).forEach(elements::add);
            }
            case STRING -> saved.put(name, value);
        }
        JsonFile.write(file, saved);
        announce(session, name);
    }

    private static void announce(Session session, String name) {
        if (!CREATION_ONLY.contains(name)) {
            return;
        }
        session.call()
                .println(
                        session.home().hasMachine()
                                ? "You currently have an existing Minishift instance. Changes to the '" + name
                                        + "' setting are only applied when a new Minishift instance is created.\n"
                                        + "To let the configuration changes take effect, you must delete the current instance with "
                                        + "'minishift delete' and then start a new one with 'minishift start'."
                                : "No Minishift instance exists. New '" + name
                                        + "' setting will be applied on next 'minishift start'");
    }

    private static void unset(Session session, Path file, List<String> words) {
        String name = argument(words, 1, "unset");
        check(session, name);
        ObjectNode saved = JsonFile.read(file);
        saved.remove(name);
        JsonFile.write(file, saved);
        session.call().println("Property name '" + name + "' successfully unset");
    }

    private static String argument(List<String> words, int index, String verb) {
        if (index >= words.size()) {
            throw ExitException.failure("not enough arguments.\nusage: minishift config " + verb
                    + (verb.equals("set") ? " PROPERTY_NAME PROPERTY_VALUE" : " PROPERTY_NAME"));
        }
        return words.get(index);
    }

    private static void check(Session session, String name) {
        boolean known = isFlag(session, name)
                || BOOLEANS.contains(name)
                || TEXTS.contains(name)
                || name.startsWith("skip-check-")
                || name.startsWith("warn-check-");
        if (!known) {
            throw ExitException.failure("Cannot find property name '" + name + "'");
        }
    }

    private static boolean isFlag(Session session, String name) {
        return !name.equals("image")
                && flags(session).stream().anyMatch(flag -> flag.name().equals(name));
    }

    private static List<Flag> flags(Session session) {
        return StartFlags.of(session.version(), true);
    }

    private static Flag.Kind kind(Session session, String name) {
        if (BOOLEANS.contains(name) || name.startsWith("skip-check-") || name.startsWith("warn-check-")) {
            return Flag.Kind.BOOL;
        }
        return flags(session).stream()
                .filter(flag -> flag.name().equals(name))
                .map(Flag::kind)
                .findFirst()
                .orElse(Flag.Kind.STRING);
    }
}
