package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.process.Retry;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/**
 * One answer of the API.
 *
 * @param status the HTTP status
 * @param headers the answer's headers
 * @param body the body as JSON; missing when it was none
 * @param text the start of a body that was no JSON
 */
public record ApiAnswer(int status, HttpHeaders headers, JsonNode body, String text) {

    /** The importer's longest ones name a whitelist of some registries. */
    private static final int LONGEST_MESSAGE = 1_000;

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** Whether the request did what it was to do. For an import that still says nothing of its tags. */
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /** Whether the same request may well succeed in a moment: too many requests, or somebody in between is not ready. */
    public boolean isTransient() {
        return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
    }

    /** What the server says for itself. */
    public String message() {
        String message = ForeignText.line(body.path("message").asText(""), LONGEST_MESSAGE);
        return message.isEmpty() ? ("HTTP status " + status + (text.isBlank() ? "" : ": " + text)) : message;
    }

    /** How long the server wants to be left alone, at most a minute. */
    public Optional<Duration> retryAfter() {
        return Retry.after(headers).map(wait -> wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
    }
}
