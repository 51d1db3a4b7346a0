package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.report.ReportBuilder;

/** What stopping and deleting come to where an engine has no machine of its own: the cluster goes on, whoever used it. */
public final class NoMachine {

    private NoMachine() {}

    /** Says that there is nothing to stop, which is no failure. */
    public static void stop(Engine engine, ReportBuilder report) {
        report.note("There is nothing to stop: the " + engine.noun() + " ran before the build, and goes on after it.");
    }

    /** Why there is nothing to delete. */
    public static ProblemException delete(Engine engine) {
        return Problem.of(
                        "The " + engine.noun() + " is not deleted: others use it, and the plugin did not create it.",
                        "to delete a CDK's VM, leave <kubeconfig> out, or say <engine>minishift</engine> (-Dcdk.engine=minishift); the page"
                                + " 'Shared clusters' tells how the ImageStreams are moved back")
                .toException();
    }
}
