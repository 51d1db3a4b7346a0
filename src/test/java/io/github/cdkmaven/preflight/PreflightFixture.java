package io.github.cdkmaven.preflight;

import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.minishift.CdkInstallation;
import io.github.cdkmaven.minishift.MinishiftEngine;
import io.github.cdkmaven.minishift.StartOption;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.minishift.checks.Host;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.ReportFiles;
import io.github.cdkmaven.report.ReportSchema;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.streams.Streams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A preflight of a simulated CDK against some registry, and what it found. */
final class PreflightFixture {

    private static final long MUCH = 1L << 40;

    private final SimulatedCdk cdk;
    private final Path folder;
    private Registry access;
    private Streams streams = choice(List.of(), List.of());
    private Optional<Relocation> relocation = Optional.empty();
    private List<NeededImage> additional = List.of();
    private Map<StartOption, List<String>> options = Map.of();

    PreflightFixture(SimulatedCdk cdk, Registry access, Path folder) {
        this.cdk = cdk;
        this.access = access;
        this.folder = folder;
    }

    PreflightFixture prefix(String value) {
        this.access = access.withPrefix(value);
        return this;
    }

    PreflightFixture relocation(Relocation rules) {
        this.relocation = Optional.of(rules);
        return this;
    }

    PreflightFixture streams(Streams value) {
        this.streams = value;
        return this;
    }

    PreflightFixture additional(NeededImage... images) {
        this.additional = List.of(images);
        return this;
    }

    PreflightFixture openshift(String version) {
        this.options = Map.of(StartOption.OPENSHIFT_VERSION, List.of(version));
        return this;
    }

    static Streams choice(List<String> excludes, List<String> ignored) {
        return new Streams(
                false,
                List.of("openshift"),
                new Globs(List.of()),
                new Globs(excludes),
                true,
                new Globs(ignored),
                8,
                Duration.ofMinutes(1),
                false);
    }

    /** Where the lists go. */
    Path images() {
        return folder.resolve("images");
    }

    /** A company's registry, by host. */
    RegistryName registry() {
        return access.name();
    }

    /** What was found, and the problem that ends the goal if it does. */
    record Result(List<Check> checks, Optional<Problem> problem) {

        List<Check> failed() {
            return of(CheckOutcome.FAIL);
        }

        List<Check> warned() {
            return of(CheckOutcome.WARN);
        }

        private List<Check> of(CheckOutcome outcome) {
            return checks.stream().filter(check -> check.outcome() == outcome).toList();
        }

        Check check(String id) {
            return checks.stream()
                    .filter(check -> check.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(id + " is not in " + checks));
        }
    }

    Result run() {
        ReportBuilder report = new ReportBuilder("preflight");
        Optional<Problem> problem = Optional.empty();
        try {
            new Preflight(request()).run(report);
            report.succeeded();
        } catch (ProblemException e) {
            problem = Optional.of(e.problem());
            report.problem(e.problem());
        }
        Path reports = folder.resolve("reports");
        ReportFiles.write(report.build(), reports);
        ReportSchema.valid(reports.resolve(ReportFiles.JSON));
        return new Result(report.build().checks(), problem);
    }

    private PreflightRequest request() {
        Registries registries =
                relocation.map(rules -> Registries.of(access, rules)).orElseGet(() -> Registries.of(access));
        CdkInstallation tools = new CdkInstallation(
                Optional.of(cdk.minishift()),
                Optional.of(cdk.oc()),
                Optional.of(cdk.home()),
                Optional.empty(),
                cdk.accountHome(),
                List.of());
        Host host = new Host(Host.OperatingSystem.LINUX, MUCH, path -> MUCH, List.of(), Path.of("/dev/null"), folder);
        return new PreflightRequest(
                List.of(),
                new MinishiftEngine(
                        tools,
                        Optional.of(StartSettings.of(registries).with(options)),
                        folder,
                        new CommandRunner(Secrets.NONE),
                        host),
                Optional.of(registries),
                true,
                streams,
                false,
                additional,
                images());
    }
}
