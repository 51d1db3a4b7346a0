package io.github.cdkmaven.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A user of a registry and the password, as settings.xml had them; never shown.
 *
 * @param user the name, as it stands in {@code <username>}
 * @param password the decrypted password
 * @param server the id of the server in settings.xml, for messages
 */
public record Credentials(String user, String password, Optional<String> server) {

    /** Those of nobody knows which server. */
    public Credentials(String user, String password) {
        this(user, password, Optional.empty());
    }

    /** The value of an Authorization header for HTTP Basic. */
    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
    }

    /** The user as messages name it. */
    String words() {
        return "user '" + user + "'"
                + server.map(id -> " (server '" + id + "' in settings.xml)").orElse("");
    }

    /** Where the password stands. */
    String place() {
        return server.map(id -> "<server> '" + id + "' in settings.xml")
                .orElse("the registry's <server> in settings.xml");
    }

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
