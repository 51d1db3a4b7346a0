package io.github.cdkmaven.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.process.Retry;
import io.github.cdkmaven.process.Secrets;
import java.io.IOException;
import java.net.http.HttpResponse;

/**
 * The reasons that a registry writes into the body of an error: {@code {"errors":[{"code":…,"message":…}]}}.
 *
 * @param code the first error's code, empty if the body is of another kind
 * @param message the first error's message
 */
record ErrorResponse(String code, String message) {

    private static final int LONGEST_MESSAGE = 200;

    static ErrorResponse of(HttpResponse<byte[]> response) {
        JsonNode first = MissingNode.getInstance();
        try {
            first = JsonTree.read(response.body()).path("errors").path(0);
        } catch (IOException e) {
            // No JSON: a proxy's page. The status has to do.
        }
        // Before it is cut, so that no half of a secret is left.
        String message = Secrets.ofAuthorization(response.request().headers().firstValue("Authorization"))
                .mask(first.path("message").asText(""));
        return new ErrorResponse(first.path("code").asText(""), ForeignText.line(message, LONGEST_MESSAGE));
    }

    /** What an answer that is neither 200 nor a redirect means. */
    static ManifestAnswer answer(HttpResponse<byte[]> response) {
        ErrorResponse error = of(response);
        int status = response.statusCode();
        return switch (status) {
            case 401 -> unauthorized(response, error);
            case 403 -> new RegistryFailure.Forbidden(error.message());
            case 404 -> new ManifestAnswer.Missing(error.kind());
            case 429 -> new RegistryFailure.Throttled(Retry.after(response.headers()));
            default -> new RegistryFailure.Broken(status, error.orElse("an error of the registry or of a proxy"));
        };
    }

    private static RegistryFailure unauthorized(HttpResponse<byte[]> response, ErrorResponse error) {
        return response.request().headers().firstValue("Authorization").isPresent()
                ? new RegistryFailure.Unauthorized(
                        "the registry refuses its login: " + error.orElse("401"),
                        "Correct user and password of the registry's <server> in settings.xml (<registryServerId>,"
                                + " -Dcdk.registryServerId=…), or let that user pull the image.")
                : RegistryFailure.Unauthorized.nobody(error.orElse("it got none"));
    }

    private ManifestAnswer.Missing.Kind kind() {
        return switch (code) {
            case "NAME_UNKNOWN", "NAME_INVALID" -> ManifestAnswer.Missing.Kind.NAME_UNKNOWN;
            case "" -> ManifestAnswer.Missing.Kind.NO_BODY;
            default -> ManifestAnswer.Missing.Kind.MANIFEST_UNKNOWN;
        };
    }

    /** The message, or something else where there is none. */
    String orElse(String other) {
        return message.isEmpty() ? other : message;
    }
}
