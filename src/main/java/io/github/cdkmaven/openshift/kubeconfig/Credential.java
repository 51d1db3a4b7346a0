package io.github.cdkmaven.openshift.kubeconfig;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.tls.HeaderValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a user shows to a cluster. As with {@code oc}, what a token file holds goes before a token, and both before what a plug-in gives.
 *
 * @param client certificate and key
 * @param token a bearer token
 * @param tokenFile a file that holds a bearer token, which somebody else replaces before it expires; read for each call
 * @param plugin a program that gives a token or a certificate
 */
public record Credential(
        Optional<ClientCertificate> client,
        Optional<String> token,
        Optional<Path> tokenFile,
        Optional<ExecPlugin> plugin) {

    /** Nobody's. */
    public static final Credential NONE =
            new Credential(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** A client certificate with its private key, both PEM. */
    public record ClientCertificate(String certificate, String key) {

        /** Never the key. */
        @Override
        public String toString() {
            return "client certificate";
        }
    }

    /** Whether nothing is shown. By its parts, since a JVM takes a twentieth of a second for the first two records that it compares. */
    boolean isNobodys() {
        return client.isEmpty() && token.isEmpty() && tokenFile.isEmpty() && plugin.isEmpty();
    }

    /** A token that stays as it is. */
    public static Credential of(String token) {
        return new Credential(Optional.empty(), Optional.of(token), Optional.empty(), Optional.empty());
    }

    /**
     * The token to send just now.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the file or the plug-in does not give it
     */
    public Optional<String> currentToken() {
        return tokenFile.isPresent()
                ? Optional.of(tokenIn(tokenFile.get()))
                : token.isPresent()
                        ? token
                        : plugin.flatMap(program -> program.credential().token());
    }

    /** The certificate to show just now. */
    public Optional<ClientCertificate> currentClient() {
        return client.or(() -> plugin.flatMap(program -> program.credential().client()));
    }

    private String tokenIn(Path file) {
        try {
            String text = Files.readString(file).strip();
            if (HeaderValue.isValid(text)) {
                return text;
            }
            throw unusable(file, "it does not contain a token").toException();
        } catch (IOException e) {
            return token.orElseThrow(
                    () -> unusable(file, "it cannot be read (" + e.getClass().getSimpleName() + ")")
                            .toException(e));
        }
    }

    private static Problem unusable(Path file, String why) {
        return Problem.of(
                "The token file " + file + " named in the kubeconfig provides no login: " + why + ".",
                "make sure that the file has been written, or log in with 'oc login' and name that kubeconfig: <kubeconfig> (-Dcdk.kubeconfig)");
    }

    /** Never a token or a key. */
    @Override
    public String toString() {
        return equals(NONE) ? "nobody" : "credential";
    }
}
