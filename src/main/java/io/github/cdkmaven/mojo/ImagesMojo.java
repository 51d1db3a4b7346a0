package io.github.cdkmaven.mojo;

import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.lifecycle.ImagesRequest;
import io.github.cdkmaven.lifecycle.ImagesRequest.ImagesSource;
import io.github.cdkmaven.lifecycle.ListImages;
import io.github.cdkmaven.preflight.StreamChoice;
import io.github.cdkmaven.report.ReportBuilder;
import java.io.File;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/**
 * Writes the images that this CDK needs into {@code images} in the report directory, for the team that keeps the registry: a list, a mapping
 * for {@code oc image mirror}, YAML files for {@code skopeo sync} and a script for {@code skopeo copy}. Needs neither a VM nor the registry;
 * where the registry answers, a lock file with digests and the same lists of what is missing are written too.
 *
 * @since 1.0.0
 */
@Mojo(name = "images", requiresProject = false, threadSafe = true)
public final class ImagesMojo extends AbstractRegistryMojo {

    /**
     * The OpenShift to list for. The default is the one that the CDK starts; without a CDK at hand it has to be named.
     *
     * <p>Example: {@code mvn cdk:images -Dcdk.openshiftVersion=v3.11.141}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.openshiftVersion")
    @Nullable String openshiftVersion;

    /**
     * Images that the tests need beyond OpenShift and its ImageStreams, by their public names. The default is none.
     *
     * <p>Example: {@code <additionalImages><additionalImage>docker.io/library/postgres:13</additionalImage></additionalImages>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.additionalImages")
    @Nullable List<String> additionalImages;

    /**
     * Where the list comes from: {@code catalogue} for what is known of the OpenShift, {@code cluster} for what the ImageStreams and pods of a
     * running one name, or {@code both}.
     *
     * <p>Example: {@code mvn cdk:images -Dcdk.imagesSource=both}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.imagesSource", defaultValue = "catalogue")
    String imagesSource;

    /**
     * The namespaces whose ImageStreams are read, where a cluster is asked.
     *
     * <p>Example: {@code <namespaces><namespace>openshift</namespace></namespaces>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.namespaces", defaultValue = "openshift")
    List<String> namespaces;

    /**
     * A kubeconfig of the cluster to ask. The default is the running CDK's.
     *
     * <p>Example: {@code -Dcdk.kubeconfig=shared-cluster.kubeconfig}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.kubeconfig")
    @Nullable File kubeconfig;

    /**
     * The context of the kubeconfig; its current one by default.
     *
     * <p>Example: {@code -Dcdk.context=team/api-corp-example:6443/dev}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.context")
    @Nullable String context;

    @Inject
    ImagesMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    @Override
    void run(ReportBuilder report) {
        ParameterReader reading = reader();
        RegistryName name = registryName(reading);
        ImagesRequest request = new ImagesRequest(
                tools(reading),
                name,
                registryAccess(reading, name),
                relocation(reading, name),
                new StreamChoice(false, includes(), excludes(), true, new Globs(List.of()), false),
                Values.texts(namespaces),
                reading.value(
                        "openshiftVersion",
                        () -> Values.text(openshiftVersion).map(text -> VmValues.openshift("openshiftVersion", text)),
                        Optional.empty()),
                additionalImages(reading, additionalImages),
                reading.value(
                        "imagesSource",
                        () -> Values.choice("imagesSource", imagesSource, ImagesSource.class),
                        ImagesSource.CATALOGUE),
                Values.path(kubeconfig),
                Values.text(context),
                reports());
        reading.complete();
        new ListImages(request, runner(), report).run();
    }
}
