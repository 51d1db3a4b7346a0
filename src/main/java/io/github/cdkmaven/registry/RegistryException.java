package io.github.cdkmaven.registry;

import java.io.IOException;

/** A manifest or a blob could not be fetched. Its message is {@link ManifestAnswer#words()}, after the registry's name where a client throws it. */
public class RegistryException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient ManifestAnswer answer;

    public RegistryException(ManifestAnswer answer) {
        super(answer.words());
        this.answer = answer;
    }

    public RegistryException(ManifestAnswer answer, Throwable cause) {
        super(answer.words(), cause);
        this.answer = answer;
    }

    private RegistryException(String message, ManifestAnswer answer, Throwable cause) {
        super(message, cause);
        this.answer = answer;
    }

    /** This thread was interrupted while it waited for an answer. */
    static RegistryException interrupted(Exception cause) {
        return new RegistryException(new RegistryFailure.Unreachable("interrupted"), cause);
    }

    /** The same, with the registry's name in the message. */
    RegistryException of(String host) {
        return new RegistryException(host + ": " + getMessage(), answer, this);
    }

    /** Why. */
    public ManifestAnswer answer() {
        return answer;
    }

    /** The failure, where the answer is one; else an odd answer where none was possible. */
    RegistryFailure failure() {
        return answer instanceof RegistryFailure failure ? failure : new RegistryFailure.Broken(0, answer.words());
    }

    /** TLS could not begin: the port is closed, or something else is spoken there; plain HTTP may be. */
    static final class NotTls extends RegistryException {

        private static final long serialVersionUID = 1L;

        NotTls(RegistryFailure failure, Throwable cause) {
            super(failure, cause);
        }
    }

    /** A connection ended before the answer was complete; asking again may help. */
    static final class ConnectionLost extends RegistryException {

        private static final long serialVersionUID = 1L;

        ConnectionLost(String reason, Throwable cause) {
            super(new RegistryFailure.Unreachable(reason), cause);
        }
    }
}
