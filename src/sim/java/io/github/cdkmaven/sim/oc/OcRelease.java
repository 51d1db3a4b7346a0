package io.github.cdkmaven.sim.oc;

import io.github.cdkmaven.sim.minishift.Flag;
import java.util.ArrayList;
import java.util.List;

/**
 * What differs between {@code oc} of OpenShift 3 and of 4.7 and later, in one place.
 *
 * @param version as given, such as {@code v3.9.0} or {@code 4.19.0}
 */
record OcRelease(String version) {

    private static final List<String> GROUPS_OF_COMMANDS = List.of("adm", "auth", "config");

    boolean isFour() {
        return version.startsWith("4.");
    }

    /** The flags; {@code --config} is gone since 4.7, and {@code create --raw} takes a path. */
    List<Flag> flags(List<Flag> common, List<String> arguments) {
        List<Flag> flags = new ArrayList<>(common);
        if (!isFour()) {
            flags.add(Flag.text("config", ""));
            flags.add(Flag.toggle("raw", ""));
            return flags;
        }
        flags.add(arguments.contains("create") ? Flag.text("raw", "") : Flag.toggle("raw", ""));
        flags.add(Flag.toggle("client", ""));
        flags.add(Flag.list("as-group", ""));
        flags.add(Flag.text("import-mode", ""));
        flags.add(Flag.text("reference-policy", ""));
        flags.add(Flag.toggle("scheduled", ""));
        flags.add(Flag.text("source", ""));
        return flags;
    }

    /** How a flag that is not known is refused. */
    String unknownFlag(String message, List<String> arguments) {
        if (!isFour()) {
            return "Error: " + message + "\n\n\nUsage:\n  oc [flags]\n";
        }
        List<String> words = arguments.stream()
                .dropWhile(word -> word.startsWith("-"))
                .takeWhile(word -> !word.startsWith("-"))
                .toList();
        int count = !words.isEmpty() && GROUPS_OF_COMMANDS.contains(words.get(0)) ? 2 : 1;
        String command = String.join(" ", words.subList(0, Math.min(count, words.size())));
        return "error: " + message + "\nSee 'oc " + command + " --help' for usage.";
    }

    /** What {@code -o name} prints before a name. */
    String kind(String plural) {
        boolean streams = "imagestreams".equals(plural);
        if (!isFour()) {
            return plural;
        }
        return plural.replaceFirst("s$", "") + (streams ? ".image.openshift.io" : "");
    }

    /** What stands for a secret in {@code config view}. */
    String hidden(boolean data) {
        return isFour() && data ? "DATA+OMITTED" : "REDACTED";
    }

    /** A server that nobody answers for. */
    String refused(String host, int port) {
        return isFour()
                ? "The connection to the server " + host + ":" + port
                        + " was refused - did you specify the right host or port?"
                : "error: dial tcp " + host + ":" + port
                        + ": connect: connection refused - verify you have provided the correct host and port and that"
                        + " the server is currently running.";
    }
}
