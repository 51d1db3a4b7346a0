package io.github.cdkmaven.streams;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.openshift.ApiAnswer;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.registry.Sha256;
import io.github.cdkmaven.report.Reason;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

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

    private static final Pattern HTTP_ONLY = Pattern.compile(
            "server gave http response to https client|http only and requires the insecure flag|oversized record");
    private static final Pattern TLS = Pattern.compile("x509|certificate|tls: ");
    private static final Pattern TIMEOUT =
            Pattern.compile("i/o timeout|deadline exceeded|timed out|client\\.timeout|handshake timeout");
    private static final Pattern DIAL =
            Pattern.compile("dial tcp|no such host|connection refused|no route to host|network is unreachable");
    private static final Pattern UNREACHABLE = Pattern.compile("connection reset|\\beof\\b|broken pipe");
    private static final Pattern FORBIDDEN = Pattern.compile("not allowed by whitelist|is forbidden|denied|forbidden:");
    // Something answers at the name, a proxy or a portal, but no registry: that is a matter of the way there.
    private static final Pattern NO_REGISTRY =
            Pattern.compile("does not support the v2|invalid character|error parsing http");
    private static final Pattern BUSY =
            Pattern.compile("toomanyrequests|too many requests|service unavailable|bad gateway|gateway time"
                    // A bare number may be a port or a tag: there are images with the tag v3.11.502.
                    + "|\\b(?:http status|status code|status|http):? (?:429|50[234])\\b");
    private static final Pattern PASSING =
            Pattern.compile("connection reset|broken pipe|\\beof\\b|i/o timeout|handshake timeout|temporary failure");

    /** Reads one entry of {@code status.images} of an ImageStreamImport. */
    public static ImportVerdict of(JsonNode image) {
        JsonNode status = image.path("status");
        if (status.path("status").asText().equals("Success")) {
            String digest = image.path("image").path("metadata").path("name").asText();
            return Sha256.isName(digest)
                    ? new ImportVerdict(Optional.of(digest), Optional.empty(), "", false)
                    : failed(Reason.OTHER, "the server calls it a success, and names no digest");
        }
        String message = ForeignText.line(status.path("message").asText("the server gave no reason"), LONGEST_MESSAGE);
        return failure(status.path("reason").asText(), status.path("code").asInt(), message);
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
        String text = message.toLowerCase(Locale.ROOT);
        // A registry that says 503 to the greeting is "no v2 registry" to the importer, so that may pass too.
        boolean again = BUSY.matcher(text).find() || PASSING.matcher(text).find() || reason.equals("NotV2Registry");
        return new ImportVerdict(Optional.empty(), Optional.of(reasonOf(reason, code, text)), message, again);
    }

    /** The message comes first where it tells more: nearly everything about the network is an {@code InternalError}. */
    private static Reason reasonOf(String reason, int code, String text) {
        if (HTTP_ONLY.matcher(text).find()) {
            return Reason.HTTP_ONLY;
        }
        if (BUSY.matcher(text).find() || code == 429 || code == 503) {
            return Reason.TIMEOUT;
        }
        if (reason.equals("NotV2Registry") || NO_REGISTRY.matcher(text).find()) {
            return Reason.UNREACHABLE;
        }
        if (reason.equals("NotFound") || code == 404) {
            return Reason.NOT_FOUND;
        }
        if (reason.equals("Unauthorized") || code == 401) {
            return Reason.UNAUTHORIZED;
        }
        if (reason.equals("Conflict") || code == 409) {
            return Reason.CONFLICT;
        }
        if (FORBIDDEN.matcher(text).find() || reason.equals("Forbidden") || code == 403) {
            return Reason.FORBIDDEN;
        }
        // Before the timeouts: who cannot be dialled in time, or has no name in time, will not be reached by waiting
        // longer.
        if (DIAL.matcher(text).find()) {
            return Reason.UNREACHABLE;
        }
        if (TIMEOUT.matcher(text).find() || reason.equals("Timeout")) {
            return Reason.TIMEOUT;
        }
        if (UNREACHABLE.matcher(text).find()) {
            return Reason.UNREACHABLE;
        }
        if (TLS.matcher(text).find()) {
            return Reason.TLS;
        }
        return reason.equals("Invalid") || code == 422 || code == 400 ? Reason.INVALID : Reason.OTHER;
    }

    boolean isSuccess() {
        return digest.isPresent();
    }
}
