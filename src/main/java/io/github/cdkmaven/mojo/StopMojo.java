package io.github.cdkmaven.mojo;

import io.github.cdkmaven.lifecycle.StopCdk;
import io.github.cdkmaven.lifecycle.StopRequest;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.report.ReportBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the CDK that this build started, and checks that it stopped. A CDK that ran before is left alone. Called by hand, it stops what
 * {@code cdk:start} by hand has started from the same folder.
 *
 * @since 1.0.0
 */
@Mojo(name = "stop", defaultPhase = LifecyclePhase.POST_INTEGRATION_TEST, requiresProject = false, threadSafe = true)
public final class StopMojo extends AbstractLifecycleMojo {

    private static final Logger LOG = LoggerFactory.getLogger(StopMojo.class);

    /**
     * Leaves only this goal out; the VM is left running.
     *
     * <p>Example: {@code <skipStop>true</skipStop>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.skipStop", defaultValue = "false")
    boolean skipStop;

    /**
     * Leaves the VM running after the tests, for the next build to attach to.
     *
     * <p>Example: {@code mvn verify -Dcdk.keepRunning}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.keepRunning", defaultValue = "false")
    boolean keepRunning;

    /**
     * Whether a VM that cannot be stopped fails the build. A VM left running is not a success.
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
     * The hypervisor of the VM, as the start has it: a machine of the generic driver runs on when its OpenShift was stopped. Without it, minishift's choice counts.
     *
     * <p>Example: {@code <vmDriver>generic</vmDriver>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.vmDriver")
    @Nullable String vmDriver;

    @Override
    Optional<String> reasonToSkip() {
        return super.reasonToSkip()
                .or(() -> skipStop ? Optional.of("cdk.skipStop is set") : Optional.empty())
                .or(() -> keepRunning ? Optional.of("cdk.keepRunning is set") : Optional.empty());
    }

    /** A folder of its own: the report of the start is what people look for after a build. */
    @Override
    Path ownReports() {
        return reports().resolve("stop");
    }

    @Override
    void run(ReportBuilder report) {
        Reading reading = new Reading();
        StopRequest request = new StopRequest(
                tools(reading),
                Values.text(vmDriver).filter("generic"::equals).isPresent(),
                reading.value("stopTimeout", () -> Values.time("stopTimeout", stopTimeout), Duration.ZERO),
                reports(),
                build());
        reading.complete();
        try {
            new StopCdk(request, runner(), report).run();
        } catch (ProblemException e) {
            if (failOnStopError) {
                throw e;
            }
            report.problem(e.problem());
            LOG.warn("The build goes on, since <failOnStopError> is false:");
            e.problem().toLines().forEach(LOG::warn);
        }
    }
}
