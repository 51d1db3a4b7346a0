package io.github.cdkmaven.sim.cluster;

import java.util.ArrayList;
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

    /** Who impersonating {@code system:admin} makes somebody on OpenShift 3. */
    static User systemAdmin() {
        return new User(SYSTEM_ADMIN, List.of("system:authenticated", "system:cluster-admins", "system:masters"));
    }

    /** Somebody whose groups are known, beside the one of all who are. */
    static User of(String name, List<String> groups) {
        List<String> all = new ArrayList<>(groups);
        all.add("system:authenticated");
        return new User(name, List.copyOf(all));
    }

    /** Somebody who logged in. */
    static User named(String name) {
        return named(name, List.of());
    }

    /** Somebody who logged in, with groups of the cluster's. */
    static User named(String name, List<String> groups) {
        List<String> all = new ArrayList<>(groups);
        all.add("system:authenticated:oauth");
        return of(name, all);
    }

    boolean isAnonymous() {
        return ANONYMOUS.equals(this);
    }

    /** As the API lists them. */
    List<String> sortedGroups() {
        return groups.stream().sorted().toList();
    }
}
