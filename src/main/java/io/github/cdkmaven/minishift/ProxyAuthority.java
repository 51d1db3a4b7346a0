package io.github.cdkmaven.minishift;

import io.github.cdkmaven.registry.Sha256;
import io.github.cdkmaven.report.Check;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the certificate authority that minishift 1.25 and newer add to the VM's trusted ones at every start, proxy or not: its private key is
 * in minishift's public source ({@code pkg/minishift/tls/customca.go}), so that anybody can make certificates that the VM trusts.
 *
 * @param fingerprint its SHA-256 fingerprint
 */
record ProxyAuthority(String fingerprint) {

    /** The one that minishift 1.25.0 to 1.34.3 add. */
    static final ProxyAuthority OF_MINISHIFT =
            new ProxyAuthority("8fb849e407904aafa8a960a91f67fadca855f000cf505c0e33543189b2e64c15");

    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----");

    /** A warning if it is among the trusted ones. */
    Optional<Check> find(String authorities) {
        return CERTIFICATE
                .matcher(authorities)
                .results()
                .map(certificate -> Sha256.of(Base64.getMimeDecoder().decode(certificate.group(1))))
                .filter(("sha256:" + fingerprint)::equals)
                .findFirst()
                .map(found -> warning());
    }

    private Check warning() {
        return Check.warn(
                "verify.authority",
                "the VM",
                "The VM trusts the proxy CA that is built into minishift, whose private key is public: anyone who can come between"
                        + " the VM and a server can pose as that server. SHA-256 fingerprint " + fingerprint + ".",
                "no setting removes it: make sure that nobody can come between the VM and its servers; 'update-ca-trust extract' in the VM removes it,"
                        + " but the next start of the VM adds it again");
    }
}
