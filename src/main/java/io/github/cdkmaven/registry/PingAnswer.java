package io.github.cdkmaven.registry;

import java.util.Optional;

/**
 * What came of greeting a registry.
 *
 * @param v2 whether it surely speaks the registry API, version 2; without a failure, only the images can tell
 * @param answer how {@code /v2/} was answered, in words
 * @param auth how it asks who we are
 * @param plainHttp whether it was reached without TLS
 * @param plainLogin whether user and password go to a server without TLS: the registry itself, or its token server
 * @param dropped how the login was lost on the way, so that it is not proven
 * @param failure why it cannot be used, if so: not reached, not a registry, or the login refused
 */
public record PingAnswer(
        boolean v2,
        String answer,
        AuthScheme auth,
        boolean plainHttp,
        boolean plainLogin,
        Optional<RegistryFailure.DroppedLogin> dropped,
        Optional<RegistryFailure> failure) {

    static PingAnswer failed(RegistryFailure failure) {
        return new PingAnswer(false, "", AuthScheme.NONE, false, false, Optional.empty(), Optional.of(failure));
    }

    /** The same where a second answer leaves it to the images whether this is a registry. */
    PingAnswer doubtful(String second) {
        return new PingAnswer(false, second, auth, plainHttp, plainLogin, dropped, failure);
    }

    PingAnswer withFailure(RegistryFailure reason) {
        return new PingAnswer(v2, answer, auth, plainHttp, plainLogin, dropped, Optional.of(reason));
    }

    PingAnswer withDroppedLogin(RegistryFailure.DroppedLogin how) {
        return new PingAnswer(v2, answer, auth, plainHttp, plainLogin, Optional.of(how), failure);
    }

    /** Whether images can be asked for. */
    public boolean ok() {
        return v2 && failure.isEmpty();
    }
}
