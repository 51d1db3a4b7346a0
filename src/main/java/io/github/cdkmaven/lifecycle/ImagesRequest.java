package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.minishift.CdkInstallation;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.preflight.StreamChoice;
import io.github.cdkmaven.registry.RegistryAccess;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything that {@code cdk:images} was asked for.
 *
 * @param tools the programs and folders
 * @param registry the company's registry
 * @param access how this machine speaks to it, if it can
 * @param relocation where images go
 * @param streams which ImageStreams matter
 * @param namespaces whose streams are read, where a cluster is asked
 * @param openshiftVersion the OpenShift to list for; absent for minishift's own
 * @param additionalImages the project's own images
 * @param source where the list comes from
 * @param kubeconfig the cluster to ask; absent for the CDK's
 * @param context the kubeconfig's context; absent for its current one
 * @param reportDirectory where the folder of the lists goes
 */
public record ImagesRequest(
        CdkInstallation tools,
        RegistryName registry,
        RegistryAccess access,
        Relocation relocation,
        StreamChoice streams,
        List<String> namespaces,
        Optional<String> openshiftVersion,
        List<NeededImage> additionalImages,
        ImagesSource source,
        Optional<Path> kubeconfig,
        Optional<String> context,
        Path reportDirectory) {

    /** Where a list of images comes from. */
    public enum ImagesSource {
        /** What is known of the OpenShift, without one. */
        CATALOGUE,
        /** What a running cluster names. */
        CLUSTER,
        /** Both; a cluster that cannot be asked is no failure. */
        BOTH
    }
}
