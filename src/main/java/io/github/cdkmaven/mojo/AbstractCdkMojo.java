package io.github.cdkmaven.mojo;

import io.github.cdkmaven.minishift.CdkInstallation;
import io.github.cdkmaven.ownership.Build;
import io.github.cdkmaven.ownership.ProcessStamp;
import io.github.cdkmaven.problem.ForeignFailure;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.report.ConsoleSummary;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.ReportFiles;
import io.github.cdkmaven.report.RunReport;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every goal has in common: it looks at skip first, runs, writes its reports whatever came of it, and says what went wrong. */
abstract class AbstractCdkMojo extends AbstractMojo {

    private static final Logger LOG = LoggerFactory.getLogger(AbstractCdkMojo.class);

    /**
     * Leaves the goal out. Nothing is looked at, not even the executable.
     *
     * <p>Example: {@code <skip>true</skip>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.skip", defaultValue = "false")
    boolean skip;

    /**
     * The executable of the CDK or of minishift. Without it, {@code minishift} is looked for on the PATH.
     *
     * <p>Example: {@code <minishift>/opt/cdk/minishift</minishift>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.minishift")
    @Nullable File minishift;

    /**
     * The executable of {@code oc}. Without it, the one that minishift keeps for the VM is taken, or one on the PATH.
     *
     * <p>Example: {@code <oc>/opt/cdk/oc</oc>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.oc")
    @Nullable File oc;

    /**
     * The folder in which the CDK keeps VMs and cache ({@code MINISHIFT_HOME}). Without it, the environment decides, else
     * {@code ~/.minishift} is used.
     *
     * <p>Example: {@code <home>/data/minishift</home>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.home")
    @Nullable File home;

    /**
     * The profile of minishift, which is the name of the VM. Without it, the active profile is used.
     *
     * <p>Example: {@code <profile>ci</profile>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.profile")
    @Nullable String profile;

    /**
     * Where reports, logs and the private kubeconfig go. The default is {@code cdk} in the project's build directory, and
     * {@code ./cdk-report} without a project.
     *
     * <p>Example: {@code <reportDirectory>target/openshift</reportDirectory>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.reportDirectory")
    @Nullable File reportDirectory;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    MavenProject project;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    MojoExecution mojoExecution;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        Optional<String> reason = reasonToSkip();
        if (reason.isPresent()) {
            LOG.info("cdk:{} is skipped: {}", goal(), reason.get());
            skipped();
            return;
        }
        if (reportsFirst()) {
            requireReportDirectory();
        }
        ReportBuilder report = new ReportBuilder(goal());
        write(report.build().unfinished());
        try {
            PlaintextSecrets.refuse(mojoExecution, session.getRequest().getUserProperties(), project.getProperties());
            run(report);
            report.succeeded();
        } catch (ProblemException e) {
            report.problem(e.problem());
            throw failure(e);
        } catch (UncheckedIOException e) {
            Problem problem = fileProblem(e.getCause());
            report.problem(problem);
            throw failure(problem.toException(ForeignFailure.of(e)));
        } catch (RuntimeException | Error e) {
            // An Error too: from a goal, it would end Maven itself, also with -fae.
            Problem problem = Problem.of(
                    "cdk:" + goal() + " ran into something that it does not know: " + ForeignFailure.words(e),
                    "run again with -e, and report the stack trace to the makers of the cdk-maven-plugin");
            report.problem(problem);
            // Without the texts of the exceptions: at -e and -X, Maven prints them.
            throw new MojoExecutionException(problem.what(), ForeignFailure.of(e));
        } finally {
            finish(report.build());
        }
    }

    /** Whether the goal does nothing unless it can tell of it; not what has to end a VM in any case. */
    boolean reportsFirst() {
        return true;
    }

    private void requireReportDirectory() throws MojoFailureException {
        try {
            Files.createDirectories(ownReports());
        } catch (IOException e) {
            throw failure(fileProblem(e).toException(e));
        }
    }

    /** A folder that is a file, a right that is missing, a full disk. */
    private Problem fileProblem(IOException failure) {
        return Problem.of(
                "cdk:" + goal() + " could not use a file or folder: " + ForeignFailure.words(failure),
                "see that it can be written to and that its disk has room; reports go to " + reports()
                        + ", which <reportDirectory> (-Dcdk.reportDirectory=…) names, and what belongs to the VM to <home>"
                        + " (-Dcdk.home=…)");
    }

    /** The goal was left out. */
    void skipped() {}

    /** Does what the goal is for. */
    abstract void run(ReportBuilder report);

    /** The goal's name without its prefix. */
    String goal() {
        return mojoExecution.getGoal();
    }

    /** Why the goal is left out; empty if it is not. */
    Optional<String> reasonToSkip() {
        return skip ? Optional.of("cdk.skip is set") : Optional.empty();
    }

    /** Whether a goal that failed like this fails the build. */
    MojoFailureException failure(ProblemException problem) {
        return new MojoFailureException(
                String.join(System.lineSeparator(), ConsoleSummary.lines(problem.problem())), problem);
    }

    /** A report that cannot be written does not keep a VM from being stopped. */
    private void write(RunReport report) {
        // A channel refuses to write for a thread that is interrupted, and a build that was interrupted has to tell so.
        boolean interrupted = Thread.interrupted();
        try {
            ReportFiles.write(report, ownReports());
        } catch (ProblemException e) {
            e.problem().toLines().forEach(LOG::warn);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void finish(RunReport report) {
        write(report);
        ConsoleSummary.lines(report).forEach(LOG::info);
        LOG.info("Report: {}", ownReports().resolve(ReportFiles.HTML));
    }

    /** Where this goal's own report goes. */
    Path ownReports() {
        return reports();
    }

    /** The report directory in force. */
    final Path reports() {
        return Values.path(reportDirectory)
                .orElseGet(() -> project.getFile() == null
                        ? Path.of(session.getExecutionRootDirectory()).resolve("cdk-report")
                        : Path.of(project.getBuild().getDirectory()).resolve("cdk"))
                .toAbsolutePath()
                .normalize();
    }

    /** The programs and folders to work with. */
    final CdkInstallation tools(ParameterReader reading) {
        return new CdkInstallation(
                Values.path(minishift),
                Values.path(oc),
                Values.path(home),
                reading.value("profile", () -> Values.profile(profile), Optional.empty()),
                Path.of(System.getProperty("user.home")),
                CdkInstallation.path(Optional.ofNullable(System.getenv("PATH")).orElse("")));
    }

    /** Who asks: this build, and whether by hand. */
    final Build build() {
        ProcessStamp process = ProcessStamp.current();
        return new Build(
                process.pid() + "@" + session.getRequest().getStartTime().getTime(),
                isBound(),
                process,
                project.getFile() == null ? session.getExecutionRootDirectory() : Reactor.name(root()),
                project.getFile() == null ? session.getExecutionRootDirectory() : Reactor.name(project));
    }

    private MavenProject root() {
        return Optional.ofNullable(session.getTopLevelProject()).orElse(project);
    }

    final boolean isBound() {
        return mojoExecution.getSource() != MojoExecution.Source.CLI;
    }

    final CommandRunner runner() {
        return new CommandRunner(secrets(), session.getRequest().isInteractiveMode());
    }

    /** What must not be seen of any program's output. */
    Secrets secrets() {
        return Secrets.NONE;
    }
}
