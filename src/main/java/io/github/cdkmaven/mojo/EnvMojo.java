package io.github.cdkmaven.mojo;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.lifecycle.Shell;
import io.github.cdkmaven.lifecycle.ShellEnvironment;
import io.github.cdkmaven.report.ConsoleSummary;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.RunReport;
import java.io.File;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prints what a shell needs to use the cluster, one line for each variable: {@code KUBECONFIG}, the PATH with an {@code oc}, and, with a CDK,
 * {@code DOCKER_HOST}. With {@code -q}, these lines are all that is printed: {@code cdk=$(mvn -q cdk:env) && eval "$cdk"}.
 *
 * @since 1.0.0
 */
@Mojo(name = "env", requiresProject = false, threadSafe = true)
public final class EnvMojo extends AbstractCdkMojo {

    private static final Logger LOG = LoggerFactory.getLogger(EnvMojo.class);

    @Inject
    EnvMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    /**
     * The context of the {@code kubeconfig}; its current one by default.
     *
     * <p>Example: {@code -Dcdk.context=team/api-corp-example:6443/dev}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.context")
    @Nullable String context;

    @Override
    Optional<String> context() {
        return Values.text(context);
    }

    /**
     * An {@code oc} for the cluster. Without it, the CDK's own is used, or else the one on the PATH.
     *
     * <p>Example: {@code -Dcdk.oc=/opt/oc}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.oc")
    @Nullable File oc;

    /**
     * The shell that the lines are for: {@code sh}, {@code powershell}, {@code cmd}, or {@code auto}: {@code powershell} on Windows, else
     * {@code sh}.
     *
     * <p>Example: {@code -Dcdk.shell=cmd}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.shell", defaultValue = "auto")
    String shell;

    @Override
    Runnable step(ReportBuilder report) {
        ParameterReader reader = reader();
        Engine engine = engines(reader, report, tools(reader, Values.path(oc))).make();
        Shell chosen = reader.value("shell", this::chosenShell, Shell.SH);
        reader.complete();
        return new ShellEnvironment(engine, chosen, reports(), System.out::println, report)::run;
    }

    /** As information alone: a shell would take a warning, which {@code -q} prints too, for a command. */
    @Override
    void log(RunReport report) {
        ConsoleSummary.lines(report).forEach(line -> LOG.info(line.text()));
    }

    /** What {@code <shell>} takes. */
    private enum Choice {
        AUTO,
        SH,
        POWERSHELL,
        CMD
    }

    private Shell chosenShell() {
        Choice choice = Values.choice("shell", shell, Choice.class);
        return choice == Choice.AUTO ? Shell.ofThisMachine() : Shell.valueOf(choice.name());
    }
}
