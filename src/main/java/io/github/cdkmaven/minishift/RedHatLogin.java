package io.github.cdkmaven.minishift;

import java.util.Map;

/**
 * The user with whom the VM's RHEL is registered. Always both parts: with a user alone minishift asks for the password without end.
 *
 * @param user the user at Red Hat
 * @param password the password
 */
public record RedHatLogin(String user, String password) {

    /** By environment, since flags can be seen by everybody in the list of processes. */
    Map<String, String> toEnvironment() {
        return Map.of("MINISHIFT_USERNAME", user, "MINISHIFT_PASSWORD", password);
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "a login";
    }
}
