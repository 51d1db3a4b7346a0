package io.github.cdkmaven.world;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.crc.BundleSource;
import io.github.cdkmaven.crc.CrcEngine;
import io.github.cdkmaven.crc.CrcInstallation;
import io.github.cdkmaven.crc.CrcStartSettings;
import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.lifecycle.CdkStatus;
import io.github.cdkmaven.lifecycle.ConsoleAddress;
import io.github.cdkmaven.lifecycle.DeleteCdk;
import io.github.cdkmaven.lifecycle.HandedFiles;
import io.github.cdkmaven.lifecycle.MoveImageStreams;
import io.github.cdkmaven.lifecycle.Shell;
import io.github.cdkmaven.lifecycle.ShellEnvironment;
import io.github.cdkmaven.lifecycle.ShutdownGuard;
import io.github.cdkmaven.lifecycle.StartCdk;
import io.github.cdkmaven.lifecycle.StartRequest;
import io.github.cdkmaven.lifecycle.StartRequest.IfRunning;
import io.github.cdkmaven.lifecycle.StartedCdk;
import io.github.cdkmaven.lifecycle.StopCdk;
import io.github.cdkmaven.lifecycle.StopRequest;
import io.github.cdkmaven.lifecycle.VerifyCdk;
import io.github.cdkmaven.ownership.Build;
import io.github.cdkmaven.ownership.ProcessStamp;
import io.github.cdkmaven.preflight.Preflight;
import io.github.cdkmaven.preflight.PreflightRequest;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.ConsoleSummary;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.ReportFiles;
import io.github.cdkmaven.report.ReportSchema;
import io.github.cdkmaven.sim.SimulatedCrc;
import io.github.cdkmaven.streams.Streams;
import io.github.cdkmaven.verify.VerifyPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a build does at a site with OpenShift Local: the goals, called as their mojos call them, with the reports that they leave. */
public final class LocalSite {

    private final SimulatedCrc crc;
    private final Registries registries;
    private final Path reports;
    private Path program;
    private Build build = new Build("build-1", true, ProcessStamp.current(), "example:site", "example:site");
    private ShutdownGuard end = new ShutdownGuard();
    private Optional<BundleSource> bundle;
    private CrcStartSettings.Size size =
            new CrcStartSettings.Size(Optional.empty(), Optional.empty(), Optional.empty());
    private Duration startTimeout = Duration.ofMinutes(3);
    private boolean preflight = true;
    private List<String> said = List.of();
    private boolean verify;
    private CrcStartSettings.Configure configure = CrcStartSettings.Configure.AUTO;

    public LocalSite(SimulatedCrc crc, Registries registries, Path reports) {
        this.crc = crc;
        this.registries = registries;
        this.reports = reports;
        this.program = crc.crc();
        this.bundle = Optional.of(BundleSource.of(crc.bundle().toString(), Optional.empty()));
    }

    /** The goals are called by another build from now on. */
    public LocalSite build(Build value) {
        this.build = value;
        this.end = new ShutdownGuard();
        return this;
    }

    /** What the POM names as crc, instead of the simulated one itself. */
    public LocalSite program(Path value) {
        this.program = value;
        return this;
    }

    /** What the POM names as the bundle. */
    public LocalSite bundle(Optional<BundleSource> value) {
        this.bundle = value;
        return this;
    }

    /** How large the POM wants the VM. */
    public LocalSite size(CrcStartSettings.Size value) {
        this.size = value;
        return this;
    }

    public LocalSite startTimeout(Duration value) {
        this.startTimeout = value;
        return this;
    }

    /** When the POM lets cluster objects be written. */
    public LocalSite configure(CrcStartSettings.Configure value) {
        this.configure = value;
        return this;
    }

    /** The start proves where the images came from, and that what is blocked cannot be pulled. */
    public LocalSite verifying() {
        this.verify = true;
        return this;
    }

    public LocalSite withoutPreflight() {
        this.preflight = false;
        return this;
    }

    /** {@code cdk:start}. */
    public StartedCdk start() {
        ReportBuilder report = new ReportBuilder("start");
        return reported(report, () -> new StartCdk(request(), end, report).run());
    }

