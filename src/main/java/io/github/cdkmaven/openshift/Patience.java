package io.github.cdkmaven.openshift;

import io.github.cdkmaven.process.Deadline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;

/**
 * Asks a server again that could not answer just now: for some seconds after it restarts, a master refuses connections and says 503.
 *
 * <p>Only for questions: they change nothing, so that asking twice does no harm.
 */
final class Patience {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int ATTEMPTS = 7;

    /** Something to ask. */
    @FunctionalInterface
    interface Question {
        ApiAnswer ask() throws IOException;
    }

    private final Pause pause;

    Patience(Pause pause) {
        this.pause = pause;
    }

    /**
     * The first answer that will not be another one in a moment, or else the last.
     *
     * @throws IOException if no answer came at all
     */
    ApiAnswer ask(Question question) throws IOException {
        Deadline deadline = Deadline.in(LIMIT);
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt == ATTEMPTS || deadline.isOver();
            Duration wait = Pause.before(attempt - 1);
            try {
                ApiAnswer answer = question.ask();
                if (last || !answer.isTransient()) {
                    return answer;
                }
                wait = answer.retryAfter().orElse(wait);
            } catch (InterruptedIOException | SSLHandshakeException e) {
                throw e;
            } catch (IOException e) {
                if (last) {
                    throw e;
                }
            }
            pause.sleep(deadline.within(wait));
        }
    }
}
