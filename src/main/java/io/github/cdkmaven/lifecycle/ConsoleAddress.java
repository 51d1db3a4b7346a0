package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ConsoleSummary;
import io.github.cdkmaven.report.ReportBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells where the web console of a cluster that runs is, and who may log in there. Opens nothing, and never shows a password. */
public final class ConsoleAddress {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleAddress.class);

    private final Engine engine;
    private final ReportBuilder report;

    /** A look that is still to be taken. */
    public ConsoleAddress(Engine engine, ReportBuilder report) {
        this.engine = engine;
        this.report = report;
    }

    /**
     * Takes it.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if no cluster runs, or if it tells of no console
     */
    public void run() {
        RunningCluster.require(engine, "whose console could be shown", report);
        String address = engine.console().orElseThrow(() -> Problem.of(
                        "The " + engine.noun() + " does not tell where its web console is.",
                        "check whether it has one: 'oc whoami --show-console'")
                .toException());
        tell("console.address", address);
        tell("console.login", engine.whoMayLogIn());
    }

    private void tell(String id, String words) {
        LOG.info("{}: {}", id, ConsoleSummary.safe(words));
        report.check(Check.ok(id, engine.noun(), words));
    }
}
