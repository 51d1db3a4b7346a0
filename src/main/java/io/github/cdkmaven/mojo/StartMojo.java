package io.github.cdkmaven.mojo;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.lifecycle.StartCdk;
import io.github.cdkmaven.lifecycle.StartRequest;
import io.github.cdkmaven.lifecycle.StartRequest.IfRunning;
import io.github.cdkmaven.lifecycle.StartedCdk;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.ReportFolder;
import io.github.cdkmaven.streams.Streams;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts Red Hat CDK or minishift against the company's registry, or attaches to a running one, moves every ImageStream to that registry, and hands
 * the cluster to the build as the project properties {@code cdk.ip}, {@code cdk.apiUrl}, {@code cdk.consoleUrl}, {@code cdk.registry}, {@code
 * cdk.kubeconfig}, {@code cdk.oc}, {@code cdk.routingSuffix}, {@code cdk.dockerHost}, {@code cdk.dockerCertPath}, {@code cdk.internalRegistry},
 * {@code cdk.pushRegistry}, {@code cdk.pushLogin} and {@code cdk.startedByThisBuild}, which Failsafe and Surefire 3 pass on to the tests.
 *
 * @since 1.0.0
 */
@Mojo(name = "start", defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST, requiresProject = false, threadSafe = true)
public final class StartMojo extends AbstractStartMojo {

    private static final Logger LOG = LoggerFactory.getLogger(StartMojo.class);

    private final LifecycleExecutor lifecycle;

    @Inject
    StartMojo(SettingsDecrypter decrypter, LifecycleExecutor lifecycle) {
        super(decrypter);
        this.lifecycle = lifecycle;
    }

    private enum OnFailure {
        STOP,
        KEEP
    }

    /**
     * What to do when the CDK is already running: {@code attach}, {@code restart} or {@code fail}.
     *
     * <p>Example: {@code <ifRunning>restart</ifRunning>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.ifRunning", defaultValue = "attach")
    String ifRunning;

    /**
     * What to do with a VM that this build started if the goal fails: {@code stop} or {@code keep}.
     *
     * <p>Example: {@code <onFailure>keep</onFailure>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.onFailure", defaultValue = "stop")
    String onFailure;

    /**
     * How long it may take until OpenShift answers: {@code 90}, {@code 90s}, {@code 15m}, {@code PT15M}; a plain number is seconds. The default is
     * {@code 20m}, and {@code 45m} with OpenShift Local.
     *
     * <p>Example: {@code <startTimeout>30m</startTimeout>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.startTimeout")
    @Nullable String startTimeout;

    /**
     * How long stopping the VM may take after a failed start; the format is that of {@code startTimeout}.
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
     * Skips {@code cdk:stop}: the VM is left running, even if the build fails.
     *
     * <p>Example: {@code <skipStop>true</skipStop>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.skipStop", defaultValue = "false")
    boolean skipStop;

    /**
     * Whether the build fails if the VM has to be stopped at its end, and cannot be.
     *
     * <p>Example: {@code <failOnStopError>false</failOnStopError>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.failOnStopError", defaultValue = "true")
    boolean failOnStopError;

    /**
     * Only plans: the report says what would move, the server tries each image without storing it, and nothing changes.
     *
     * <p>Example: {@code mvn cdk:imagestreams -Dcdk.dryRun}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.dryRun", defaultValue = "false")
    boolean dryRun;

    /**
     * Images that may come from elsewhere: patterns with {@code *} and {@code ?}, with or without tag.
     *
     * <p>Example: {@code <allowedImages><allowedImage>quay.io/team/*</allowedImage></allowedImages>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.allowedImages")
    @Nullable List<String> allowedImages;

    /**
     * Makes the VM try to pull a public image from each of the {@code blockedRegistries}, which must fail. An image that it could pull is removed
     * again.
     *
     * <p>Example: {@code mvn cdk:verify -Dcdk.verifyBlocked}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.verifyBlocked", defaultValue = "false")
    boolean verifyBlocked;

    /**
     * Makes the VM pull a builder image of a moved ImageStream, which must succeed. The image is removed again. On a shared cluster, nothing is
     * pulled.
     *
     * <p>Example: {@code mvn cdk:verify -Dcdk.verifyPull}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.verifyPull", defaultValue = "false")
    boolean verifyPull;

    /**
     * How long pods may take to get their images before they are judged anyway: {@code 90}, {@code 90s}, {@code 15m}, {@code PT15M}; a plain number
     * is seconds.
     *
     * <p>Example: {@code <verifyTimeout>10m</verifyTimeout>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.verifyTimeout", defaultValue = "5m")
    String verifyTimeout;

    /**
     * After a failed test, collects evidence into the report: pods that are not ready with the end of their logs, warning events, and routes of the
     * namespaces that the tests used. This goal does so at the end of the build, for failures before {@code stop}.
     *
     * <p>Example: {@code <collectEvidence>false</collectEvidence>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.collectEvidence", defaultValue = "true")
    boolean collectEvidence;

    @Override
    Runnable step(ReportBuilder report) {
        ParameterReader reader = reader();
        Engines engines = engines(reader, report);
        StartRequest request = request(reader, engines);
        reader.complete();
        BuildSession build = BuildSession.of(session);
        build.starts(project, engines, failOnStopError);
        StartCdk start = new StartCdk(request, build.end(), report);
        boolean collect = collectEvidence;
        if (isBound()) {
            new PlannedGoals(lifecycle, session).nothingBetween(mojoExecution).ifPresent(report::check);
        }
        return () -> {
            handOver(start.run(), build);
            if (collect && isBound()) {
                build.onFailure(project, this::writeEvidence);
            }
        };
    }

    /** In place of the report of a stop that was never reached. */
    private void writeEvidence() {
        ReportBuilder found = new ReportBuilder("stop");
        evidence().collect(found);
        found.succeeded();
        ReportFolder folder = new ReportFolder(
                reports(),
                "stop",
                "default",
                session.getRequest().getStartTime().toInstant());
        write(folder, found.build());
        LOG.info("{} failed; evidence: {}", Reactor.name(project), folder.page());
    }

