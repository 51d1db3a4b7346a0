package io.github.cdkmaven.registry;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Why a registry gave no answer about an image. */
public sealed interface RegistryFailure extends ManifestAnswer
        permits RegistryFailure.Unauthorized,
                RegistryFailure.TokenServer,
                RegistryFailure.DroppedLogin,
                RegistryFailure.ByProxy,
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
     * @param words who wants what
     * @param fix what helps
     */
    record Unauthorized(String words, String fix) implements RegistryFailure {

        /** Nobody was named, and somebody has to be. */
        static Unauthorized nobody(String reason) {
            return new Unauthorized(
                    "the registry requires a login: " + reason,
                    "Put a <server> with user and password into settings.xml and name its id in <registryServerId> "
                            + "(-Dcdk.registryServerId=…).");
        }

        /**
         * The user or the password is wrong.
         *
         * @param by the registry, or its token server
         * @param reason what it said
         */
        static Unauthorized refused(String by, Credentials who, String reason) {
            boolean expired = reason.toLowerCase(Locale.ROOT).contains("expired");
            return new Unauthorized(
                    by + " refused " + who.words() + ": " + reason,
                    expired
                            ? "Renew the password of " + who.place()
                                    + ": it is a token that expires, as issued by cloud registries."
                            : "Correct user and password of " + who.place()
                                    + ", or name another server in <registryServerId> (-Dcdk.registryServerId=…).");
        }

        /** A 401 that does not say how to log in, by which no client can. */
        static Unauthorized withoutChallenge(String host) {
            return new Unauthorized(
                    host + " requires a login but does not say how: its 401 has no WWW-Authenticate header",
                    "Ask the registry's team for that header; a proxy in front of the registry may have dropped it.");
        }

        /** A login in a way that neither this client nor docker nor OpenShift knows. */
        static Unauthorized unknownScheme(String host, String scheme) {
            return new Unauthorized(
                    host + " requires a login by '" + scheme + "' alone, which neither docker nor OpenShift supports",
                    "Ask the registry's team to offer Basic, or a token (Bearer) with a realm, in WWW-Authenticate of /v2/.");
        }

        /** A password that was kept back. */
        static Unauthorized inTheOpen(String registry, String server) {
            return new Unauthorized(
                    "the token server " + server + ", which " + registry
                            + " names as its realm, speaks plain HTTP, so the password was not sent",
                    "Ask the registry's team for a realm with https; <registryInsecure>true</registryInsecure>"
                            + " (-Dcdk.registryInsecure=true) sends the password over plain HTTP.");
        }
    }

    /**
     * The server that hands out tokens failed, not the registry that names it.
     *
     * @param registry who names it
     * @param server where it is
     * @param cause what happened
     */
    record TokenServer(String registry, String server, RegistryFailure cause) implements RegistryFailure {

        @Override
        public String words() {
            return "the token server " + server + ", which " + registry + " names as its realm, failed: "
                    + cause.words();
        }

        @Override
        public String fix() {
            return cause instanceof Tls || cause instanceof ByProxy
                    ? cause.fix()
                    : "Ask the registry's team whether " + server
                            + " is its token server and is up; this machine, the VM and OpenShift have to reach it.";
        }
    }

    /**
     * The token server redirects to another address, and no client takes a password along (RFC 6454): what comes back is a stranger's.
     *
     * @param registry who names it
     * @param server the token server, as {@code scheme://host[:port]}
     */
    record DroppedLogin(String registry, String server) implements RegistryFailure {

        @Override
        public String words() {
            return "the login is not proven: the token server " + server + ", which " + registry
                    + " names as its realm, redirects to another address, and the password is not sent there,"
                    + " so images are pulled anonymously";
        }

        @Override
        public String fix() {
            return "Ask the registry's team to name the address that " + server
                    + " redirects to as its realm (WWW-Authenticate of /v2/): docker and OpenShift drop the password as well.";
        }
    }

    /**
     * The proxy that this JVM was told to use gave no connection.
     *
     * @param proxy where it is
     * @param host what was asked for
     * @param reason what it did
     */
    record ByProxy(String proxy, String host, String reason) implements RegistryFailure {

        @Override
        public String words() {
            return "the proxy " + proxy + " of this JVM does not connect to " + host + ": " + reason;
        }

        @Override
        public String fix() {
            return "Bypass the proxy for the registry: add " + host.replaceFirst(":\\d+$", "")
                    + " to -Dhttp.nonProxyHosts=…, in .mvn/jvm.config or MAVEN_OPTS; or let the proxy allow it.";
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
            return "the registry redirects to a host that requires a login of its own: from " + from + " to " + to
                    + ", to which user and password were not sent";
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
            return "the registry receives too many requests (429)"
                    + retryAfter
                            .map(wait -> ", and asks to wait " + wait.toSeconds() + " s")
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
            return "Check the registry's log, and whether a proxy answers instead.";
        }
    }
}
