package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The value of a flag or property: command line before environment before the profile's configuration before the global
 * one.
 */
final class Settings {

    private final ParsedFlags flags;
    private final Call call;
    private final ObjectNode saved;
    private final ObjectNode global;

    Settings(ParsedFlags flags, Call call, Home home) {
        this.flags = flags;
        this.call = call;
        this.saved = JsonFile.read(home.settings());
        this.global = JsonFile.read(home.globalSettings());
    }

    private static String environmentName(String name) {
        return "MINISHIFT_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    boolean isSet(String name) {
        return flags.has(name)
                || !call.env(environmentName(name)).isEmpty()
                || !configured(name).isMissingNode();
    }

    private JsonNode configured(String name) {
        JsonNode own = saved.path(name);
        return own.isMissingNode() ? global.path(name) : own;
    }

    Optional<String> text(String name) {
        Optional<String> given = flags.text(name);
        if (given.isPresent()) {
            return given;
        }
        String environment = call.env(environmentName(name));
        if (!environment.isEmpty()) {
            return Optional.of(environment);
        }
        JsonNode value = configured(name);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }

    String text(String name, String standard) {
        return text(name).orElse(standard);
    }

    boolean isOn(String name, boolean standard) {
        return text(name).map(value -> value.matches("(?i)true|1|t")).orElse(standard);
    }

    boolean isOn(String name) {
        return isOn(name, false);
    }

    /**
     * A list: values of the command line and of the environment are split at white space; what the configuration holds is
     * taken element by element, even an element that was joined with blanks by an earlier save.
     */
    List<String> list(String name) {
        if (flags.has(name)) {
            return fields(String.join(" ", flags.values().get(name)));
        }
        String environment = call.env(environmentName(name));
        if (!environment.isEmpty()) {
            return fields(environment);
        }
        List<String> elements = new ArrayList<>();
        configured(name).forEach(element -> elements.add(element.asText()));
        return elements;
    }

    private static List<String> fields(String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split("\\s+"));
    }

    /** An on or off that only the environment knows; anything but the accepted words ends every command. */
    static boolean isExperimental(Call call) {
        String value = call.env("MINISHIFT_ENABLE_EXPERIMENTAL").toLowerCase(Locale.ROOT);
        if (value.isEmpty() || value.matches("false|n|no|0|off")) {
            return false;
        }
        if (value.matches("true|y|yes|1|on")) {
            return true;
        }
        throw ExitException.failure("Error enabling experimental features: Invalid format for boolean value.");
    }
}
