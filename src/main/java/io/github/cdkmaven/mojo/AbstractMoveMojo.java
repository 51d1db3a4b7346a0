package io.github.cdkmaven.mojo;

import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.streams.MovePolicy;
import io.github.cdkmaven.streams.StreamOrder;
import io.github.cdkmaven.streams.StreamOrder.FailurePolicy;
import java.time.Duration;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** The parameters of the goals that move ImageStreams. */
abstract class AbstractMoveMojo extends AbstractRegistryMojo {

    private static final int MOST_LANES = 64;

    AbstractMoveMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    private enum FailOn {
        ANY,
        NONE
    }

    /**
     * The namespaces whose ImageStreams are moved.
     *
     * <p>Example: {@code <namespaces><namespace>openshift</namespace><namespace>myproject</namespace></namespaces>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.namespaces", defaultValue = "openshift")
    List<String> namespaces;

    /**
     * Only plans: the report says what would move, the server tries each image without storing it, and nothing changes.
     *
     * <p>Example: {@code mvn cdk:imagestreams -Dcdk.dryRun}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.dryRun", defaultValue = "false")
    boolean dryRun;

    /**
     * How many ImageStreams are imported at once, 1 to 64.
     *
     * <p>Example: {@code <importParallelism>4</importParallelism>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.importParallelism", defaultValue = "8")
    String importParallelism;

    /**
     * How long all imports may take together: {@code 90}, {@code 90s}, {@code 15m}, {@code PT15M}; a plain number is seconds.
     *
     * <p>Example: {@code <importTimeout>20m</importTimeout>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.importTimeout", defaultValue = "10m")
    String importTimeout;

    /**
     * Which failed tags fail the goal: {@code any} or {@code none}.
     *
     * <p>Example: {@code <failOn>none</failOn>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.failOn", defaultValue = "any")
    String failOn;

    /**
     * Tags that may fail: globs on {@code stream} or {@code stream:tag}. They are reported all the same. The default is none.
     *
     * <p>Example: {@code <ignoredFailures><ignoredFailure>fis-*</ignoredFailure></ignoredFailures>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.ignoredFailures")
    @Nullable List<String> ignoredFailures;

    /** What is to happen with the ImageStreams. */
    final StreamOrder streams(ParameterReader reading) {
        RegistryName name = registryName(reading);
        return new StreamOrder(name, registryAccess(reading, name), movePolicy(reading, name), failurePolicy(reading));
    }

    private MovePolicy movePolicy(ParameterReader reading, RegistryName name) {
        return new MovePolicy(
                relocation(reading, name),
                registryInsecure,
                reading.value("namespaces", () -> Values.namespaces(namespaces), List.of()),
                includes(),
                excludes(),
                reading.value(
                        "importParallelism",
                        () -> Values.number("importParallelism", importParallelism, 1, MOST_LANES),
                        1),
                reading.value("importTimeout", () -> Values.time("importTimeout", importTimeout), Duration.ZERO),
                dryRun);
    }

    private FailurePolicy failurePolicy(ParameterReader reading) {
        FailOn chosen = reading.value("failOn", () -> Values.choice("failOn", failOn, FailOn.class), FailOn.ANY);
        return new FailurePolicy(chosen == FailOn.ANY, new Globs(Values.texts(ignoredFailures)));
    }
}
