package io.github.cdkmaven.mojo;

import io.github.cdkmaven.crc.CrcStartSettings;
import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.lifecycle.VerifyCdk;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.minishift.UserArguments;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.verify.VerifyPolicy;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/**
 * Proves where the images of the running CDK came from: those of all pods, of the containers in the VM, of the VM's store and of the ImageStreams. An
 * image from outside fails the build; the message names where it is used and the setting that would have prevented it. Changes nothing; the last step
 * of {@code start} does the same.
 *
 * @since 1.0.0
 */
@Mojo(name = "verify", requiresProject = false, threadSafe = true)
public final class VerifyMojo extends AbstractRegistryMojo {

    @Inject
    VerifyMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    /**
     * The registries from which the VM's docker must not pull. If an existing VM blocks others, the default only causes a warning, and {@code verify}
     * shows where the images came from.
     *
     * <p>Example: {@code <blockedRegistries><blockedRegistry>docker.io</blockedRegistry></blockedRegistries>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.blockedRegistries", defaultValue = StartSettings.BLOCKED_BY_DEFAULT)
    List<String> blockedRegistries;

    /**
     * Further arguments for {@code minishift start}, passed on unchanged, one in each element.
     *
     * <p>Example: {@code <startArguments><startArgument>--server-loglevel</startArgument><startArgument>5</startArgument></startArguments>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.startArguments")
    @Nullable List<String> startArguments;

    /**
     * Images that may come from elsewhere: patterns with {@code *} and {@code ?}, with or without tag.
     *
     * <p>Example: {@code <allowedImages><allowedImage>quay.io/team/*</allowedImage></allowedImages>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.allowedImages")
    @Nullable List<String> allowedImages;

    /**
     * Does not verify where the images came from.
     *
     * <p>Example: {@code mvn verify -Dcdk.skipVerify}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.skipVerify", defaultValue = "false")
    boolean skipVerify;

    /**
     * Makes the VM try to pull a public image from each of the {@code blockedRegistries}, which must fail. An image that it could pull is removed
     * again.
     *
     * <p>Example: {@code mvn cdk:verify -Dcdk.verifyBlocked}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.verifyBlocked", defaultValue = "false")
    boolean verifyBlocked;

    /**
     * Makes the VM pull a builder image of a moved ImageStream, which must succeed. The image is removed again. On a shared cluster, nothing is
     * pulled.
     *
     * <p>Example: {@code mvn cdk:verify -Dcdk.verifyPull}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.verifyPull", defaultValue = "false")
    boolean verifyPull;

    /**
     * How long pods may take to get their images before they are judged anyway: {@code 90}, {@code 90s}, {@code 15m}, {@code PT15M}; a plain number
     * is seconds.
     *
     * <p>Example: {@code <verifyTimeout>10m</verifyTimeout>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.verifyTimeout", defaultValue = "5m")
    String verifyTimeout;

    @Override
    Optional<String> reasonToSkip() {
        return super.reasonToSkip().or(() -> skipVerify ? Optional.of("cdk.skipVerify is set") : Optional.empty());
    }

    @Override
    Runnable step(ReportBuilder report) {
        ParameterReader reader = reader();
        Engines engines = engines(reader, report).begin();
        Registries registries = registries(reader);
        Engine engine = engine(
                reader,
                engines,
                registries,
                () -> settings(reader, registries),
                () -> CrcStartSettings.of(registries, blocked(reader)));
        VerifyPolicy policy =
                Values.verifyPolicy(reader, skipVerify, allowedImages, verifyBlocked, verifyPull, verifyTimeout);
        List<String> names = Values.namespaces(reader, namespaces);
        reader.complete();
        return new VerifyCdk(engine, registries, names, policy, reports(), report)::run;
    }

    private StartSettings settings(ParameterReader reader, Registries registries) {
        return StartSettings.of(registries)
                .blocking(blocked(reader))
                .with(reader.value(
                        "startArguments",
                        () -> UserArguments.checked(Values.texts(startArguments)),
                        List.<String>of()));
    }

    private List<String> blocked(ParameterReader reader) {
        return reader.value("blockedRegistries", () -> Values.words("blockedRegistries", blockedRegistries), List.of());
    }
}
