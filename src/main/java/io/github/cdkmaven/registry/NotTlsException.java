package io.github.cdkmaven.registry;

/** TLS could not begin: the port is closed, or something else is spoken there; plain HTTP may be. */
final class NotTlsException extends RegistryException {

    private static final long serialVersionUID = 1L;

    NotTlsException(RegistryFailure failure, Throwable cause) {
        super(failure, cause);
    }
}
