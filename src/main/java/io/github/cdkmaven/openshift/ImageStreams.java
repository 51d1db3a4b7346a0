package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.problem.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads the ImageStreams of namespaces. */
final class ImageStreams {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private ImageStreams() {}

    static String path(String namespace) {
        return "/apis/image.openshift.io/v1/namespaces/" + namespace + "/imagestreams";
    }

    /** All streams of some namespaces, in the server's order. */
    static List<JsonNode> list(OpenShiftApi api, List<String> namespaces) {
        List<JsonNode> streams = new ArrayList<>();
        for (String namespace : namespaces) {
            ApiAnswer answer;
            try {
                answer = api.get(path(namespace), LIMIT);
            } catch (IOException e) {
                throw Unreachable.problem(api.access(), e).toException(e);
            }
            if (!answer.isSuccess() || !answer.body().path("items").isArray()) {
                throw Problem.of(
                                "The ImageStreams of namespace '" + namespace + "' could not be read.",
                                answer.status() == 403
                                        ? "log in as a user who may list imagestreams there, or leave the namespace out of <namespaces> (-Dcdk.namespaces)"
                                        : "look at 'minishift status' and 'minishift logs', and try again")
                        .with(answer.message())
                        .toException();
            }
            answer.body().path("items").forEach(streams::add);
        }
        return streams;
    }
}
