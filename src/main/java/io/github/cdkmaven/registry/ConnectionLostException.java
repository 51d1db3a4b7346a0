package io.github.cdkmaven.registry;

/** A connection that ended before the answer was complete; asking again may help. */
final class ConnectionLostException extends RegistryException {

    private static final long serialVersionUID = 1L;

    ConnectionLostException(String reason, Throwable cause) {
        super(new RegistryFailure.Unreachable(reason), cause);
    }
}
