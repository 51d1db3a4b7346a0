package io.github.cdkmaven.registry;

/** Why a TLS handshake with a registry fails, and what helps. */
public enum TlsReason {
    /** An authority signed that this JVM does not know: the usual case in a company. */
    UNKNOWN_AUTHORITY(
            "Ask the registry's team for that authority's certificate as a PEM file, and name the file in <registryCa>"
                    + " (-Dcdk.registryCa=…)."),
    /** An authority was given, and between it and the server's certificate one is missing. */
    CHAIN_INCOMPLETE(
            "Let the registry send the intermediate certificate along with its own (docker and OpenShift need it as"
                    + " well), or add the certificate of the authority that signed to the PEM file of <registryCa> (-Dcdk.registryCa=…)."),
    /** The authority was given with another key: it has been renewed, or is another company's of the same name. */
    OTHER_KEY("Put the authority's current certificate into the PEM file of <registryCa> (-Dcdk.registryCa=…)."),
    /** The certificate's time is over. */
    EXPIRED("Ask the registry's team for a new certificate; until then <registryInsecure>true</registryInsecure> "
            + "(-Dcdk.registryInsecure=true) accepts the old one."),
    /** The certificate's time has not begun. */
    NOT_YET_VALID("Check the clock of this machine; if it is right, the registry's certificate is wrong."),
    /** The certificate is for other names. */
    WRONG_HOST("Name the registry in <registry> (-Dcdk.registry=…) as its certificate does, or ask for a certificate "
            + "with this name."),
    /** The registry wants a certificate of the client, which this plugin does not have. */
    CLIENT_CERTIFICATE("Client certificates (mTLS) are not supported by docker options nor by the importer: ask the"
            + " registry's team for an address that accepts user and password."),
    /** Protocol versions or ciphers do not meet. */
    PROTOCOL("The registry offers only TLS versions or ciphers that this JVM refuses: update its TLS configuration."),
    /** Anything else. */
    OTHER("Look at the registry's certificate: `openssl s_client -connect HOST:PORT`.");

    private final String fix;

    TlsReason(String fix) {
        this.fix = fix;
    }

    /** What the user can do. */
    public String fix() {
        return fix;
    }
}
