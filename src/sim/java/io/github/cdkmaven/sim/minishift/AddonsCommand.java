package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** {@code minishift addons}: which are enabled stands in the profile's instance file. */
final class AddonsCommand {

    private static final int TAB = 8;

    private AddonsCommand() {}

    static void run(Session session) {
        ParsedFlags flags = Usage.parse(
                session.call(),
                "addons",
                List.of(
                        Flag.number("priority", "Order of application.", "0"),
                        Flag.toggle("defaults", "The default add-ons."),
                        Flag.toggle("force", "Overwrite."),
                        Flag.toggle("verbose", "More.")));
        List<String> words = flags.words();
        String verb = words.isEmpty() ? "" : words.get(0);
        switch (verb) {
            case "list" -> list(session);
            case "enable" -> enable(session, words.subList(1, words.size()));
            case "disable" -> disable(session, words.subList(1, words.size()));
            case "install", "apply", "remove" -> {}
            default -> session.call().println("Manages Minishift add-ons.");
        }
    }

    /** Names of the enabled ones, in the order in which a start applies them. */
    static List<String> enabled(Session session) {
        List<String> enabled = new ArrayList<>();
        JsonFile.read(session.home().instance()).path("addons").forEach(name -> enabled.add(name.asText()));
        return enabled;
    }

    private static void list(Session session) {
        List<String> enabled = enabled(session);
        int longest = session.version().addons().stream()
                .mapToInt(name -> name.length() + 2)
                .max()
                .orElse(0);
        int width = (longest + TAB - 1) / TAB * TAB;
        for (String name : session.version().addons()) {
            String status = enabled.contains(name) ? "enabled" : "disabled";
            int tabs = (width - name.length() - 2 + TAB - 1) / TAB;
            session.call().println("- " + name + "\t".repeat(tabs) + " : " + status + "\tP(0)");
        }
    }

    private static void enable(Session session, List<String> names) {
        for (String name : names) {
            if (!session.version().addons().contains(name)) {
                throw ExitException.with(0, "No add-on with the name '" + name + "' is installed.");
            }
            List<String> enabled = enabled(session);
            if (!enabled.contains(name)) {
                enabled.add(name);
            }
            store(session, enabled);
            session.call().println("Add-on '" + name + "' enabled");
        }
    }

    private static void disable(Session session, List<String> names) {
        List<String> enabled = enabled(session);
        enabled.removeAll(names);
        store(session, enabled);
        names.forEach(name -> session.call().println("Add-on '" + name + "' disabled"));
    }

    static void store(Session session, List<String> names) {
        ObjectNode instance = JsonFile.read(session.home().instance());
        ArrayNode addons = instance.putArray("addons");
        names.stream().sorted().forEach(addons::add);
        JsonFile.write(session.home().instance(), instance);
    }
}
