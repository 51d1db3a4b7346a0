package io.github.cdkmaven.registry;

import io.github.cdkmaven.http.BodyTooLargeException;
import io.github.cdkmaven.problem.ForeignFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

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

    /**
     * What the network did.
     *
     * @throws UncheckedIOException if the answer came and could not be written to its file
     */
    static RegistryException of(Throwable cause, String host) {
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof UncheckedIOException local) {
                throw local;
            }
            if (inner instanceof BodyTooLargeException large) {
                return new RegistryException(new RegistryFailure.Broken(200, large.getMessage()), cause);
            }
            if (inner instanceof UnresolvedAddressException || inner instanceof UnknownHostException) {
                return new RegistryException(
                        new RegistryFailure.Unreachable("the name of " + host + " does not resolve"), cause);
            }
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return new RegistryException(
                    new RegistryFailure.Unreachable(host + " does not take the connection (timeout)"), cause);
        }
        if (cause instanceof ConnectException) {
            return new NotTls(new RegistryFailure.Unreachable(host + " refuses the connection"), cause);
        }
        if (cause instanceof SSLException tls) {
            if (TlsDiagnosis.notTls(tls)) {
                return new NotTls(new RegistryFailure.HttpOnly(host), tls);
            }
            if (TlsDiagnosis.cutOff(tls)) {
                return new NotTls(new RegistryFailure.Unreachable(host + " ended the TLS handshake"), tls);
            }
            return new RegistryException(TlsDiagnosis.of(tls, host), tls);
        }
        if (cause instanceof IOException) {
            return new ConnectionLost("the connection to " + host + " was lost: " + ForeignFailure.words(cause), cause);
        }
        return new RegistryException(
                new RegistryFailure.Unreachable(ForeignFailure.words(cause)), ForeignFailure.of(cause));
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
