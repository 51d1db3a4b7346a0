package io.github.cdkmaven.sim.crc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.Flag;
import io.github.cdkmaven.sim.minishift.ParsedFlags;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code config}: values are kept in {@code crc.json}, passwords in clear text. */
final class ConfigVerb extends Verb {

    @Override
    List<Flag> flags() {
        return List.of(Flag.text("format", ""));
    }

    @Override
    String run(CrcRun run, ParsedFlags flags) {
        List<String> words = flags.words();
        String action = words.isEmpty() ? "" : words.get(0);
        List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
        return switch (action) {
            case "view" -> view(run, flags.text("format"));
            case "get" -> get(run, rest);
            case "set" -> set(run, rest);
            case "unset" -> unset(run, rest);
            default -> "Modifies crc configuration properties.";
        };
    }

    private static String view(CrcRun run, Optional<String> format) {
        StringBuilder lines = new StringBuilder();
        for (String key : run.properties().defaults().keySet()) {
            run.properties()
                    .given(key)
                    .ifPresent(value -> lines.append(format.map(
                                            template -> template.replace("{{.ConfigKey}}", key)
                                                    .replace("{{.ConfigValue}}", value))
                                    .orElseGet(() -> String.format("- %-38s: %s", key, value)))
                            .append('\n'));
        }
        return lines.toString().stripTrailing();
    }

    private static String get(CrcRun run, List<String> words) {
        if (words.isEmpty()) {
            throw new VerbFailure("Please provide a configuration property to get");
        }
        String key = words.get(0);
        Object standard = require(run, key);
        Optional<String> given = run.properties().given(key);
        if (given.isPresent() && standard instanceof Boolean && !given.get().matches("true|false")) {
            throw unknown(key);
        }
        return given.map(value -> key + " : " + value)
                .orElseGet(() -> "Configuration property '" + key + "' is not set. Default value '" + standard
                        + "' is used");
    }

    private static Object require(CrcRun run, String key) {
        Map<String, Object> known = run.properties().defaults();
        if (!known.containsKey(key)) {
            throw unknown(key);
        }
        return known.get(key);
    }

    private static VerbFailure unknown(String key) {
        return new VerbFailure("Configuration property '" + key + "' does not exist");
    }

    private static String set(CrcRun run, List<String> words) {
        if (words.size() < 2) {
            throw new VerbFailure(
                    "Please provide a configuration property and its value as in 'crc config set KEY VALUE'");
        }
        String key = words.get(0);
        String value = words.get(1);
        Object standard = require(run, key);
        PropertyRules.problem(run, key, value).ifPresent(reason -> {
            throw new VerbFailure("Value '" + value + "' for configuration property '" + key + "' is invalid, reason: "
                    + reason);
        });
        ObjectNode stored =
                run.properties().stored().orElseThrow(() -> new VerbFailure("unexpected end of JSON input"));
        if (value.equals(String.valueOf(standard))) {
            stored.remove(key);
        } else if (standard instanceof Integer) {
            stored.put(key, Integer.parseInt(value));
        } else if (standard instanceof Boolean) {
            stored.put(key, Boolean.parseBoolean(value));
        } else {
            stored.put(key, value);
        }
        run.properties().store(stored);
        return said(run, key, value);
    }

    private static String said(CrcRun run, String key, String value) {
        String changes = "Changes to configuration property '" + key + "' ";
        return switch (key) {
            case "cpus", "memory", "disk-size" ->
                changes + "are only applied when the CRC instance is started.\nIf you already have a running CRC"
                        + " instance, then for this configuration change to take effect, stop the CRC instance with"
                        + " 'crc stop' and restart it with 'crc start'.";
            case "host-network-access" ->
                changes + "are only applied during 'crc setup'.\nPlease run 'crc cleanup' followed by 'crc setup' for this"
                        + " configuration to take effect.";
            case "network-mode" -> "Network mode changed. Please run `crc cleanup` and `crc setup`.";
            case "ingress-https-port" ->
                changes + "will break OpenShift HTTPS routes.\nIn order to access OpenShift applications through HTTPS"
                        + " URLs the " + value + " port must be manually specified, such as"
                        + " https://myapp.apps-crc.testing:" + value
                        + "\nAfter this change, the OpenShift console will be non-functional because of OpenShift"
                        + " limitations";
            case "preset" ->
                run.folder().hasMachine()
                        ? changes + "are only applied when the CRC instance is created.\nIf you already have a running CRC"
                                + " instance with different preset, then for this configuration change to take effect,"
                                + " first delete the CRC instance with 'crc delete'. Then to confirm your system is ready,"
                                + " and you have the needed system bundle, please run 'crc setup' before 'crc start'."
                        : "To confirm your system is ready, and you have the needed system bundle, please run 'crc setup'"
                                + " before 'crc start'.";
            default -> "Successfully configured " + key + " to " + value;
        };
    }

    private static String unset(CrcRun run, List<String> words) {
        if (words.isEmpty()) {
            throw new VerbFailure("Please provide a configuration property to unset");
        }
        String key = words.get(0);
        require(run, key);
        run.properties().stored().ifPresent(stored -> {
            stored.remove(key);
            run.properties().store(stored);
        });
        return "Successfully unset configuration property '" + key + "'";
    }
}
