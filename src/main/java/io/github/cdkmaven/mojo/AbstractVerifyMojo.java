package io.github.cdkmaven.mojo;

import io.github.cdkmaven.verify.VerifyPolicy;
import java.time.Duration;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** The parameters of the goals that prove where the images came from. */
abstract class AbstractVerifyMojo extends AbstractStartMojo {

    AbstractVerifyMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    /**
     * Images that may come from elsewhere: patterns with {@code *} and {@code ?}, with or without tag. The default is none.
     *
     * <p>Example: {@code <allowedImages><allowedImage>quay.io/team/*</allowedImage></allowedImages>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.allowedImages")
    @Nullable List<String> allowedImages;

    /**
     * Leaves out the proof of where the images came from.
     *
     * <p>Example: {@code mvn verify -Dcdk.skipVerify}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.skipVerify", defaultValue = "false")
    boolean skipVerify;

    /**
     * Makes the VM try to pull a public image from each of the {@code blockedRegistries}, which must fail. What it could pull is removed again.
     *
     * <p>Example: {@code mvn cdk:verify -Dcdk.verifyBlocked}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.verifyBlocked", defaultValue = "false")
    boolean verifyBlocked;

    /**
     * How long pods may take to get their images before they are judged as they are: {@code 90}, {@code 90s}, {@code 15m}, {@code PT15M}; a
     * plain number is seconds.
     *
     * <p>Example: {@code <verifyTimeout>10m</verifyTimeout>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.verifyTimeout", defaultValue = "5m")
    String verifyTimeout;

    /** How the proof is to be made. */
    final VerifyPolicy verifyPolicy(ParameterReader reading) {
        return new VerifyPolicy(
                skipVerify,
                Values.texts(allowedImages),
                verifyBlocked,
                reading.value("verifyTimeout", () -> Values.time("verifyTimeout", verifyTimeout), Duration.ZERO));
    }
}
