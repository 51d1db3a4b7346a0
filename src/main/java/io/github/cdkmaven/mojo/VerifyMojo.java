package io.github.cdkmaven.mojo;

import io.github.cdkmaven.lifecycle.VerifyCdk;
import io.github.cdkmaven.lifecycle.VerifyRequest;
import io.github.cdkmaven.report.ReportBuilder;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Proves where the images of the running CDK came from: those of all pods, of the containers in the VM, of the VM's store and of the
 * ImageStreams. An image from outside fails the build, with its place and the setting that would have prevented it. Changes nothing; the last
 * step of {@code start} does the same.
 *
 * @since 1.0.0
 */
@Mojo(name = "verify", requiresProject = false, threadSafe = true)
public final class VerifyMojo extends AbstractVerifyMojo {

    @Inject
    VerifyMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    @Override
    Optional<String> reasonToSkip() {
        return super.reasonToSkip().or(() -> skipVerify ? Optional.of("cdk.skipVerify is set") : Optional.empty());
    }

    @Override
    void run(ReportBuilder report) {
        ParameterReader reading = reader();
        VerifyRequest request = new VerifyRequest(
                tools(reading), settings(reading), streams(reading), verifyPolicy(reading), reports());
        reading.complete();
        new VerifyCdk(request, runner(), report).run();
    }
}
