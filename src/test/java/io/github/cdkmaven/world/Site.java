package io.github.cdkmaven.world;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.lifecycle.DeleteCdk;
import io.github.cdkmaven.lifecycle.HandedFiles;
import io.github.cdkmaven.lifecycle.ShutdownGuard;
import io.github.cdkmaven.lifecycle.StartCdk;
import io.github.cdkmaven.lifecycle.StartRequest;
import io.github.cdkmaven.lifecycle.StartRequest.IfRunning;
import io.github.cdkmaven.lifecycle.StartedCdk;
import io.github.cdkmaven.lifecycle.StopCdk;
import io.github.cdkmaven.lifecycle.StopRequest;
import io.github.cdkmaven.lifecycle.VerifyCdk;
import io.github.cdkmaven.minishift.CdkInstallation;
import io.github.cdkmaven.minishift.MinishiftEngine;
import io.github.cdkmaven.minishift.StartOption;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.ownership.Build;
import io.github.cdkmaven.ownership.ProcessStamp;
import io.github.cdkmaven.preflight.PreflightRequest;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.ReportFiles;
import io.github.cdkmaven.report.ReportSchema;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.registry.TestRegistry;
import io.github.cdkmaven.streams.Streams;
import io.github.cdkmaven.verify.VerifyPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a build does at this site: the goals, called as their mojos call them, with the reports that they leave. */
public final class Site {

    private final SimulatedCdk cdk;
    private final TestRegistry registry;
    private final Path reports;
    private Build build = new Build("build-1", true, ProcessStamp.current(), "example:site", "example:site");
    private ShutdownGuard end = new ShutdownGuard();
    private boolean keepRunning;
    private boolean preflight;
    private List<String> comingModules = List.of();
    private IfRunning ifRunning = IfRunning.ATTACH;
    private boolean stopOnFailure = true;
    private Duration startTimeout = Duration.ofMinutes(3);
    private final Map<StartOption, List<String>> options = new EnumMap<>(StartOption.class);
    private Optional<String> profile = Optional.empty();
    private Optional<Relocation> relocation = Optional.empty();
    private Optional<Registries> registries = Optional.empty();
    private VerifyPolicy verify = new VerifyPolicy(false, List.of(), false, Duration.ofSeconds(30));

    public Site(SimulatedCdk cdk, TestRegistry registry, Path reports) {
        this.cdk = cdk;
        this.registry = registry;
        this.reports = reports;
    }

    /** The goals are called by another build from now on. */
    public Site build(String id, boolean bound) {
        return build(new Build(id, bound, ProcessStamp.current(), "example:" + id, "example:" + id));
    }

    /** The same in all detail. */
    public Site build(Build value) {
        this.build = value;
        this.end = new ShutdownGuard();
        return this;
    }

    /** The goals are called in another module of the same build from now on. */
    public Site module(String name) {
        this.build = new Build(build.id(), build.bound(), build.process(), build.project(), name);
        return this;
    }

    /** The modules of the build that are still to use the CDK. */
    public Site comingModules(String... names) {
        this.comingModules = List.of(names);
        return this;
    }

    public Site keepRunning(boolean value) {
        this.keepRunning = value;
        return this;
    }

    /** What happens at the end of the build. */
    public ShutdownGuard end() {
        return end;
    }

    public Site ifRunning(IfRunning value) {
        this.ifRunning = value;
        return this;
    }

    public Site keepOnFailure() {
        this.stopOnFailure = false;
        return this;
    }

    public Site startTimeout(Duration value) {
        this.startTimeout = value;
        return this;
    }

    public Site option(StartOption option, String value) {
        this.options.put(option, List.of(value));
        return this;
    }

    public Site profile(String name) {
        this.profile = Optional.of(name);
        return this;
    }

    /** A start checks first what it needs. */
    public Site preflight() {
        this.preflight = true;
        return this;
    }

    /** Where images go; by default all of them to the registry. */
    public Site relocation(Relocation rules) {
        this.relocation = Optional.of(rules);
        return this;
    }

    /** From which registries images come, each with its login and its authority; looked at before a start, as the goal does. */
    public Site registries(Registries value) {
        this.registries = Optional.of(value);
        return this;
    }

    /** How the origin of images is proven. */
    public Site verify(VerifyPolicy value) {
        this.verify = value;
        return this;
    }

    /** {@code cdk:start}. */
    public StartedCdk start() {
        ReportBuilder report = new ReportBuilder("start");
        try {
            StartedCdk started = new StartCdk(startRequest(), end, report).run();
            report.succeeded();
            return started;
        } catch (io.github.cdkmaven.problem.ProblemException e) {
            report.problem(e.problem());
            throw e;
        } finally {
            ReportFiles.write(report.build(), reports);
        }
    }

    /** {@code cdk:stop}. */
    public void stop() {
        new StopCdk(
                        new StopRequest(
                                engine(Optional.empty()),
                                Duration.ofMinutes(1),
                                build,
                                keepRunning,
                                new HandedFiles(reports),
                                () -> comingModules),
                        end,
                        new ReportBuilder("stop"))
                .run();
    }

    /** {@code cdk:delete}. */
    public void delete() {
        new DeleteCdk(engine(Optional.empty()), Duration.ofMinutes(1), build, new ReportBuilder("delete")).run();
    }

    /** {@code cdk:verify}. */
    public void prove() {
        ReportBuilder report = new ReportBuilder("verify");
        try {
            StartRequest start = startRequest();
            new VerifyCdk(start.engine(), start.registries(), start.streams().namespaces(), verify, reports, report)
                    .run();
            report.succeeded();
        } catch (io.github.cdkmaven.problem.ProblemException e) {
            report.problem(e.problem());
            throw e;
        } finally {
            ReportFiles.write(report.build(), reports);
        }
    }

    /** The last {@code report.json}, which is as its schema has it. */
    public JsonNode report() {
        return ReportSchema.valid(reports.resolve("report.json"));
    }

    private StartRequest startRequest() {
        Engine engine = engine(Optional.of(settings()));
        Streams streams = Streams.of(List.of("openshift"));
        return new StartRequest(
                engine,
                registries(),
                preflight || registries.isPresent()
                        ? Optional.of(new PreflightRequest(
                                List.of(),
                                engine,
                                Optional.of(registries()),
                                true,
                                streams,
                                true,
                                List.of(),
                                reports.resolve("images")))
                        : Optional.empty(),
                streams,
                verify,
                ifRunning,
                stopOnFailure,
                startTimeout,
                Duration.ofMinutes(1),
                cdk.accountHome(),
                reports,
                build,
                keepRunning);
    }

    private Registries registries() {
        Registry own = Registry.to(registry.host()).withInsecure(true);
        return registries.orElseGet(
                () -> relocation.map(rules -> Registries.of(own, rules)).orElseGet(() -> Registries.of(own)));
    }

    private StartSettings settings() {
        return StartSettings.of(registries())
                .blocking(List.of(StartSettings.BLOCKED_BY_DEFAULT.split(",")))
                .with(options);
    }

    private MachineEngine engine(Optional<StartSettings> settings) {
        return new MinishiftEngine(tools(), settings, reports, new CommandRunner(Secrets.NONE));
    }

    private CdkInstallation tools() {
        return new CdkInstallation(
                Optional.of(cdk.minishift()),
                Optional.empty(),
                Optional.of(cdk.home()),
                profile,
                cdk.accountHome(),
                List.of());
    }
}
