package io.github.cdkmaven.sim.cluster.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.pull.PullLogin;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The registry logins in the pull secrets of one namespace. No service account has to link them (origin importer). */
public final class PullCredentials {

    private static final String EXCLUDED = "openshift.io/image.excludeSecret";

    private record Entry(String place, PullLogin login) {}

    private final List<Entry> entries = new ArrayList<>();

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
        entries.sort(
                Comparator.comparing((Entry entry) -> entry.place().length()).reversed());
    }

    /** The login for an address of a registry or of a token server, which needs an entry of its own (origin#9584). */
    public Optional<PullLogin> of(URI uri) {
        String authority = uri.getRawAuthority();
        boolean http = "http".equals(uri.getScheme());
        String path = uri.getRawPath().replaceFirst("^/(v[12]/)?", "");
        Optional<PullLogin> login = at(authority.contains(":") || !http ? authority : authority + ":80", path);
        String standardPort = http ? ":80" : ":443";
        return login.isEmpty() && authority.endsWith(standardPort)
                ? at(authority.substring(0, authority.length() - standardPort.length()), path)
                : login;
    }

    /** The longest entry wins. */
    private Optional<PullLogin> at(String authority, String path) {
        String place = authority + "/" + path;
        return entries.stream()
                .filter(entry -> place.equals(entry.place()) || place.startsWith(entry.place() + "/"))
                .map(Entry::login)
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
        String host = "index.docker.io".equals(place) ? "registry-1.docker.io" : place;
        String user = login.path("username").asText();
        String password = login.path("password").asText();
        Optional<PullLogin> named =
                user.isEmpty() || password.isEmpty() ? Optional.empty() : Optional.of(new PullLogin(user, password));
        PullLogin.ofAuth(login.path("auth").asText()).or(() -> named).ifPresent(found -> entries.add(new Entry(host, found)));
    }
}