    /** {@code cdk:status}. */
    public void status() {
        ReportBuilder report = new ReportBuilder("status");
        reported(report, () -> {
            new CdkStatus(engine(), true, report).run();
            return true;
        });
    }

    /** {@code cdk:preflight}. */
    public void preflight() {
        ReportBuilder report = new ReportBuilder("preflight");
        reported(report, () -> {
            new Preflight(preflight(engine(), true)).run(report);
            return true;
        });
    }

    /** {@code cdk:verify}. */
    public void verify() {
        ReportBuilder report = new ReportBuilder("verify");
        VerifyPolicy policy = new VerifyPolicy(false, List.of(), false, Duration.ofSeconds(30));
        reported(report, () -> {
            new VerifyCdk(engine(), registries, List.of("openshift"), policy, reports, report).run();
            return true;
        });
    }

    /** {@code cdk:imagestreams}. */
    public void imageStreams() {
        ReportBuilder report = new ReportBuilder("imagestreams");
        reported(report, () -> {
            new MoveImageStreams(engine(), registries, Streams.of(List.of("openshift")), build, report).run();
            return true;
        });
    }

    /** {@code cdk:env}. */
    public void env() {
        ReportBuilder report = new ReportBuilder("env");
        reported(report, () -> {
            new ShellEnvironment(engine(), Shell.SH, reports, line -> {}, report).run();
            return true;
        });
    }

    /** {@code cdk:console}. */
    public void console() {
        ReportBuilder report = new ReportBuilder("console");
        reported(report, () -> {
            new ConsoleAddress(engine(), report).run();
            return true;
        });
    }

    private <T> T reported(ReportBuilder report, Supplier<T> goal) {
        report.cdk(CdkFacts.none().with(CdkFacts.Fact.ENGINE, "crc"));
        try {
            T result = goal.get();
            report.succeeded();
            return result;
        } catch (ProblemException e) {
            report.problem(e.problem());
            throw e;
        } finally {
            ReportFiles.write(report.build(), reports);
            said = ConsoleSummary.lines(report.build()).stream()
                    .map(ConsoleSummary.Line::text)
                    .toList();
        }
    }

    /** {@code cdk:stop}. */
    public void stop() {
        ReportBuilder report = new ReportBuilder("stop");
        StopRequest request =
                new StopRequest(engine(), Duration.ofMinutes(1), build, false, new HandedFiles(reports), List::of);
        reported(report, () -> {
            new StopCdk(request, end, report).run();
            return true;
        });
    }

    /** {@code cdk:delete}. */
    public void delete() {
        ReportBuilder report = new ReportBuilder("delete");
        reported(report, () -> {
            new DeleteCdk(engine(), Duration.ofMinutes(1), build, report).run();
            return true;
        });
    }

    /** What the last goal has told on the console at its end. */
    public List<String> said() {
        return said;
    }

    /** The last {@code report.json}, which is as its schema has it. */
    public JsonNode report() {
        return ReportSchema.valid(reports.resolve("report.json"));
    }

    /** The engine itself. */
    public MachineEngine engine() {
        return new CrcEngine(
                new CrcInstallation(
                        Optional.of(program),
                        Optional.empty(),
                        crc.home(),
                        List.of(crc.ssh().getParent()),
                        Map.of()),
                Optional.of(CrcStartSettings.of(registries, List.of("docker.io", "quay.io"))
                        .with(bundle, size)
                        .with(Optional.empty(), Optional.empty(), configure)),
                reports,
                new CommandRunner(Secrets.NONE));
    }

    private PreflightRequest preflight(MachineEngine engine, boolean beforeStart) {
        return new PreflightRequest(
                List.of(),
                engine,
                Optional.of(registries),
                true,
                Streams.of(List.of("openshift")),
                beforeStart,
                List.of(),
                reports.resolve("images"));
    }

    private StartRequest request() {
        MachineEngine engine = engine();
        Streams streams = Streams.of(List.of("openshift"));
        return new StartRequest(
                engine,
                registries,
                preflight ? Optional.of(preflight(engine, true)) : Optional.empty(),
                streams,
                new VerifyPolicy(!verify, List.of(), verify, Duration.ofSeconds(30)),
                IfRunning.ATTACH,
                true,
                startTimeout,
                Duration.ofMinutes(1),
                crc.home(),
                reports,
                build,
                false);
    }
}
