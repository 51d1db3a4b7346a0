package io.github.cdkmaven.sim.cluster;

import java.util.List;

/**
 * What a client certificate says of its owner.
 *
 * @param name the common name, which is the user's
 * @param organizations the user's groups
 */
record ClientIdentity(String name, List<String> organizations) {

    ClientIdentity {
        organizations = List.copyOf(organizations);
    }
}
