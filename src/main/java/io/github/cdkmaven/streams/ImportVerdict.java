package io.github.cdkmaven.streams;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.openshift.ApiAnswer;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.registry.Sha256;
import io.github.cdkmaven.report.Reason;
import java.util.Optional;

/**
 * What the server says became of one image of an import.
 *
 * @param digest the imported image, where it worked
 * @param reason why it did not
 * @param message the server's own words
 * @param again whether the same import may well work in a moment
 */
public record ImportVerdict(Optional<String> digest, Optional<Reason> reason, String message, boolean again) {

    private static final int LONGEST_MESSAGE = 1_000;

    /** Reads one entry of {@code status.images} of an ImageStreamImport. */
    public static ImportVerdict of(JsonNode image) {
        return refusal(image).orElseGet(() -> {
            String digest = image.path("image").path("metadata").path("name").asText();
            return Sha256.isName(digest)
                    ? new ImportVerdict(Optional.of(digest), Optional.empty(), "", false)
                    : failed(Reason.OTHER, "the server reported success, but no digest");
        });
    }

    /** The same for a tag, explained where what is missing is one image of its list. */
    static ImportVerdict of(JsonNode image, TagPlan tag) {
        ImportVerdict verdict = of(image);
        return verdict.isSuccess()
                ? verdict
                : new ImportVerdict(
                        verdict.digest(),
                        verdict.reason(),
                        MissingChild.explain(verdict.message(), tag),
                        verdict.again());
    }

    /** Why an image or a repository could not be read; empty if it could. */
    static Optional<ImportVerdict> refusal(JsonNode result) {
        JsonNode status = result.path("status");
        if (status.path("status").asText().equals("Success")) {
            return Optional.empty();
        }
        String message = ForeignText.line(status.path("message").asText("the server gave no reason"), LONGEST_MESSAGE);
        return Optional.of(
                failure(status.path("reason").asText(), status.path("code").asInt(), message));
    }

    /** A whole request that the server refused. */
    public static ImportVerdict refused(ApiAnswer answer) {
        return failure(answer.body().path("reason").asText(), answer.status(), answer.message());
    }

    /** A verdict that is ours and not the server's. */
    static ImportVerdict failed(Reason reason, String message) {
        return new ImportVerdict(Optional.empty(), Optional.of(reason), message, false);
    }

    private static ImportVerdict failure(String reason, int code, String message) {
        ServerMessage words = new ServerMessage(message);
        // A registry that says 503 to the greeting is "no v2 registry" to the importer, so that may pass too.
        boolean again = words.isPassing() || reason.equals("NotV2Registry");
        return new ImportVerdict(
                Optional.empty(),
                Optional.of(definite(reason, code)
                        .or(words::reason)
                        .orElse(
                                reason.equals("Invalid") || code == 422 || code == 400
                                        ? Reason.INVALID
                                        : Reason.OTHER)),
                message,
                again);
    }

    /** What OpenShift's own reason says where it is a clear one; {@code InternalError} and {@code Invalid} can be anything. */
    private static Optional<Reason> definite(String reason, int code) {
        return switch (reason) {
            case "NotV2Registry" -> Optional.of(Reason.UNREACHABLE);
            case "NotFound" -> Optional.of(Reason.NOT_FOUND);
            case "Unauthorized" -> Optional.of(Reason.UNAUTHORIZED);
            case "Forbidden" -> Optional.of(Reason.FORBIDDEN);
            case "Conflict" -> Optional.of(Reason.CONFLICT);
            case "Timeout", "ServerTimeout", "TooManyRequests", "ServiceUnavailable" -> Optional.of(Reason.TIMEOUT);
            default ->
                switch (code) {
                    case 401 -> Optional.of(Reason.UNAUTHORIZED);
                    case 403 -> Optional.of(Reason.FORBIDDEN);
                    case 404 -> Optional.of(Reason.NOT_FOUND);
                    case 409 -> Optional.of(Reason.CONFLICT);
                    case 429, 503 -> Optional.of(Reason.TIMEOUT);
                    default -> Optional.empty();
                };
        };
    }

    boolean isSuccess() {
        return digest.isPresent();
    }
}
