package io.github.cdkmaven.mojo;

import io.github.cdkmaven.crc.CrcStartSettings;
import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.engine.NeededImages;
import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.lifecycle.ListImages;
import io.github.cdkmaven.lifecycle.ListImages.ImagesSource;
import io.github.cdkmaven.minishift.StartOption;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.mirror.SampleImages;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.streams.Streams;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/**
 * Writes the images that this OpenShift needs into {@code images} in the report directory, for the registry's team: a list, a mapping for {@code oc
 * image mirror}, YAML files for {@code skopeo sync} and a script for {@code skopeo copy}. Needs neither a VM nor the registry; where the registry
 * answers, a lock file with digests and the same lists of what is missing are written too.
 *
 * @since 1.0.0
 */
@Mojo(name = "images", requiresProject = false, threadSafe = true)
public final class ImagesMojo extends AbstractRegistryMojo {

    @Inject
    ImagesMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    /**
     * Only these streams, or tags of them, are listed: globs on {@code stream} or {@code stream:tag}. The default is all of them.
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
     * The version of OpenShift to list images for: an exact version of OpenShift 3, or {@code 4.10} to {@code 4.22} for the ImageStreams of OpenShift
     * 4, which needs no program. The default is the version that the CDK starts; without a CDK, it is required.
     *
     * <p>Example: {@code mvn cdk:images -Dcdk.openshiftVersion=v3.11.141}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.openshiftVersion")
    @Nullable String openshiftVersion;

    /**
     * Images that the tests need in addition to OpenShift and its ImageStreams, by their public names.
     *
     * <p>Example: {@code <additionalImages><additionalImage>docker.io/library/postgres:13</additionalImage></additionalImages>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.additionalImages")
    @Nullable List<String> additionalImages;

    /**
     * Where the list comes from: {@code catalogue} for the plugin's own list for this OpenShift version, {@code cluster} for the images that the
     * ImageStreams and pods of a running cluster name, or {@code both}.
     *
     * <p>Example: {@code mvn cdk:images -Dcdk.imagesSource=both}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.imagesSource", defaultValue = "catalogue")
    String imagesSource;

    @Override
    Runnable step(ReportBuilder report) {
        ParameterReader reader = reader();
        Registries registries = registries(reader);
        Optional<String> four = Values.text(openshiftVersion).filter(SampleImages::isFor);
        Optional<NeededImages> samples = four.map(version -> new NeededImages(
                version,
                reader.value("openshiftVersion", () -> SampleImages.of(version), List.of()),
                Optional.empty()));
        Engine engine = engine(
                reader,
                engines(reader, report),
                registries,
                () -> settings(reader, registries, four.isEmpty()),
                () -> CrcStartSettings.of(registries, List.of()));
        ListImages.Request request = new ListImages.Request(
                engine,
                () -> samples.orElseGet(engine::images),
                registries,
                Streams.of(Values.namespaces(reader, namespaces))
                        .only(new Globs(Values.texts(includes)), new Globs(Values.texts(excludes))),
                Values.images(reader, additionalImages),
                reader.value(
                        "imagesSource",
                        () -> Values.choice("imagesSource", imagesSource, ImagesSource.class),
                        ImagesSource.CATALOGUE),
                reports().resolve("images"));
        reader.complete();
        return new ListImages(request, report)::run;
    }

    private StartSettings settings(ParameterReader reader, Registries registries, boolean ofVm) {
        Map<StartOption, List<String>> options = new EnumMap<>(StartOption.class);
        if (ofVm) {
            AbstractVmMojo.put(reader, options, StartOption.OPENSHIFT_VERSION, openshiftVersion, VmValues::openshift);
        }
        return StartSettings.of(registries).with(options);
    }
}
