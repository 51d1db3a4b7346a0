package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Retry.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * As whom one is logged in to a cluster, and what the cluster is.
 *
 * @param user the user's name; {@code kube:admin} and {@code system:admin} are no users that the cluster keeps, but have one; absent where the
 *     cluster keeps no users
 * @param version OpenShift's version, such as {@code v3.11.0} or {@code 4.19.0}; absent where the cluster does not tell it this user
 * @param kubernetes the version of Kubernetes, such as {@code v1.32.13}, where OpenShift's is not told
 */
public record ClusterFacts(Optional<String> user, Optional<String> version, Optional<String> kubernetes) {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ANONYMOUS = "system:anonymous";

    /**
     * Asks a cluster, one question after the other: a connection of its own would cost each as much time as three questions.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it cannot be asked, or if nobody is logged in
     */
    public static ClusterFacts of(OpenShiftApi api) {
        Optional<String> user = user(api);
        Optional<String> three = version3(api);
        Optional<String> version = three.isPresent() ? three : version4(api);
        Optional<String> kubernetes = version.isPresent() ? Optional.empty() : gitVersion(get(api, "/version"));
        return new ClusterFacts(user, version, kubernetes);
    }

    /** The version in words, as far as it is told. */
    public String words() {
        return version.map(number -> "OpenShift " + number)
                .or(() -> kubernetes.map(number -> "an OpenShift on Kubernetes " + number))
                .orElse("an OpenShift");
    }

    private static Optional<String> user(OpenShiftApi api) {
        ApiAnswer answer = get(api, "/apis/user.openshift.io/v1/users/~");
        if (answer.status() == 401) {
            throw Problem.of("The login to " + api.access().server() + " is not valid.", Unreachable.LOG_IN)
                    .with(answer.message())
                    .toException();
        }
        if (answer.status() == 403 && answer.message().contains(ANONYMOUS)) {
            throw Problem.of("Nobody is logged in to " + api.access().server() + ".", Unreachable.LOG_IN)
                    .with(answer.message())
                    .toException();
        }
        return text(answer.body().path("metadata").path("name"));
    }

    /** Up to 3.11; 4.x answers 404. */
    private static Optional<String> version3(OpenShiftApi api) {
        return gitVersion(get(api, "/version/openshift")).map(version -> version.replaceFirst("\\+.*", ""));
    }

    /** A plain developer gets a 403 (4.19). */
    private static Optional<String> version4(OpenShiftApi api) {
        JsonNode status = get(api, "/apis/config.openshift.io/v1/clusterversions/version")
                .body()
                .path("status");
        return StreamSupport.stream(status.path("history").spliterator(), false)
                .filter(entry -> entry.path("state").asText().equals("Completed"))
                .findFirst()
                .flatMap(entry -> text(entry.path("version")))
                .or(() -> text(status.path("desired").path("version")));
    }

    private static Optional<String> gitVersion(ApiAnswer answer) {
        return answer.isSuccess() ? text(answer.body().path("gitVersion")) : Optional.empty();
    }

    private static Optional<String> text(JsonNode value) {
        return Optional.of(ForeignText.line(value.asText(""))).filter(text -> !text.isBlank());
    }

    private static ApiAnswer get(OpenShiftApi api, String path) {
        try {
            return api.ask(Pause.real(), () -> api.get(path, LIMIT));
        } catch (IOException e) {
            throw Unreachable.problem(api.access(), e).toException(e);
        }
    }
}
