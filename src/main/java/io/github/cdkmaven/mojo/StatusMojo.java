package io.github.cdkmaven.mojo;

import io.github.cdkmaven.crc.CrcStartSettings;
import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.lifecycle.CdkStatus;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.report.ReportBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Shows the state of the VM, its address and console, who started it, and how it differs from the POM. Changes nothing, and needs {@code registry}
 * only for the comparison.
 *
 * @since 1.0.0
 */
@Mojo(name = "status", requiresProject = false, threadSafe = true)
public final class StatusMojo extends AbstractVmMojo {

    @Inject
    StatusMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    @Override
    Optional<String> reasonToSkip() {
        return super.reasonToSkip().or(this::skippedTests);
    }

    @Override
    Runnable step(ReportBuilder report) {
        ParameterReader reader = reader();
        boolean compare = Values.text(registry).isPresent();
        Engine engine = engines(reader, report, tools(reader, Optional.empty()))
                .make(
                        () -> compare ? Optional.of(settings(reader)) : Optional.empty(),
                        () -> compare ? Optional.of(local(reader)) : Optional.empty(),
                        UnaryOperator.identity());
        reader.complete();
        return new CdkStatus(engine, compare, report)::run;
    }

    private StartSettings settings(ParameterReader reader) {
        return StartSettings.of(registryParameters(reader).unasked())
                .blocking(blockedRegistries(reader))
                .with(options(reader))
                .with(startArguments(reader))
                .with(proxies(reader, List.of()), Optional.empty());
    }

    private CrcStartSettings local(ParameterReader reader) {
        return CrcStartSettings.of(registryParameters(reader).unasked(), List.of())
                .with(
                        CrcValues.bundle(reader, bundle, null, new Servers(session.getSettings(), decrypter)),
                        CrcValues.size(reader, cpus, memory, diskSize));
    }
}
