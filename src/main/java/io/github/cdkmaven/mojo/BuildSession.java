package io.github.cdkmaven.mojo;

import io.github.cdkmaven.lifecycle.ShutdownGuard;
import io.github.cdkmaven.problem.Problem;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.AbstractExecutionListener;
import org.apache.maven.execution.BuildFailure;
import org.apache.maven.execution.ExecutionListener;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the goals of one Maven session have in common: what was started where, who has done, and what is to happen at the session's end.
 *
 * <p>It hangs on the session's request, which all modules share, also with {@code -T}.
 */
final class BuildSession {

    private static final Logger LOG = LoggerFactory.getLogger(BuildSession.class);

    private final ShutdownGuard end = new ShutdownGuard();
    private final Map<MavenProject, List<Engines>> started = new IdentityHashMap<>();
    private final Map<MavenProject, Map<String, String>> handedOver = new IdentityHashMap<>();
    private final Map<MavenProject, Boolean> stopped = new IdentityHashMap<>();
    private final Map<MavenProject, Runnable> onFailure = new IdentityHashMap<>();
    private volatile boolean stopErrorFails = true;

    /** For those that embed Maven without one. */
    private static final class NoListener extends AbstractExecutionListener {}

    private BuildSession() {}

    /** The one of a session. */
    static BuildSession of(MavenSession session) {
        MavenExecutionRequest request = session.getRequest();
        synchronized (request) {
            Object found = request.getData().get(key());
            if (found != null) {
                return (BuildSession) found;
            }
            BuildSession made = new BuildSession();
            request.getData().put(key(), made);
            ExecutionListener others =
                    Optional.ofNullable(request.getExecutionListener()).orElseGet(NoListener::new);
            request.setExecutionListener(new SessionEndListener(others, made::sessionEnded));
            return made;
        }
    }

    /** A module that gives the plugin other dependencies has other classes of it. */
    private static String key() {
        return BuildSession.class.getName() + "@" + System.identityHashCode(BuildSession.class.getClassLoader());
    }

    /** What happens with VMs that are left at the end. */
    ShutdownGuard end() {
        return end;
    }

    /** A start begins in a module; later goals need not be told again where. */
    synchronized void starts(MavenProject module, Engines engines, boolean failOnStopError) {
        started.computeIfAbsent(module, key -> new ArrayList<>()).add(engines.pinned());
        stopErrorFails = failOnStopError;
    }

    /** What a start of this module used, where a goal's own values do not speak against it. */
    synchronized Engines asStarted(MavenProject module, Engines own) {
        List<Engines> candidates = started.getOrDefault(module, List.of()).stream()
                .filter(own::agreesWith)
                .toList();
        return candidates.isEmpty() ? own : candidates.get(candidates.size() - 1);
    }

    /** A start has given these properties to a module, of which some have the names of parameters. */
    synchronized void handsOver(MavenProject module, Map<String, String> properties) {
        handedOver.put(module, Map.copyOf(properties));
    }

    /** Whether a parameter's value is what a start has handed over, and nobody's wish. */
    synchronized boolean hasHandedOver(MavenProject module, String property, Object value) {
        return value.toString().equals(handedOver.getOrDefault(module, Map.of()).get(property));
    }

    /** A module has come to its stop, and needs the CDK no longer. */
    synchronized void stops(MavenProject module) {
        stopped.put(module, true);
    }

    /** Whether a module has come to its stop. */
    synchronized boolean hasStopped(MavenProject module) {
        return stopped.containsKey(module);
    }

    /** What is to be done before anything is stopped if a module fails before it comes to its stop. */
    synchronized void onFailure(MavenProject module, Runnable action) {
        onFailure.put(module, action);
    }

    private synchronized List<Runnable> failed(MavenSession session) {
        return onFailure.entrySet().stream()
                .filter(entry -> !stopped.containsKey(entry.getKey())
                        && session.getResult().getBuildSummary(entry.getKey()) instanceof BuildFailure)
                .map(Map.Entry::getValue)
                .toList();
    }

    private void sessionEnded(MavenSession session) {
        failed(session).forEach(Runnable::run);
        List<Problem> problems = end.sessionEnded();
        if (stopErrorFails) {
            problems.forEach(problem -> session.getResult()
                    .addException(new MojoFailureException(String.join(System.lineSeparator(), problem.toLines()))));
        } else {
            problems.forEach(problem -> problem.toLines().forEach(LOG::warn));
        }
    }
}
