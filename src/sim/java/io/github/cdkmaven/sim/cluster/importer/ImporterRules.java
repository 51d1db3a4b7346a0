package io.github.cdkmaven.sim.cluster.importer;

import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.image.DockerReference;
import io.github.cdkmaven.sim.cluster.importer.ImporterFailure.Kind;

/**
 * What the importers of OpenShift's versions do differently.
 *
 * @param retriesAnonymously whether a missing or refused login is followed by an attempt without
 * @param readsLists whether manifest lists are taken apart
 * @param readsOci whether OCI manifests and indexes are read
 * @param isFour whether failures and images are told in the words of OpenShift 4
 */
public record ImporterRules(boolean retriesAnonymously, boolean readsLists, boolean readsOci, boolean isFour) {

    /** A failure in the API server's words (origin {@code pkg/image/importer/importer.go}). */
    ApiException about(DockerReference reference, ImporterFailure failure) {
        String image = "\"" + reference.exact() + "\"";
        String noAccess =
                "you may not have access to the " + (isFour ? "container" : "Docker") + " image " + image;
        return switch (failure.kind()) {
            case OTHER -> ApiException.internal(text(reference, failure));
            case NOT_FOUND -> ApiException.notFound(ApiException.IMAGE_GROUP, "dockerimage", reference.exact());
            case UNAUTHORIZED -> ApiException.unauthorized(noAccess);
            case NO_CREDENTIALS ->
                ApiException.unauthorized(noAccess + " and did not have credentials to the repository");
            case WRONG_PASSWORD ->
                ApiException.unauthorized(isFour ? noAccess : "incorrect username or password for image " + image);
            case NOT_V2 -> ApiException.of(403, "NotV2Registry", String.valueOf(failure.getMessage()));
        };
    }

    /** A failure as one of several, when mirrors were asked too: its reason is lost. */
    String text(DockerReference reference, ImporterFailure failure) {
        if (failure.kind() != Kind.OTHER) {
            return String.valueOf(about(reference, failure).getMessage());
        }
        String message = String.valueOf(failure.getMessage());
        return isFour
                ? reference.exact() + ": " + message.replace(" x509: ", " tls: failed to verify certificate: x509: ")
                : message;
    }

    /** The version of {@code dockerImageMetadata}, with its group where this version shows one. */
    String imageMetadataVersion() {
        return isFour ? ApiException.IMAGE_GROUP + "/1.0" : "1.0";
    }
}
