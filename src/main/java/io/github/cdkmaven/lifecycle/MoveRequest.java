package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.minishift.CdkInstallation;
import io.github.cdkmaven.streams.StreamOrder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything that {@code cdk:imagestreams} was asked for.
 *
 * @param tools the programs and folders
 * @param streams what is to happen with the ImageStreams
 * @param kubeconfig the cluster to work on; absent for the CDK's
 * @param context the kubeconfig's context; absent for its current one
 * @param reportDirectory where reports go
 */
public record MoveRequest(
        CdkInstallation tools,
        StreamOrder streams,
        Optional<Path> kubeconfig,
        Optional<String> context,
        Path reportDirectory) {}
