package io.github.cdkmaven.mojo;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.lifecycle.DeleteCdk;
import io.github.cdkmaven.lifecycle.HandedFiles;
import io.github.cdkmaven.lifecycle.NoMachine;
import io.github.cdkmaven.report.ReportBuilder;
import java.time.Duration;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Deletes the VM, running or not, and checks that it is gone. Use it to apply settings that minishift only uses when it creates a VM, or after a
 * start that failed half-way. The cache stays.
 *
 * @since 1.0.0
 */
@Mojo(name = "delete", requiresProject = false, threadSafe = true)
public final class DeleteMojo extends AbstractCdkMojo {

    @Inject
    DeleteMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    /**
     * How long deleting may take: {@code 90}, {@code 90s}, {@code 15m}, {@code PT15M}; a plain number is seconds.
     *
     * <p>Example: {@code <stopTimeout>10m</stopTimeout>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.stopTimeout", defaultValue = "5m")
    String stopTimeout;

    @Override
    boolean reportsFirst() {
        return false;
    }

    @Override
    Runnable step(ReportBuilder report) {
        ParameterReader reader = reader();
        Engine engine = engines(reader, report, tools(reader, Optional.empty())).make();
        Duration limit = reader.value("stopTimeout", () -> Values.time("stopTimeout", stopTimeout), Duration.ZERO);
        reader.complete();
        MachineEngine owner = engine.withMachine().orElseThrow(() -> NoMachine.delete(engine));
        DeleteCdk delete = new DeleteCdk(owner, limit, build(), report);
        HandedFiles files = new HandedFiles(reports());
        return () -> {
            delete.run();
            files.remove();
        };
    }
}
