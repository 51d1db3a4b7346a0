package io.github.cdkmaven.sim.cluster.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The registry logins in the pull secrets of one namespace. No service account has to link them (origin importer). */
public final class PullCredentials {

    private static final String EXCLUDED = "openshift.io/image.excludeSecret";

    private record Login(String place, String authorization) {}

    private final List<Login> logins = new ArrayList<>();

    /** Reads the secrets; one that cannot be read is left out. */
    public PullCredentials(List<ObjectNode> secrets) {
        for (ObjectNode secret : secrets) {
            boolean excluded = "true"
                    .equals(secret.path("metadata")
                            .path("annotations")
                            .path(EXCLUDED)
                            .asText());
            if (!excluded) {
                switch (secret.path("type").asText()) {
                    case "kubernetes.io/dockerconfigjson" -> read(secret, ".dockerconfigjson", true);
                    case "kubernetes.io/dockercfg" -> read(secret, ".dockercfg", false);
                    default -> {}
                }
            }
        }
        logins.sort(
                Comparator.comparing((Login login) -> login.place().length()).reversed());
    }

    /** The value of {@code Authorization} for a host and the path below it; the longest entry wins. */
    Optional<String> basic(String authority, String path) {
        String place = authority + "/" + path;
        return logins.stream()
                .filter(login -> place.equals(login.place()) || place.startsWith(login.place() + "/"))
                .map(Login::authorization)
                .findFirst();
    }

    private void read(ObjectNode secret, String key, boolean nested) {
        try {
            byte[] bytes =
                    Base64.getDecoder().decode(secret.path("data").path(key).asText());
            JsonNode config = Json.read(bytes);
            (nested ? config.path("auths") : config)
                    .properties()
                    .forEach(entry -> add(entry.getKey(), entry.getValue()));
        } catch (IOException | IllegalArgumentException e) {
            // The importer goes on with the other secrets; the missing login shows as Unauthorized.
        }
    }

    private void add(String key, JsonNode login) {
        String place =
                key.replaceFirst("^https?://", "").replaceFirst("/v[12]/?$", "").replaceFirst("/$", "");
        String auth = login.path("auth").asText();
        if (auth.isEmpty()) {
            String pair = login.path("username").asText() + ":"
                    + login.path("password").asText();
            auth = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }
        logins.add(new Login("index.docker.io".equals(place) ? "registry-1.docker.io" : place, "Basic " + auth));
    }
}
