package io.github.cdkmaven.mojo;

import io.github.cdkmaven.report.Check;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugin.MojoExecution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a module's build runs, in order; Maven plans it from the phases that goals have by themselves, too. */
final class PlannedGoals {

    private static final Logger LOG = LoggerFactory.getLogger(PlannedGoals.class);

    private final LifecycleExecutor lifecycle;
    private final MavenSession session;

    PlannedGoals(LifecycleExecutor lifecycle, MavenSession session) {
        this.lifecycle = lifecycle;
        this.session = session;
    }

    /** A warning if the build stops the cluster without having run anything in between. */
    Optional<Check> nothingBetween(MojoExecution start) {
        List<MojoExecution> after = plan().stream()
                .dropWhile(one -> !isOf(one, start, "start"))
                .dropWhile(one -> isOf(one, start, "start"))
                .toList();
        return after.isEmpty() || !isOf(after.get(0), start, "stop")
                ? Optional.empty()
                : Optional.of(Check.warn(
                        "build.tests",
                        session.getCurrentProject().getArtifactId(),
                        "nothing runs between cdk:start and cdk:stop in this module, so no test sees the cluster",
                        "bind the goals integration-test and verify of the maven-failsafe-plugin, which runs the tests that end with IT; or"
                                + " leave start and stop out of this module"));
    }

    private static boolean isOf(MojoExecution one, MojoExecution start, String goal) {
        return goal.equals(one.getGoal())
                && start.getArtifactId().equals(one.getArtifactId())
                && start.getGroupId().equals(one.getGroupId());
    }

    private List<MojoExecution> plan() {
        String[] phases = session.getGoals().stream()
                .filter(task -> task.indexOf(':') < 0)
                .toArray(String[]::new);
        if (phases.length == 0) {
            return List.of();
        }
        try {
            return lifecycle.calculateExecutionPlan(session, false, phases).getMojoExecutions();
        } catch (Exception e) {
            LOG.debug("Cannot tell which goals this build runs", e);
            return List.of();
        }
    }
}
