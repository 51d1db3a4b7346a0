package io.github.cdkmaven.mojo;

import java.util.function.Consumer;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.execution.ExecutionListener;
import org.apache.maven.execution.MavenSession;

/**
 * Does something at the end of a session, however that comes about, and hands every event on to the listener that was there.
 *
 * <p>Maven asks the request for its listener at each event (Maven 3.6.3 to 4.0, {@code DefaultExecutionEventCatapult}) and tells of the
 * session's end also after failures, so that users need not declare the plugin as an extension.
 */
final class SessionEndListener implements ExecutionListener {

    private final ExecutionListener others;
    private final Consumer<MavenSession> action;

    SessionEndListener(ExecutionListener others, Consumer<MavenSession> action) {
        this.others = others;
        this.action = action;
    }

    /** First what we do, so that the summary which Maven prints at the end is true. */
    @Override
    public void sessionEnded(ExecutionEvent event) {
        try {
            action.accept(event.getSession());
        } finally {
            others.sessionEnded(event);
        }
    }

    @Override
    public void projectDiscoveryStarted(ExecutionEvent event) {
        others.projectDiscoveryStarted(event);
    }

    @Override
    public void sessionStarted(ExecutionEvent event) {
        others.sessionStarted(event);
    }

    @Override
    public void projectSkipped(ExecutionEvent event) {
        others.projectSkipped(event);
    }

    @Override
    public void projectStarted(ExecutionEvent event) {
        others.projectStarted(event);
    }

    @Override
    public void projectSucceeded(ExecutionEvent event) {
        others.projectSucceeded(event);
    }

    @Override
    public void projectFailed(ExecutionEvent event) {
        others.projectFailed(event);
    }

    @Override
    public void mojoSkipped(ExecutionEvent event) {
        others.mojoSkipped(event);
    }

    @Override
    public void mojoStarted(ExecutionEvent event) {
        others.mojoStarted(event);
    }

    @Override
    public void mojoSucceeded(ExecutionEvent event) {
        others.mojoSucceeded(event);
    }

    @Override
    public void mojoFailed(ExecutionEvent event) {
        others.mojoFailed(event);
    }

    @Override
    public void forkStarted(ExecutionEvent event) {
        others.forkStarted(event);
    }

    @Override
    public void forkSucceeded(ExecutionEvent event) {
        others.forkSucceeded(event);
    }

    @Override
    public void forkFailed(ExecutionEvent event) {
        others.forkFailed(event);
    }

    @Override
    public void forkedProjectStarted(ExecutionEvent event) {
        others.forkedProjectStarted(event);
    }

    @Override
    public void forkedProjectSucceeded(ExecutionEvent event) {
        others.forkedProjectSucceeded(event);
    }

    @Override
    public void forkedProjectFailed(ExecutionEvent event) {
        others.forkedProjectFailed(event);
    }
}
