package io.github.cdkmaven.sim.cluster;

import java.util.List;

/**
 * Who sends a request.
 *
 * @param name as in {@code users/~}
 * @param groups the groups that came with the credentials
 */
record User(String name, List<String> groups) {

    static final User ANONYMOUS = new User("system:anonymous", List.of("system:unauthenticated"));
    static final String SYSTEM_ADMIN = "system:admin";

    /** Who a client certificate of {@code system:admin}, or impersonating it, makes somebody. */
    static User systemAdmin() {
        return new User(SYSTEM_ADMIN, List.of("system:authenticated", "system:cluster-admins", "system:masters"));
    }

    /** Somebody who logged in. */
    static User named(String name) {
        return new User(name, List.of("system:authenticated", "system:authenticated:oauth"));
    }

    boolean isAnonymous() {
        return ANONYMOUS.equals(this);
    }
}
