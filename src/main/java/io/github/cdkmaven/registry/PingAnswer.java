package io.github.cdkmaven.registry;

import java.util.Optional;

/**
 * What came of greeting a registry.
 *
 * @param v2 whether it speaks the registry API, version 2
 * @param auth how it asks who we are
 * @param plainHttp whether it was reached without TLS
 * @param plainLogin whether user and password go to a server without TLS: the registry itself, or its token server
 * @param failure why it cannot be used, if so: not reached, not a registry, or the login refused
 */
public record PingAnswer(
        boolean v2, AuthScheme auth, boolean plainHttp, boolean plainLogin, Optional<RegistryFailure> failure) {

    static PingAnswer failed(RegistryFailure failure) {
        return new PingAnswer(false, AuthScheme.NONE, false, false, Optional.of(failure));
    }

    /** Whether images can be asked for. */
    public boolean ok() {
        return v2 && failure.isEmpty();
    }
}
