package io.github.cdkmaven.crc.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.cdkmaven.openshift.ApiAnswer;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Unreachable;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Retry.Pause;
import io.github.cdkmaven.process.Retry.Question;
import java.io.IOException;
import java.time.Duration;

/**
 * The objects of the cluster's configuration, read and written as they are.
 *
 * @param api the API, with the administrator's login
 */
public record ConfigurationApi(OpenShiftApi api) {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int CONFLICT = 409;

    /** An object or a list; missing where there is none. */
    JsonNode get(String path) {
        ApiAnswer answer = ask(() -> api.get(path, LIMIT));
        if (answer.status() == 404) {
            return MissingNode.getInstance();
        }
        if (!answer.isSuccess()) {
            throw refused("The cluster does not let this be read: " + path + ".", answer)
                    .toException();
        }
        return answer.body();
    }

    /**
     * Writes a change.
     *
     * @return false if somebody else has changed or made the object since it was read, so that it has to be compared anew
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster refuses it
     */
    public boolean write(ObjectChange change) {
        ApiAnswer answer = ask(() -> change.create()
                ? api.post(change.path(), change.body(), LIMIT)
                : api.mergePatch(change.path(), change.body(), LIMIT));
        if (answer.status() == CONFLICT) {
            return false;
        }
        if (!answer.isSuccess()) {
            throw refused("The cluster does not accept " + change + ".", answer).toException();
        }
        return true;
    }

    /** Does not quote the answer: a server may send the object back. */
    private static Problem refused(String what, ApiAnswer answer) {
        return Problem.of(
                        what,
                        "run the build again; or set <configureCluster>false</configureCluster> (-Dcdk.configureCluster=false), and configure it yourself")
                .with("HTTP status " + answer.status() + ", reason "
                        + ForeignText.line(answer.body().path("reason").asText("unknown")));
    }

    private ApiAnswer ask(Question<ApiAnswer, IOException> question) {
        try {
            return api.ask(Pause.real(), question);
        } catch (IOException e) {
            throw Unreachable.problem(api.access(), e).toException(e);
        }
    }
}
