package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** {@code minishift image}: what the cache holds, what is to be cached, what the VM holds. */
final class ImageCommand {

    private static final String CONFIGURED = "cache-images";

    private ImageCommand() {}

    static void run(Session session) {
        ParsedFlags flags = Usage.parse(
                session.call(),
                "image",
                List.of(
                        Flag.toggle("vm", "The images of the VM."),
                        Flag.toggle("all", "All images.").shortly("a"),
                        Flag.toggle("overwrite", "Overwrite."),
                        Flag.toggle("log-to-file", "Log.")));
        List<String> words = flags.words();
        switch (words.isEmpty() ? "" : words.get(0)) {
            case "list" -> list(session, flags.isOn("vm"));
            case "cache-config" -> cacheConfig(session, words.subList(1, words.size()));
            case "import", "export" ->
                session.call()
                        .println(
                                "You need to either specify a list of images on the command line or to add images to the "
                                        + "cache configuration.");
            default -> session.call().println("Exports and imports container images.");
        }
    }

    private static void list(Session session, boolean ofVm) {
        if (ofVm) {
            session.requireMachine();
            session.requireRunningMachine();
            TreeSet<String> names = new TreeSet<>(session.vm().images());
            if (!names.isEmpty() && session.generation().listsImagesWithoutName()) {
                names.add("<none>:<none>");
            }
            names.forEach(session.call()::println);
        } else {
            new OciCache(session.home().imageCache()).names().forEach(session.call()::println);
        }
    }

    private static void cacheConfig(Session session, List<String> words) {
        List<String> configured = configured(session);
        String verb = words.isEmpty() ? "view" : words.get(0);
        List<String> names = words.isEmpty() ? List.of() : words.subList(1, words.size());
        switch (verb) {
            case "add" -> {
                names.stream().filter(name -> !configured.contains(name)).forEach(configured::add);
                store(session, configured);
            }
            case "remove" -> {
                configured.removeAll(names);
                store(session, configured);
            }
            default -> configured.forEach(session.call()::println);
        }
    }

    /** Names that the first start imports beside the three core ones, sorted. */
    static List<String> configured(Session session) {
        List<String> names = new ArrayList<>();
        JsonFile.read(session.home().instance()).path(CONFIGURED).forEach(name -> names.add(name.asText()));
        return names;
    }

    private static void store(Session session, List<String> names) {
        ObjectNode instance = JsonFile.read(session.home().instance());
        ArrayNode array = instance.putArray(CONFIGURED);
        new TreeSet<>(names).forEach(array::add);
        JsonFile.write(session.home().instance(), instance);
    }
}
