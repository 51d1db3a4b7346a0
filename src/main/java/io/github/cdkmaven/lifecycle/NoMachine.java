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
        report.note("Nothing to stop: the " + engine.noun() + " was running before the build, and keeps running.");
    }

    /** Why there is nothing to delete. */
    public static ProblemException delete(Engine engine) {
        return Problem.of(
                        "The " + engine.noun() + " is not deleted: others use it, and this plugin did not create it.",
                        "to delete a CDK's VM, remove <kubeconfig>, or set <engine>minishift</engine> (-Dcdk.engine=minishift); the page"
                                + " 'Shared clusters' shows how to move the ImageStreams back")
                .toException();
    }
}
