package io.github.cdkmaven.mojo;

import io.github.cdkmaven.cluster.ClusterLogin;
import io.github.cdkmaven.engine.Proxies;
import io.github.cdkmaven.http.FirstConnection;
import io.github.cdkmaven.lifecycle.HandedFiles;
import io.github.cdkmaven.lifecycle.TestEvidence;
import io.github.cdkmaven.minishift.CdkInstallation;
import io.github.cdkmaven.ownership.Build;
import io.github.cdkmaven.ownership.ProcessStamp;
import io.github.cdkmaven.problem.ForeignFailure;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.ProgramFiles;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.process.UserFolder;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.ConsoleSummary;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.ReportFolder;
import io.github.cdkmaven.report.RunReport;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every goal has in common: it looks at skip first, runs, writes its reports whatever came of it, and says what went wrong. */
abstract class AbstractCdkMojo extends AbstractMojo {

    private static final Logger LOG = LoggerFactory.getLogger(AbstractCdkMojo.class);
    private static final String ISSUES = "https://github.com/cdkmaven/cdk-maven-plugin/issues";

    /**
     * Skips the goal. Nothing is checked, not even the executable.
     *
     * <p>Example: {@code <skip>true</skip>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.skip", defaultValue = "false")
    boolean skip;

    /**
     * What runs OpenShift: {@code minishift} for a CDK or minishift, {@code crc} for OpenShift Local, {@code cluster} for a cluster that is already
     * running, or {@code auto}: the one whose parameter is given ({@code minishift}, {@code crc} or {@code kubeconfig}), or else what is on the PATH,
     * minishift before crc.
     *
     * <p>Example: {@code <engine>cluster</engine>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.engine", defaultValue = "auto")
    String engine;

    /**
     * The kubeconfig of a cluster: the goal works on that cluster, and needs neither minishift nor crc. It writes nothing there but ImageStreams and
     * their secret. Without it, the goal works on a VM; {@code ~/.kube/config} is never used by default.
     *
     * <p>Example: {@code <kubeconfig>/etc/ci/shared-cluster.kubeconfig</kubeconfig>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.kubeconfig")
    @Nullable File kubeconfig;

    /**
     * The executable of the CDK or of minishift. Without it, {@code minishift} from the PATH is used.
     *
     * <p>Example: {@code <minishift>/opt/cdk/minishift</minishift>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.minishift")
    @Nullable File minishift;

    /**
     * The executable of OpenShift Local. Without it, {@code crc} from the PATH is used if the engine is crc. Each account has only one VM, in {@code
     * ~/.crc}.
     *
     * <p>Example: {@code <crc>/opt/crc/crc</crc>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.crc")
    @Nullable File crc;

    /**
     * The folder in which the CDK keeps VMs and cache ({@code MINISHIFT_HOME}). Without it, the environment variable of that name is used, or else
     * {@code ~/.minishift}.
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
     * The folder for reports, logs and the private kubeconfig. The reports of each goal have their own folder in it, and {@code report.html} is the
     * index. The default is {@code cdk} in the project's build directory, and {@code ./cdk-report} without a project.
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

    /** Maven's own service for what is encrypted in settings.xml. */
    final SettingsDecrypter decrypter;

    /** The environment of the build, which programs get too. */
    Map<String, String> environment = System.getenv();

    AbstractCdkMojo(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        Optional<String> reason = reasonToSkip();
        if (reason.isPresent()) {
            LOG.info("cdk:{} is skipped: {}", goal(), reason.get());
            skipped();
            return;
        }
        if (connects()) {
            FirstConnection.prepare();
        }
        if (reportsFirst()) {
            requireReportDirectory();
        }
        PomConfiguration pom = PomConfiguration.of(mojoExecution);
        ReportBuilder report = new ReportBuilder(goal()).advising(pom::advice);
        ReportFolder folder = new ReportFolder(
                reports(),
                goal(),
                mojoExecution.getExecutionId(),
                session.getRequest().getStartTime().toInstant());
        boolean block = true;
        try {
            PlaintextSecrets.refuse(mojoExecution, session.getRequest().getUserProperties(), project.getProperties());
            report.checks(pom.ignored(session.getRequest().getUserProperties()));
            Runnable step = step(report);
            // It may be the last that is heard of this goal. A cluster that is being asked answers meanwhile.
            write(folder, report.build().unfinished());
            step.run();
            report.succeeded();
            block = false;
        } catch (ProblemException e) {
            Problem problem = pom.advice(e.problem());
            report.problem(problem);
            throw failure(problem, Optional.of(folder), e);
        } catch (UncheckedIOException e) {
            Problem problem = pom.advice(fileProblem(e.getCause()));
            report.problem(problem);
            throw failure(problem, Optional.of(folder), e);
        } catch (CancellationException e) {
            Problem problem = Problem.of("cdk:" + goal() + " was interrupted.", "run the build again");
            report.problem(problem);
            throw failure(problem, Optional.of(folder), e);
        } catch (RuntimeException | Error e) {
            // An Error too: from a goal, it would end Maven itself, also with -fae.
            Problem problem = Problem.of(
                            "cdk:" + goal() + " failed unexpectedly: " + ForeignFailure.words(e),
                            "run again with -e, and report the stack trace and the plugin's version at " + ISSUES)
                    .with(ForeignFailure.causes(e));
            report.problem(problem);
            throw new MojoExecutionException(block(problem, Optional.of(folder)), ForeignFailure.of(e));
        } finally {
            write(folder, report.build());
            log(report.build());
            if (!block) {
                LOG.info("Report: {}", folder.page());
            }
        }
    }

    /** Tells in Maven's log what was done and found. */
    void log(RunReport report) {
        ConsoleSummary.log(report, module(), LOG);
    }

