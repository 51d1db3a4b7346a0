package io.github.cdkmaven.mojo;

import io.github.cdkmaven.crc.CrcStartSettings;
import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.lifecycle.MoveImageStreams;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.streams.Streams;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/**
 * Moves the ImageStreams of a running CDK or OpenShift Local, or of any OpenShift that a kubeconfig reaches, to the company's registry. Does nothing else.
 *
 * @since 1.0.0
 */
@Mojo(name = "imagestreams", requiresProject = false, threadSafe = true)
public final class ImageStreamsMojo extends AbstractRegistryMojo {

    @Inject
    ImageStreamsMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    /**
     * Only these streams, or tags of them, are moved: globs on {@code stream} or {@code stream:tag}. The default is all of them.
     *
     * <p>Example: {@code <includes><include>jboss-*</include><include>jenkins:2</include></includes>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.includes")
    @Nullable List<String> includes;

    /**
     * These streams, or tags of them, are left alone: globs as in {@code includes}.
     *
     * <p>Example: {@code <excludes><exclude>jenkins:1</exclude></excludes>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.excludes")
    @Nullable List<String> excludes;

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
     * Tags that may fail: globs on {@code stream} or {@code stream:tag}. They are still reported.
     *
     * <p>Example: {@code <ignoredFailures><ignoredFailure>fis-*</ignoredFailure></ignoredFailures>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.ignoredFailures")
    @Nullable List<String> ignoredFailures;

    /**
     * Whether the samples operator of OpenShift Local is configured to use the registry, so that the ImageStreams stay moved: {@code auto} for a VM
     * that a build has started, {@code true} also for one that a person has started, {@code false} never.
     *
     * <p>Example: {@code <configureCluster>true</configureCluster>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.configureCluster", defaultValue = "auto")
    String configureCluster;

    @Override
    Runnable step(ReportBuilder report) {
        ParameterReader reader = reader();
        Engines engines = engines(reader, report).begin();
        Registries registries = registries(reader);
        Engine engine =
                engine(reader, engines, registries, () -> StartSettings.of(registries), () -> CrcStartSettings.of(
                                registries, List.of())
                        .with(Optional.empty(), Optional.empty(), CrcValues.configure(reader, configureCluster)));
        Streams streams = new StreamParameters(
                        includes, excludes, importParallelism, importTimeout, failOn, ignoredFailures)
                .read(reader, false, Values.namespaces(reader, namespaces), dryRun);
        reader.complete();
        return new MoveImageStreams(engine, registries, streams, build(), report).begin()::run;
    }
}
