package io.github.cdkmaven.mojo;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.lifecycle.ConsoleAddress;
import io.github.cdkmaven.report.ReportBuilder;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/**
 * Prints the address of the web console, and who may log in there. Opens nothing, and never prints a password.
 *
 * @since 1.0.0
 */
@Mojo(name = "console", requiresProject = false, threadSafe = true)
public final class ConsoleMojo extends AbstractCdkMojo {

    @Inject
    ConsoleMojo(SettingsDecrypter decrypter) {
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

    @Override
    Runnable step(ReportBuilder report) {
        ParameterReader reader = reader();
        Engine engine = engines(reader, report, tools(reader, Optional.empty())).make();
        reader.complete();
        return new ConsoleAddress(engine, report)::run;
    }
}
