package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.lifecycle.StartRequest.FailurePolicy;
import io.github.cdkmaven.openshift.MovePolicy;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything that {@code cdk:imagestreams} was asked for.
 *
 * @param tools the programs and folders
 * @param registry the company's registry
 * @param move how the ImageStreams move
 * @param failures which failed tags fail the goal
 * @param kubeconfig the cluster to work on; absent for the CDK's
 * @param context the kubeconfig's context; absent for its current one
 * @param reportDirectory where reports go
 */
public record MoveRequest(
        Tools tools,
        RegistryName registry,
        MovePolicy move,
        FailurePolicy failures,
        Optional<Path> kubeconfig,
        Optional<String> context,
        Path reportDirectory) {}
