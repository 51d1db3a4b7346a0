package io.github.cdkmaven.sim.crc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.Call;
import io.github.cdkmaven.sim.minishift.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The settings of crc: flag, then {@code CRC_<KEY>} in the environment, then {@code crc.json}, then the default. */
final class StoredKeys {

    private static final List<String> SWITCHES = List.of(
            "disable-update-check",
            "enable-cluster-monitoring",
            "enable-emergency-login",
            "enable-experimental-features",
            "host-network-access");
    private static final List<String> TEXTS = List.of(
            "consent-telemetry",
            "http-proxy",
            "https-proxy",
            "kubeadmin-password",
            "nameserver",
            "no-proxy",
            "proxy-ca-file",
            "pull-secret-file");

    private final Call call;
    private final ShippedCrc release;
    private final DotCrc folder;

    StoredKeys(Call call, ShippedCrc release, DotCrc folder) {
        this.call = call;
        this.release = release;
        this.folder = folder;
    }

    /** Every key with its default, in the order of {@code view}. */
    Map<String, Object> defaults() {
        String preset = preset();
        Map<String, Object> keys = new TreeMap<>();
        SWITCHES.forEach(key -> keys.put(key, false));
        TEXTS.forEach(key -> keys.put(key, ""));
        keys.put("enable-shared-dirs", true);
        keys.put("bundle", folder.defaultBundle(preset).toString());
        keys.put("cpus", preset.equals("microshift") ? 2 : 4);
        keys.put("memory", release.memoryOf(preset));
        keys.put("disk-size", 31);
        keys.put("ingress-http-port", 80);
        keys.put("ingress-https-port", 443);
        keys.put("network-mode", release.defaultNetworkMode());
        keys.put("preset", "openshift");
        if (release.hasVolumeSize()) {
            keys.put("persistent-volume-size", 15);
            keys.put("enable-bundle-quay-fallback", false);
        }
        if (release.hasDeveloperPassword()) {
            keys.put("developer-password", "developer");
        }
        if (release.modifiesHostsFile()) {
            keys.put("modify-hosts-file", true);
        }
        HostChecks.keys(release).forEach(key -> keys.put(key, false));
        return keys;
    }

    /** What somebody set, in the environment or in the file. A broken file counts as empty. */
    Optional<String> given(String key) {
        String variable = "CRC_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
        String value = call.env(variable);
        if (!value.isEmpty()) {
            return Optional.of(value);
        }
        JsonNode stored = stored().orElseGet(JsonFile::object).path(key);
        return stored.isMissingNode() ? Optional.empty() : Optional.of(stored.asText());
    }

    /** Empty where the file is broken. */
    Optional<ObjectNode> stored() {
        try {
            return Files.exists(folder.settings())
                    ? Optional.of((ObjectNode) JsonFile.mapper().readTree(folder.settings().toFile()))
                    : Optional.of(JsonFile.object());
        } catch (IOException | ClassCastException e) {
            return Optional.empty();
        }
    }

    void store(ObjectNode content) {
        DotCrc.secret(folder.settings(), content.toPrettyString());
    }

    String text(String key) {
        return given(key).orElseGet(() -> String.valueOf(defaults().getOrDefault(key, "")));
    }

    boolean isOn(String key) {
        return text(key).equals("true");
    }

    /** One that is not known counts as openshift. */
    String preset() {
        String given = given("preset").orElse("openshift");
        return release.presets().contains(given) ? given : "openshift";
    }
}
