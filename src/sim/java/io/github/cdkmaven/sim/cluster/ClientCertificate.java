package io.github.cdkmaven.sim.cluster;

/**
 * A client certificate of the cluster's, for a kubeconfig.
 *
 * @param certificate PEM
 * @param key PEM
 */
public record ClientCertificate(String certificate, String key) {

    /** How a key is written down. */
    public enum KeyForm {
        /** {@code BEGIN RSA PRIVATE KEY}. */
        PKCS1,
        /** {@code BEGIN PRIVATE KEY} around an RSA key. */
        PKCS8_RSA,
        /** {@code BEGIN PRIVATE KEY} around an elliptic key. */
        PKCS8_EC,
        /** {@code BEGIN EC PRIVATE KEY}. */
        SEC1;

        boolean isElliptic() {
            return this == PKCS8_EC || this == SEC1;
        }
    }
}
