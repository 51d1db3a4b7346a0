package io.github.cdkmaven.sim.pull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A registry login as a docker configuration or a pull secret holds it. */
public record PullLogin(String user, String password) {

    /** Reads the {@code auth} of a docker configuration; empty where it is none, or where one half is missing. */
    public static Optional<PullLogin> ofAuth(String auth) {
        try {
            String pair = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon > 0 && colon + 1 < pair.length()
                    ? Optional.of(new PullLogin(pair.substring(0, colon), pair.substring(colon + 1)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The {@code auth} of a docker configuration. */
    public String auth() {
        return Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return user;
    }
}
