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

    /** Where user and password go; nowhere if nobody has to log in, or if the challenge says no usable address. */
    Optional<Origin> login() {
        return challenge.flatMap(wanted -> wanted.login(base));
    }

    AuthScheme auth() {
        return challenge.map(Challenge::auth).orElse(AuthScheme.NONE);
    }
}
