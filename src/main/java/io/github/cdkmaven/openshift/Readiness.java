package io.github.cdkmaven.openshift;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Heartbeat;
import io.github.cdkmaven.process.Retry.Pause;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until a cluster's API answers: minishift calls OpenShift running as soon as its container tells a version. */
public final class Readiness {

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final String LOADING = "not yet ready";
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration TURN = Duration.ofMillis(500);
    private static final Duration BEAT = Duration.ofSeconds(30);

    private Readiness() {}

    /**
     * Waits for the API and for its ImageStreams.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it does not answer in time, or proves to be another cluster
     */
    public static void await(OpenShiftApi api, Deadline deadline) {
        OpenShiftApi timed = api.within(deadline);
        Heartbeat.during("the OpenShift API", deadline.limit(), BEAT, LOG::info, () -> {
            String last = "";
            do {
                try {
                    last = look(timed);
                    if (last.isEmpty()) {
                        return true;
                    }
                    Pause.real().sleep(TURN);
                } catch (InterruptedIOException e) {
                    throw Unreachable.problem(api.access(), e).toException(e);
                }
            } while (!deadline.isOver());
            throw Problem.of(
                            "The OpenShift API at " + api.access().server() + " was not ready within "
                                    + Heartbeat.words(deadline.limit()) + ".",
                            "check 'minishift logs'; if it only needs more time, <startTimeout>30m</startTimeout> or -Dcdk.startTimeout=30m")
                    .with(last)
                    .toException();
        });
    }

    /** What is not ready yet, empty when all is. */
    private static String look(OpenShiftApi api) throws InterruptedIOException {
        try {
            ApiAnswer health = api.get("/healthz", LIMIT);
            if (!health.isSuccess()) {
                return "healthz: " + health.message();
            }
            ApiAnswer streams = api.get(ImageStreams.path("default"), LIMIT);
            // Being refused is an answer too, nobody need be logged in yet; but a server that is still loading its
            // rules refuses as well.
            boolean refused = streams.status() == 401 || streams.status() == 403;
            boolean list = streams.isSuccess() && streams.body().path("items").isArray();
            return list || (refused && !streams.message().contains(LOADING))
                    ? ""
                    : "imagestreams: " + streams.message();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (javax.net.ssl.SSLException e) {
            throw Unreachable.problem(api.access(), e).toException(e);
        } catch (IOException e) {
            return Unreachable.words(e);
        }
    }
}
