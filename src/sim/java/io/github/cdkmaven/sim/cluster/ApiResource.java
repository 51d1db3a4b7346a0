package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A resource of the API as discovery tells it.
 *
 * @param group the API group; empty for the core
 * @param version the group's version, such as {@code v1}
 * @param name the plural, perhaps with a subresource
 * @param kind what its objects are
 * @param namespaced whether its objects live in namespaces
 * @param verbs what can be done with it
 * @param shortNames how people abbreviate it
 */
record ApiResource(
        String group,
        String version,
        String name,
        String kind,
        boolean namespaced,
        List<String> verbs,
        List<String> shortNames) {

    /** The verbs of what is stored. */
    static final List<String> STORED =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    ApiResource {
        verbs = List.copyOf(verbs);
        shortNames = List.copyOf(shortNames);
    }

    String groupVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** How its objects are kept apart from those of other groups. */
    String storedAs() {
        return group.isEmpty() ? name : name + "." + group;
    }

    ObjectNode discovered() {
        boolean subresource = name.contains("/");
        ObjectNode shown = Json.object()
                .put("name", name)
                .put("singularName", subresource ? "" : kind.toLowerCase(Locale.ROOT))
                .put("namespaced", namespaced)
                .put("kind", kind);
        verbs.forEach(Json.children(shown, "verbs")::add);
        shortNames.forEach(alias -> Json.children(shown, "shortNames").add(alias));
        if ("imagestreams".equals(name)) {
            Json.children(shown, "categories").add("all");
        }
        if (verbs.contains("watch")) {
            shown.put("storageVersionHash", storageVersionHash());
        }
        return shown;
    }

    /** The first 8 bytes of the hash of group, version and kind (kubernetes {@code discovery.StorageVersionHash}). */
    private String storageVersionHash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((group + "/" + version + "/" + kind).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(hash, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
