package io.github.cdkmaven.mojo;

import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.lifecycle.CdkStatus;
import io.github.cdkmaven.lifecycle.CdkStatus.Wanted;
import io.github.cdkmaven.minishift.CdkInstallation;
import io.github.cdkmaven.report.ReportBuilder;
import java.nio.file.Path;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Tells how the VM is: its state, address and console, who started it, and in what it differs from the POM. Changes nothing, and needs
 * {@code registry} only for the comparison.
 *
 * @since 1.0.0
 */
@Mojo(name = "status", requiresProject = false, threadSafe = true)
public final class StatusMojo extends AbstractStartMojo {

    @Inject
    StatusMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    /** A folder of its own: the report of the start is what people look for. */
    @Override
    Path ownReports() {
        return reports().resolve("status");
    }

    @Override
    void run(ReportBuilder report) {
        ParameterReader reading = reader();
        CdkInstallation tools = tools(reading);
        Optional<Wanted> wanted = Optional.empty();
        if (Values.text(registry).isPresent()) {
            RegistryName name = registryName(reading);
            wanted = Optional.of(new Wanted(settings(reading), relocation(reading, name)));
        }
        reading.complete();
        new CdkStatus(tools, wanted, reports(), runner(), report).run();
    }
}
