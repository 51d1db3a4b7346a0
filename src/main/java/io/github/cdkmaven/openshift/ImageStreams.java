package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Retry.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads the ImageStreams of namespaces. */
public final class ImageStreams {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private ImageStreams() {}

    public static String path(String namespace) {
        return "/apis/image.openshift.io/v1/namespaces/" + namespace + "/imagestreams";
    }

    /** All streams of some namespaces, in the server's order. */
    public static List<JsonNode> list(OpenShiftApi api, List<String> namespaces) {
        List<JsonNode> streams = new ArrayList<>();
        each(api, namespaces, Pause.real(), streams::add);
        return streams;
    }

    /** Hands all streams of some namespaces on, in the server's order, and keeps none of them. */
    public static void each(OpenShiftApi api, List<String> namespaces, Pause pause, Consumer<JsonNode> stream) {
        for (String namespace : namespaces) {
            read(api, path(namespace), "The ImageStreams of namespace '" + namespace + "'", pause, stream);
        }
    }

    /** All streams of all namespaces. */
    static List<JsonNode> everywhere(OpenShiftApi api) {
        List<JsonNode> streams = new ArrayList<>();
        read(
                api,
                "/apis/image.openshift.io/v1/imagestreams",
                "The ImageStreams of all namespaces",
                Pause.real(),
                streams::add);
        return streams;
    }

    private static void read(OpenShiftApi api, String path, String what, Pause pause, Consumer<JsonNode> stream) {
        ApiAnswer answer;
        try {
            answer = OpenShiftApi.ask(pause, () -> api.list(path, LIMIT, stream));
        } catch (IOException e) {
            throw Unreachable.problem(api.access(), e).toException(e);
        }
        if (!answer.isSuccess() || !answer.body().path("items").isArray()) {
            throw Problem.of(what + " could not be read.", advice(answer.status()))
                    .with(answer.message())
                    .toException();
        }
    }

    private static String advice(int status) {
        return switch (status) {
            case 401 -> Unreachable.LOG_IN;
            case 403 ->
                "log in as a user who may list imagestreams there, or leave the namespace out of <namespaces> (-Dcdk.namespaces)";
            default -> "look at the cluster ('minishift status' and 'minishift logs' for a CDK), and try again";
        };
    }
}
