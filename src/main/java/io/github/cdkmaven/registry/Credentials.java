package io.github.cdkmaven.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A user of a registry and the password, as settings.xml had them; never shown.
 *
 * @param user the name, as it stands in {@code <username>}
 * @param password the decrypted password
 */
public record Credentials(String user, String password) {

    /** The value of an Authorization header for HTTP Basic. */
    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