    /** Whether the goal speaks to registries or to a cluster whatever it finds. */
    boolean connects() {
        return false;
    }

    /** Whether the goal does nothing unless it can tell of it; not what has to end a VM in any case. */
    boolean reportsFirst() {
        return true;
    }

    private void requireReportDirectory() throws MojoFailureException {
        try {
            Files.createDirectories(reports());
        } catch (IOException e) {
            throw failure(fileProblem(e), Optional.empty(), e);
        }
    }

    /** A folder that is a file, a right that is missing, a full disk. */
    private Problem fileProblem(IOException failure) {
        return Problem.of(
                "cdk:" + goal() + " could not use a file or folder: " + ForeignFailure.words(failure),
                "make sure that it is writable and that its disk has room; reports go to " + reports()
                        + ", which <reportDirectory> (-Dcdk.reportDirectory=…) names, and the files of a CDK to <home>"
                        + " (-Dcdk.home=…)");
    }

    /** The goal was left out. */
    void skipped() {}

    /**
     * Reads the parameters.
     *
     * @return the step that they ask for, still to be run
     */
    abstract Runnable step(ReportBuilder report);

    /** The goal's name without its prefix. */
    String goal() {
        return mojoExecution.getGoal();
    }

    /** Why the goal is left out; empty if it is not. */
    Optional<String> reasonToSkip() {
        return skip ? Optional.of("cdk.skip is set") : Optional.empty();
    }

    /** A failure with all that the user needs in its message. Without its cause, since Maven would add the texts of that. */
    private static MojoFailureException failure(Problem problem, Optional<ReportFolder> folder, Exception cause) {
        LOG.debug("What failed, in detail", ForeignFailure.of(cause));
        return new MojoFailureException(block(problem, folder));
    }

    private static String block(Problem problem, Optional<ReportFolder> folder) {
        List<String> lines = new ArrayList<>(ConsoleSummary.lines(problem));
        folder.ifPresent(written -> lines.add("Report: " + written.page()));
        return String.join(System.lineSeparator(), lines);
    }

    /** A report that cannot be written does not keep a VM from being stopped. */
    static void write(ReportFolder folder, RunReport report) {
        try {
            folder.write(report);
        } catch (ProblemException e) {
            e.problem().toLines().forEach(LOG::warn);
        }
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

    /** The home folder of the account that runs the build. */
    static Path accountHome() {
        return UserFolder.accountHome(Optional.ofNullable(System.getenv("HOME")), System.getProperty("user.home"));
    }

    /** Reads the parameters, of which none may hold a login. */
    final ParameterReader reader() {
        ParameterReader reader = new ParameterReader();
        PlaintextSecrets.logins(this).forEach(reader::refuse);
        return reader;
    }

    /**
     * The programs and folders to work with.
     *
     * @param oc the executable that the user named, or that an earlier start found
     */
    final CdkInstallation tools(ParameterReader reader, Optional<Path> oc) {
        return new CdkInstallation(
                Values.path(minishift),
                oc.filter(file -> isWish("cdk.oc", file)),
                Values.path(home),
                reader.value("profile", () -> Values.profile(profile), Optional.empty()),
                accountHome(),
                ProgramFiles.path(Optional.ofNullable(System.getenv("PATH")).orElse("")));
    }

    /** The context of the kubeconfig that is wanted, if one is. */
    Optional<String> context() {
        return Optional.empty();
    }

    /** Chooses the engine: that of an earlier start of this module, unless this goal is told another one. */
    final Engines engines(ParameterReader reader, ReportBuilder report, CdkInstallation tools) {
        BuildSession build = BuildSession.of(session);
        CommandRunner runner = runner();
        Optional<ClusterLogin> cluster = Values.path(kubeconfig)
                .filter(file -> isWish("cdk.kubeconfig", file))
                .map(file -> new ClusterLogin(file, context(), runner));
        Engines own = new Engines(reader, engine, tools, Values.path(crc), cluster, environment, reports(), runner);
        Engines engines = build.asStarted(project, own).anew(context());
        report.cdk(CdkFacts.none().with(CdkFacts.Fact.ENGINE, engines.name()));
        return engines;
    }

    /** Whether a parameter's value comes from the user: a start hands over some properties that have the names of parameters. */
    final boolean isWish(String property, Object value) {
        return !BuildSession.of(session).hasHandedOver(project, property, value);
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

    /** Which module this is, where several are built at the same time. */
    private Optional<String> module() {
        return session.getRequest().getDegreeOfConcurrency() > 1
                ? Optional.of(project.getArtifactId())
                : Optional.empty();
    }

    private MavenProject root() {
        return Optional.ofNullable(session.getTopLevelProject()).orElse(project);
    }

    final boolean isBound() {
        return mojoExecution.getSource() != MojoExecution.Source.CLI;
    }

    /**
     * Runs programs. None of their output shows a password of this build, whichever goal runs them: minishift keeps what a start was given, and
     * quotes its environment.
     */
    final CommandRunner runner() {
        return new CommandRunner(secrets(), session.getRequest().isInteractiveMode());
    }

    private Secrets secrets() {
        List<String> secrets = new ArrayList<>(Proxies.passwords(environment));
        secrets.addAll(new Servers(session.getSettings(), decrypter).passwords());
        return Secrets.of(secrets);
    }

    /** What the cluster that was handed to this module's tests tells of their failure. */
    final TestEvidence evidence() {
        return new TestEvidence(new HandedFiles(reports()), runner(), secrets());
    }

    /** The reason to leave out a goal that serves integration tests where these are left out, unless it is called by hand. */
    final Optional<String> skippedTests() {
        return isBound()
                ? Reactor.skippedTests(session, project).map(property -> property + " is set")
                : Optional.empty();
    }
}
