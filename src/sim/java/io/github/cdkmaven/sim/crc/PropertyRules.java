package io.github.cdkmaven.sim.crc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What values crc takes for its settings; the same rules hold for the flags of {@code start}. */
final class PropertyRules {

    /** Of the machine that the recordings come from. */
    private static final long HOST_MEMORY = 25_276_502_016L;

    private static final Map<String, String> UNITS = Map.of("cpus", "", "memory", " in MiB", "disk-size", " in GiB");
    private static final Map<String, String> NAMES =
            Map.of("cpus", "CPUs", "memory", "memory in MiB", "disk-size", "disk size in GiB");

    private PropertyRules() {}

    /** Why a value is not taken. */
    static Optional<String> problem(CrcRun run, String key, String value) {
        Object standard = run.properties().defaults().get(key);
        return switch (key) {
            case "cpus", "memory", "disk-size" -> number(run, key, value);
            case "persistent-volume-size" -> Optional.empty();
            case "ingress-http-port", "ingress-https-port" -> port(value);
            case "consent-telemetry" -> unless(value.matches("yes|no"), "must be yes or no");
            case "nameserver" -> nameserver(value);
            case "network-mode" ->
                unless(value.matches("user|system|vsock|default"), "network mode should be either system or user");
            case "host-network-access" ->
                unless(
                        !value.equals("true") || run.isUserMode(),
                        "host-network-access can only be used with network-mode set to 'user'");
            case "preset" -> {
                List<String> presets = run.release().presets();
                yield unless(
                        presets.contains(value),
                        "Unknown preset. Only [" + String.join(" ", presets) + "] are valid.");
            }
            case "bundle" -> bundle(run, value);
            case "pull-secret-file", "proxy-ca-file" ->
                unless(Files.exists(Path.of(value)), "file '" + value + "' does not exist");
            case "no-proxy" -> unless(!value.contains(" "), "NoProxy string can't contain spaces");
            case "http-proxy" -> proxy(value, "HTTP", "http://");
            case "https-proxy" ->
                value.startsWith("https://") ? Optional.empty() : proxy(value, "HTTPS", "http:// or https://");
            default ->
                unless(!(standard instanceof Boolean) || value.matches("true|false"), "must be true or false");
        };
    }

    private static Optional<String> unless(boolean good, String reason) {
        return good ? Optional.empty() : Optional.of(reason);
    }

    private static Optional<String> number(CrcRun run, String key, String value) {
        int least = (Integer) run.properties().defaults().getOrDefault(key, 0);
        if (!value.matches("\\d+")) {
            return Optional.of("requires integer value" + UNITS.get(key) + " >= " + least);
        }
        long number = Long.parseLong(value);
        if (number < least) {
            return Optional.of("requires " + NAMES.get(key) + " >= " + least);
        }
        long wanted = number * 1024 * 1024;
        return unless(
                !key.equals("memory") || wanted <= HOST_MEMORY,
                "only " + GoText.size(HOST_MEMORY) + " of memory found (" + GoText.size(wanted) + " required)");
    }

    private static Optional<String> port(String value) {
        boolean good = value.matches("\\d{4,5}") && Integer.parseInt(value) >= 1024 && Integer.parseInt(value) < 65536;
        return unless(good, "Provided " + value + " but requires value in range of 1024-65535");
    }

    static Optional<String> nameserver(String value) {
        return unless(value.matches("(\\d{1,3}\\.){3}\\d{1,3}"), "'" + value + "' is not a valid IPv4 address");
    }

    private static Optional<String> proxy(String value, String kind, String start) {
        return unless(
                value.startsWith("http://"),
                kind + " proxy URL '" + value + "' is not valid: url should start with " + start);
    }

    /** Whether a bundle may be asked for by a path or an address. */
    static Optional<String> bundle(CrcRun run, String value) {
        if (value.startsWith("http://") || value.startsWith("https://")) {
            return Optional.empty();
        }
        if (value.startsWith("docker://")) {
            return image(value);
        }
        if (value.contains("://")) {
            return Optional.of("invalid " + value + " format (only supported http, https or docker)");
        }
        return unless(Files.exists(Path.of(value)), run.release().missingBundle(value));
    }

    private static Optional<String> image(String value) {
        String last = value.substring(value.lastIndexOf('/') + 1);
        if (!last.contains(":")) {
            return Optional.of("invalid " + value + " registry URL, tag is required (such as"
                    + " docker://quay.io/crcont/openshift-bundle:4.11.0)");
        }
        String name = last.substring(0, last.indexOf(':'));
        if (last.endsWith(":latest")) {
            return Optional.of("'latest' tag is not supported; use a specific version");
        }
        return unless(
                name.matches("(openshift|okd|microshift)-bundle"),
                "invalid image name '" + name + "' (Should be openshift-bundle, okd-bundle or microshift-bundle)");
    }
}
