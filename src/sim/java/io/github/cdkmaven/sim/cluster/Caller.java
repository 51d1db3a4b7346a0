package io.github.cdkmaven.sim.cluster;

import java.util.List;

/**
 * Who sent a request, and how.
 *
 * @param user who it counts for; {@code system:anonymous} for nobody
 * @param groups that user's groups
 * @param credential what the sender showed
 * @param impersonator who sent it in that user's name; empty where nobody did
 * @param serverName the server name that TLS was asked for (SNI); empty where there was none
 * @param prefix the path before the API's own, as the sender used it
 */
public record Caller(
        String user,
        List<String> groups,
        Credential credential,
        String impersonator,
        String serverName,
        String prefix) {

    /** What a sender can show. */
    public enum Credential {
        NONE,
        TOKEN,
        CERTIFICATE
    }

    public Caller {
        groups = List.copyOf(groups);
    }
}
