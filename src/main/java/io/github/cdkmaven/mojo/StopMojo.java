package io.github.cdkmaven.mojo;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.lifecycle.HandedFiles;
import io.github.cdkmaven.lifecycle.NoMachine;
import io.github.cdkmaven.lifecycle.StopCdk;
import io.github.cdkmaven.lifecycle.StopRequest;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.report.ReportBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the CDK that this build started, after the last module that uses it, and checks that it stopped. A CDK that was already running is left
 * alone, and so is one that another build still uses. Called by hand, it stops whatever was started with the plugin.
 *
 * @since 1.0.0
 */
@Mojo(name = "stop", defaultPhase = LifecyclePhase.POST_INTEGRATION_TEST, requiresProject = false, threadSafe = true)
public final class StopMojo extends AbstractCdkMojo {

    private static final Logger LOG = LoggerFactory.getLogger(StopMojo.class);

    @Inject
    StopMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    /**
     * Skips only this goal; the VM is left running.
     *
     * <p>Example: {@code <skipStop>true</skipStop>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.skipStop", defaultValue = "false")
    boolean skipStop;

    /**
     * Leaves the VM running after the tests, for later builds to attach to, until {@code cdk:stop} is called by hand.
     *
     * <p>Example: {@code mvn verify -Dcdk.keepRunning}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.keepRunning", defaultValue = "false")
    boolean keepRunning;

    /**
     * Whether a VM that cannot be stopped fails the build.
     *
     * <p>Example: {@code <failOnStopError>false</failOnStopError>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.failOnStopError", defaultValue = "true")
    boolean failOnStopError;

    /**
     * How long stopping may take: {@code 90}, {@code 90s}, {@code 15m}, {@code PT15M}; a plain number is seconds.
     *
     * <p>Example: {@code <stopTimeout>10m</stopTimeout>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.stopTimeout", defaultValue = "5m")
    String stopTimeout;

    /**
     * After a failed test, collects evidence into the report: pods that are not ready with the end of their logs, warning events, and routes of the
     * namespaces that the tests used. This goal reads Failsafe's results.
     *
     * <p>Example: {@code <collectEvidence>false</collectEvidence>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.collectEvidence", defaultValue = "true")
    boolean collectEvidence;

    @Override
    Optional<String> reasonToSkip() {
        return super.reasonToSkip()
                .or(this::skippedTests)
                .or(() -> skipStop ? Optional.of("cdk.skipStop is set") : Optional.empty());
    }

    /** Who leaves the stop out does not want it at the end of the session either. */
    @Override
    void skipped() {
        if (skipStop) {
            BuildSession.of(session).end().releaseAll();
        }
    }

    @Override
    boolean reportsFirst() {
        return false;
    }

    @Override
    Runnable step(ReportBuilder report) {
        ParameterReader reader = reader();
        BuildSession build = BuildSession.of(session);
        Engine engine = engines(reader, report, tools(reader, Optional.empty())).make();
        Duration limit = reader.value("stopTimeout", () -> Values.time("stopTimeout", stopTimeout), Duration.ZERO);
        reader.complete();
        build.stops(project);
        new BuildProperties(session, project).clear(new HandedFiles(reports()));
        Runnable stop = engine.withMachine()
                .map(owner -> stop(owner, limit, build, report))
                .orElse(() -> NoMachine.stop(engine, report));
        boolean collect = collectEvidence;
        return () -> {
            if (collect && isBound() && haveTestsFailed()) {
                evidence().collect(report);
            }
            stop.run();
        };
    }

    private boolean haveTestsFailed() {
        return FailsafeSummary.in(Path.of(project.getBuild().getDirectory()))
                .tellsOfFailureSince(session.getRequest().getStartTime().toInstant());
    }

    private Runnable stop(MachineEngine engine, Duration limit, BuildSession build, ReportBuilder report) {
        StopRequest request =
                new StopRequest(engine, limit, build(), keepRunning, new HandedFiles(reports()), () -> reactor(build)
                        .comingBeside(project));
        StopCdk stop = new StopCdk(request, build.end(), report);
        boolean fails = failOnStopError;
        return () -> run(stop, fails, report);
    }

    private static void run(StopCdk stop, boolean fails, ReportBuilder report) {
        try {
            stop.run();
        } catch (ProblemException e) {
            if (fails) {
                throw e;
            }
            report.problem(e.problem());
            LOG.warn("The build goes on, since <failOnStopError> is false:");
            e.problem().toLines().forEach(LOG::warn);
        }
    }

    private Reactor reactor(BuildSession build) {
        return new Reactor(
                session, mojoExecution.getGroupId() + ":" + mojoExecution.getArtifactId(), build::hasStopped);
    }
}
