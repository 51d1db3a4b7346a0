package io.github.cdkmaven.registry;

import java.time.Duration;
import java.util.Optional;

/** Why a registry gave no answer about an image. */
public sealed interface RegistryFailure extends ManifestAnswer
        permits RegistryFailure.Unauthorized,
                RegistryFailure.Forbidden,
                RegistryFailure.RedirectedLogin,
                RegistryFailure.Throttled,
                RegistryFailure.Tls,
                RegistryFailure.HttpOnly,
                RegistryFailure.Unreachable,
                RegistryFailure.Broken {

    /**
     * 401: it wants a user, or another one.
     *
     * @param reason what it wanted, in words
     */
    record Unauthorized(String reason) implements RegistryFailure {

        @Override
        public String words() {
            return "the registry wants a login: " + reason;
        }

        @Override
        public String fix() {
            return "Put a <server> with user and password into settings.xml and name its id in <registryServerId> "
                    + "(-Dcdk.registryServerId=…).";
        }
    }

    /** 403: it knows who asks, and refuses. */
    record Forbidden(String reason) implements RegistryFailure {

        @Override
        public String words() {
            return "the registry refuses access" + (reason.isEmpty() ? "" : ": " + reason);
        }

        @Override
        public String fix() {
            return "Ask the registry's team to let this user pull the image.";
        }
    }

    /**
     * 401 of another server, to which the registry, or its token server, redirects.
     *
     * @param from the server that was asked, as {@code scheme://host[:port]}
     * @param to the one that wants a login
     */
    record RedirectedLogin(String from, String to) implements RegistryFailure {

        @Override
        public String words() {
            return "the registry redirects to a host that wants a login of its own: from " + from + " to " + to
                    + ", which was sent no user and no password";
        }

        @Override
        public String fix() {
            return "If " + to
                    + " is the registry's own address, name it in <registry> (-Dcdk.registry=…); otherwise ask the"
                    + " registry's team to serve images without such a redirect.";
        }
    }

    /**
     * 429, again and again.
     *
     * @param retryAfter when it wants to be asked again, where it said so
     */
    record Throttled(Optional<Duration> retryAfter) implements RegistryFailure {

        @Override
        public String words() {
            return "the registry is asked too often (429)"
                    + retryAfter
                            .map(wait -> ", it wants " + wait.toSeconds() + " s of rest")
                            .orElse("");
        }

        @Override
        public String fix() {
            return "Lower <importParallelism> (-Dcdk.importParallelism=…) or try again later.";
        }
    }

    /**
     * The TLS handshake failed.
     *
     * @param reason what kind of failure
     * @param detail the certificate's own words: issuer, date, names
     */
    record Tls(TlsReason reason, String detail) implements RegistryFailure {

        @Override
        public String words() {
            return detail;
        }

        @Override
        public String fix() {
            return reason.fix();
        }
    }

    /** It speaks plain HTTP where TLS was expected. */
    record HttpOnly(String host) implements RegistryFailure {

        @Override
        public String words() {
            return host + " speaks plain HTTP, not TLS";
        }

        @Override
        public String fix() {
            return "Name the registry's TLS port in <registry>, or accept plain HTTP with "
                    + "<registryInsecure>true</registryInsecure> (-Dcdk.registryInsecure=true).";
        }
    }

    /** No answer at all: name, network, time. */
    record Unreachable(String reason) implements RegistryFailure {

        @Override
        public String words() {
            return "no answer: " + reason;
        }

        @Override
        public String fix() {
            return "Check <registry> (-Dcdk.registry=…), the network, and <registryTimeout>.";
        }
    }

    /**
     * An answer that no registry should give.
     *
     * @param status the HTTP status
     * @param reason what was wrong, in words
     */
    record Broken(int status, String reason) implements RegistryFailure {

        @Override
        public String words() {
            return "unusable answer (" + status + "): " + reason;
        }

        @Override
        public String fix() {
            return "Look at the registry's log, and whether a proxy answers in its place.";
        }
    }
}
