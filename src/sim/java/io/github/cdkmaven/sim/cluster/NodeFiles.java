package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** The files that the machine-config operator writes to nodes because of the cluster's configuration of images. */
final class NodeFiles {

    static final String REGISTRIES = "/etc/containers/registries.conf";
    static final String PULL_SECRET = "/var/lib/kubelet/config.json";

    private static final String PAYLOAD = "quay.io/openshift-release-dev/ocp-release";

    private final ObjectStore store;
    private final BooleanSupplier sparesQuay;

    /** @param sparesQuay whether quay.io is left out of what is blocked also where the payload has a mirror */
    NodeFiles(ObjectStore store, BooleanSupplier sparesQuay) {
        this.store = store;
        this.sparesQuay = sparesQuay;
    }

    /** By path. */
    Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        files.put(PULL_SECRET, pullSecret());
        files.put(REGISTRIES, registries());
        return files;
    }

    private String pullSecret() {
        return store.get("secrets", "openshift-config", "pull-secret")
                .map(secret -> new String(
                        Base64.getDecoder()
                                .decode(secret.path("data").path(".dockerconfigjson").asText()),
                        StandardCharsets.UTF_8))
                .orElse("");
    }

    /** Whether what is asked for would end in a reboot, from which a VM of crc may not come back by itself. */
    boolean reboots(int minor) {
        boolean searches =
                !spec("images", "cluster").path("registrySources").path("containerRuntimeSearchRegistries").isEmpty();
        boolean trusts = !spec("proxies", "cluster").path("trustedCA").path("name").asText().isEmpty();
        return searches || trusts && minor <= 16;
    }

    private JsonNode spec(String resource, String name) {
        return store.get(resource + LocalObjects.CONFIG, "", name)
                .map(found -> found.path("spec"))
                .orElse(Json.object());
    }

    private String registries() {
        JsonNode sources = spec("images", "cluster").path("registrySources");
        List<String> insecure = Json.texts(sources, "insecureRegistries");
        Map<String, List<String>> mirrors = new TreeMap<>();
        List<String> never = new ArrayList<>();
        boolean payloadHasMirror = mirrors("imagedigestmirrorsets" + LocalObjects.CONFIG, "imageDigestMirrors",
                        "digest-only", mirrors, never)
                | mirrors("imagecontentsourcepolicies.operator.openshift.io", "repositoryDigestMirrors",
                        "digest-only", mirrors, never);
        mirrors("imagetagmirrorsets" + LocalObjects.CONFIG, "imageTagMirrors", "tag-only", mirrors, never);
        List<String> blocked = new ArrayList<>(Json.texts(sources, "blockedRegistries"));
        if (!payloadHasMirror || sparesQuay.getAsBoolean()) {
            // Without a word: machine-config-operator helpers.go:633, "cannot block the repository being used by the payload".
            blocked.remove("quay.io");
        }
        StringBuilder text = new StringBuilder(
                "unqualified-search-registries = [\"registry.access.redhat.com\", \"docker.io\"]\nshort-name-mode = \"\"\n");
        List<String> locations = new ArrayList<>(mirrors.keySet());
        blocked.stream().filter(name -> !locations.contains(name)).forEach(locations::add);
        insecure.stream().filter(name -> !locations.contains(name)).forEach(locations::add);
        for (String location : locations) {
            text.append("\n[[registry]]\n  prefix = \"\"\n  location = \"").append(location).append("\"\n");
            if (insecure.contains(location)) {
                text.append("  insecure = true\n");
            }
            if (blocked.contains(location) || never.contains(location)) {
                text.append("  blocked = true\n");
            }
            for (String mirror : mirrors.getOrDefault(location, List.of())) {
                String[] parts = mirror.split(" ");
                text.append("\n  [[registry.mirror]]\n    location = \"").append(parts[0]).append("\"\n");
                if (insecure.contains(parts[0].replaceFirst("/.*", ""))) {
                    text.append("    insecure = true\n");
                }
                text.append("    pull-from-mirror = \"").append(parts[1]).append("\"\n");
            }
        }
        return text.toString();
    }

    /** Adds the mirrors of a kind of set by their source, and the sources that are never to be contacted. */
    private boolean mirrors(
            String kind, String list, String pulls, Map<String, List<String>> mirrors, List<String> never) {
        boolean payload = false;
        for (ObjectNode set : store.list(kind, "")) {
            for (ObjectNode entry : Json.objects(set.path("spec"), list)) {
                String source = entry.path("source").asText();
                payload |= (PAYLOAD + "/").startsWith(source + "/");
                Json.texts(entry, "mirrors")
                        .forEach(mirror -> mirrors.computeIfAbsent(source, name -> new ArrayList<>())
                                .add(mirror + " " + pulls));
                if ("NeverContactSource".equals(entry.path("mirrorSourcePolicy").asText())) {
                    never.add(source);
                }
            }
        }
        return payload;
    }
}
