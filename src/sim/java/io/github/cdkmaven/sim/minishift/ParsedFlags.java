package io.github.cdkmaven.sim.minishift;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The flags and words of a command line, taken apart as pflag does. */
public record ParsedFlags(Map<String, List<String>> values, List<String> words) {

    /** What is wrong with the command line, in the library's words. */
    public static final class InvalidFlag extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InvalidFlag(String message) {
            super(message, null, false, false);
        }
    }

    public static ParsedFlags of(List<String> arguments, List<Flag> known) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        List<String> words = new ArrayList<>();
        List<String> rest = new ArrayList<>(arguments);
        while (!rest.isEmpty()) {
            String next = rest.remove(0);
            if (next.equals("--")) {
                words.addAll(rest);
                rest.clear();
            } else if (next.startsWith("--")) {
                add(find(next, known), given(next.indexOf('='), next), rest, values);
            } else if (next.startsWith("-") && next.length() > 1) {
                add(findShort(next, known), givenShort(next), rest, values);
            } else {
                words.add(next);
            }
        }
        return new ParsedFlags(values, List.copyOf(words));
    }

    private static Flag find(String argument, List<Flag> known) {
        String name = nameOf(argument.substring(2));
        return known.stream()
                .filter(flag -> flag.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidFlag("unknown flag: --" + name));
    }

    private static Flag findShort(String argument, List<Flag> known) {
        String letter = argument.substring(1, 2);
        return known.stream()
                .filter(flag -> flag.shorthand().equals(letter))
                .findFirst()
                .orElseThrow(() -> new InvalidFlag("unknown shorthand flag: '" + letter + "' in " + argument));
    }

    private static String nameOf(String text) {
        int equals = text.indexOf('=');
        return equals < 0 ? text : text.substring(0, equals);
    }

    private static Optional<String> given(int equals, String argument) {
        return equals < 0 ? Optional.empty() : Optional.of(argument.substring(equals + 1));
    }

    private static Optional<String> givenShort(String argument) {
        String rest = argument.substring(2);
        return rest.isEmpty() ? Optional.empty() : Optional.of(rest.startsWith("=") ? rest.substring(1) : rest);
    }

    private static void add(Flag flag, Optional<String> given, List<String> rest, Map<String, List<String>> values) {
        String value = given.orElseGet(() -> implied(flag, rest));
        check(flag, value);
        if (flag.kind() != Flag.Kind.LIST) {
            values.remove(flag.name());
        }
        values.computeIfAbsent(flag.name(), name -> new ArrayList<>()).add(value);
    }

    private static String implied(Flag flag, List<String> rest) {
        if (flag.kind() == Flag.Kind.BOOL) {
            return "true";
        }
        if (rest.isEmpty()) {
            throw new InvalidFlag("flag needs an argument: --" + flag.name());
        }
        return rest.remove(0);
    }

    private static void check(Flag flag, String value) {
        boolean valid =
                switch (flag.kind()) {
                    case INT -> value.matches("[+-]?[0-9]+");
                    case BOOL -> value.matches("true|false|1|0|t|f|T|F|TRUE|FALSE|True|False");
                    default -> true;
                };
        if (!valid) {
            throw new InvalidFlag("invalid argument \"" + value + "\" for \"--" + flag.name() + "\" flag");
        }
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The last value given. */
    public Optional<String> text(String name) {
        List<String> given = values.getOrDefault(name, List.of());
        return given.isEmpty() ? Optional.empty() : Optional.of(given.get(given.size() - 1));
    }

    public boolean isOn(String name) {
        return text(name).map(value -> value.matches("(?i)true|1|t")).orElse(false);
    }
}
