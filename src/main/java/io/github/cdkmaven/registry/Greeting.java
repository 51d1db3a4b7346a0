package io.github.cdkmaven.registry;

import java.net.URI;
import java.util.Optional;

/**
 * What the first contact with a registry taught.
 *
 * @param base scheme and host
 * @param status what {@code GET /v2/} was answered with
 * @param registry whether the answer looks like a registry's
 * @param challenge what it asks strangers for
 */
record Greeting(URI base, int status, boolean registry, Optional<Challenge> challenge) {

    boolean plainHttp() {
        return "http".equals(base.getScheme());
    }

    AuthScheme auth() {
        return challenge.map(Challenge::auth).orElse(AuthScheme.NONE);
    }
}