    private void handOver(StartedCdk started, BuildSession build) {
        Map<String, String> found = new HashMap<>(started.toProperties());
        if (oc != null && isWish("cdk.oc", oc)) {
            found.remove("cdk.oc");
        }
        if (routingSuffix != null && isWish("cdk.routingSuffix", routingSuffix)) {
            found.remove("cdk.routingSuffix");
        }
        build.handsOver(project, found);
        new BuildProperties(session, project).set(started);
    }

    private StartRequest request(ParameterReader reader, Engines engines) {
        Registries registries = registries(reader);
        Engine engine = engine(reader, engines, registries);
        Streams streams = streams(reader, namespaces(reader), dryRun);
        return new StartRequest(
                engine,
                registries,
                skipPreflight ? Optional.empty() : Optional.of(preflight(reader, engine, registries, streams, true)),
                streams,
                Values.verifyPolicy(reader, skipVerify, allowedImages, verifyBlocked, verifyPull, verifyTimeout),
                reader.value("ifRunning", () -> Values.choice("ifRunning", ifRunning, IfRunning.class), IfRunning.FAIL),
                reader.value("onFailure", () -> Values.choice("onFailure", onFailure, OnFailure.class), OnFailure.STOP)
                        == OnFailure.STOP,
                reader.value("startTimeout", () -> Values.time("startTimeout", startTimeout(engine)), Duration.ZERO),
                reader.value("stopTimeout", () -> Values.time("stopTimeout", stopTimeout), Duration.ZERO),
                accountHome(),
                reports(),
                build(),
                keepRunning || skipStop);
    }

    /** crc may renew certificates for half an hour before OpenShift begins to come up. */
    private String startTimeout(Engine engine) {
        return Values.text(startTimeout).orElse(engine.name().equals("crc") ? "45m" : "20m");
    }
}
