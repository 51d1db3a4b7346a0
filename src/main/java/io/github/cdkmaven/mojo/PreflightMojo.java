package io.github.cdkmaven.mojo;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.preflight.Preflight;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.streams.Streams;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Checks, before a VM boots, what could go wrong: every parameter, the programs, this machine, the registry, and each image that will be needed. All
 * problems are reported together, each with its fix. Nothing is started and nothing is changed; lists of the missing images for the registry's team
 * are written into {@code images} in the report directory.
 *
 * @since 1.0.0
 */
@Mojo(
        name = "preflight",
        defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST,
        requiresProject = false,
        threadSafe = true)
public final class PreflightMojo extends AbstractStartMojo {

    @Inject
    PreflightMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    @Override
    Optional<String> reasonToSkip() {
        return super.reasonToSkip()
                .or(() -> skipPreflight ? Optional.of("cdk.skipPreflight is set") : Optional.empty());
    }

    @Override
    Runnable step(ReportBuilder report) {
        ParameterReader reader = reader();
        Registries registries = registries(reader);
        Engine engine = engine(reader, engines(reader, report), registries);
        Streams streams = streams(reader, namespaces(reader), false);
        Preflight preflight = new Preflight(preflight(reader, engine, registries, streams, false));
        return () -> preflight.run(report);
    }
}
