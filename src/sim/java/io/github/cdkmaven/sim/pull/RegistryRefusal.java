package io.github.cdkmaven.sim.pull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/**
 * What docker/distribution's client makes of an answer that is no success.
 *
 * @param code the registry's code, such as {@code MANIFEST_UNKNOWN}; empty for an answer that holds none
 * @param text what it says
 */
public record RegistryRefusal(int status, String code, String text) {

    /** The messages that belong to a code; one that says only this is left out (captured: {@code unauthorized}, {@code name invalid}). */
    private static final Map<String, String> STANDARD = Map.of(
            "UNAUTHORIZED", "authentication required",
            "DENIED", "requested access to the resource is denied",
            "NAME_INVALID", "invalid repository name",
            "NAME_UNKNOWN", "repository name not known to registry",
            "MANIFEST_UNKNOWN", "manifest unknown",
            "BLOB_UNKNOWN", "blob unknown to registry",
            "UNSUPPORTED", "The operation is unsupported.",
            "TOOMANYREQUESTS", "too many requests");

    public static RegistryRefusal of(HttpAnswer answer) {
        int status = answer.status();
        if (status / 100 != 4) {
            return new RegistryRefusal(
                    status, "", "received unexpected HTTP status: " + (status + " " + phrase(status)).strip());
        }
        JsonNode error = answer.json().path("errors").path(0);
        String code = error.path("code").asText();
        if (!code.isEmpty()) {
            return new RegistryRefusal(status, code, text(code, error));
        }
        if (status == 401) {
            String details = answer.json().path("details").asText();
            String said = details.isEmpty() ? STANDARD.get("UNAUTHORIZED") : details;
            return new RegistryRefusal(status, "UNAUTHORIZED", "unauthorized: " + said);
        }
        return new RegistryRefusal(
                status,
                "",
                "error parsing HTTP " + status + " response body: " + unreadable(answer) + ": \"" + answer.text() + '"');
    }

    private static String text(String code, JsonNode error) {
        String message = error.path("message").asText();
        String name = code.toLowerCase(Locale.ROOT).replace('_', ' ');
        boolean plain = message.isEmpty() || message.equals(STANDARD.get(code));
        return plain && error.path("detail").isMissingNode() ? name : name + ": " + message;
    }

    /** What Go's JSON reader says of a body that is no JSON. */
    static String unreadable(HttpAnswer answer) {
        String text = answer.text().strip();
        return text.isEmpty()
                ? "unexpected end of JSON input"
                : "invalid character '" + text.charAt(0) + "' looking for beginning of value";
    }

    private static String phrase(int status) {
        return switch (status) {
            case 307 -> "Temporary Redirect";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "";
        };
    }
}
