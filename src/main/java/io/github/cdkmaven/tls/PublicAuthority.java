package io.github.cdkmaven.tls;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Tells certificates of public authorities from those of a company's own.
 *
 * <p>Whether this JVM trusts an authority does not show it: a company may have added its own to that store. But every certificate of a public
 * authority names a policy of the CA/Browser Forum (Baseline Requirements, 7.1.6.1), and a company's does not.
 */
public final class PublicAuthority {

    private static final String POLICIES = "2.5.29.32";

    /** As DER writes 2.23.140.1.1 (extended validation), and begins 2.23.140.1.2.1 to 3 (domain, organization, person). */
    private static final List<String> RESERVED =
            List.of("\u0006\u0005\u0067\u0081\u000c\u0001\u0001", "\u0006\u0006\u0067\u0081\u000c\u0001\u0002");

    private PublicAuthority() {}

    /** Whether a server's certificate is of a public authority. */
    public static boolean issued(X509Certificate server) {
        byte[] policies = server.getExtensionValue(POLICIES);
        return policies != null
                && RESERVED.stream().anyMatch(new String(policies, StandardCharsets.ISO_8859_1)::contains);
    }
}
