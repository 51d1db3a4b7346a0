package io.github.cdkmaven.mojo;

import io.github.cdkmaven.lifecycle.StartCdk;
import io.github.cdkmaven.lifecycle.StartRequest;
import io.github.cdkmaven.lifecycle.StartRequest.IfRunning;
import io.github.cdkmaven.lifecycle.StartedCdk;
import io.github.cdkmaven.report.ReportBuilder;
import java.time.Duration;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Starts Red Hat CDK or minishift against the company's registry, or attaches to a running one, moves every ImageStream to that registry,
 * and hands the cluster to the build as the project properties {@code cdk.ip}, {@code cdk.apiUrl}, {@code cdk.consoleUrl},
 * {@code cdk.registry}, {@code cdk.kubeconfig}, {@code cdk.oc}, {@code cdk.routingSuffix} and {@code cdk.startedByThisBuild}.
 *
 * @since 1.0.0
 */
@Mojo(name = "start", defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST, requiresProject = false, threadSafe = true)
public final class StartMojo extends AbstractVerifyMojo {

    @Inject
    StartMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    private enum OnFailure {
        STOP,
        KEEP
    }

    /**
     * What to do when the CDK runs already: {@code attach}, {@code restart} or {@code fail}.
     *
     * <p>Example: {@code <ifRunning>restart</ifRunning>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.ifRunning", defaultValue = "attach")
    String ifRunning;

    /**
     * What becomes of a VM that this build started when the goal fails: {@code stop} or {@code keep}.
     *
     * <p>Example: {@code <onFailure>keep</onFailure>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.onFailure", defaultValue = "stop")
    String onFailure;

    /**
     * How long it may take until OpenShift answers: {@code 90}, {@code 90s}, {@code 15m}, {@code PT15M}; a plain number is seconds.
     *
     * <p>Example: {@code <startTimeout>30m</startTimeout>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.startTimeout", defaultValue = "20m")
    String startTimeout;

    /**
     * How long stopping may take, where a failed start is undone; written as {@code startTimeout} is.
     *
     * <p>Example: {@code <stopTimeout>10m</stopTimeout>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.stopTimeout", defaultValue = "5m")
    String stopTimeout;

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
     * Leaves {@code cdk:stop} out; the VM is left running, also when the build fails.
     *
     * <p>Example: {@code <skipStop>true</skipStop>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.skipStop", defaultValue = "false")
    boolean skipStop;

    /**
     * Whether the build fails when the VM is still to be stopped at its end, and cannot be. A VM left running is not a success.
     *
     * <p>Example: {@code <failOnStopError>false</failOnStopError>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.failOnStopError", defaultValue = "true")
    boolean failOnStopError;

    @Override
    void run(ReportBuilder report) {
        StartRequest request = request();
        BuildSession build = BuildSession.of(session);
        build.starts(project, request.tools(), failOnStopError);
        StartedCdk started = new StartCdk(request, runner(), build.end(), report).run();
        started.toProperties().forEach(project.getProperties()::setProperty);
    }

    private StartRequest request() {
        ParameterReader reading = reader();
        StartRequest request = new StartRequest(
                tools(reading),
                settings(reading),
                skipPreflight
                        ? Optional.empty()
                        : Optional.of(preflight(reading).beforeStart()),
                streams(reading),
                skipImageStreams,
                reading.value(
                        "ifRunning", () -> Values.choice("ifRunning", ifRunning, IfRunning.class), IfRunning.FAIL),
                reading.value("onFailure", () -> Values.choice("onFailure", onFailure, OnFailure.class), OnFailure.STOP)
                        == OnFailure.STOP,
                reading.value("startTimeout", () -> Values.time("startTimeout", startTimeout), Duration.ZERO),
                reading.value("stopTimeout", () -> Values.time("stopTimeout", stopTimeout), Duration.ZERO),
                reports(),
                build(),
                keepRunning || skipStop,
                verifyPolicy(reading));
        reading.complete();
        return request;
    }
}
