package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.minishift.CdkInstallation;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.streams.StreamOrder;
import io.github.cdkmaven.verify.VerifyPolicy;
import java.nio.file.Path;

/**
 * Everything that {@code cdk:verify} was asked for.
 *
 * @param tools the programs and folders
 * @param settings what the VM is to have been started with
 * @param streams where images go, and whose ImageStreams are looked at
 * @param policy how the proof is to be made
 * @param reportDirectory where reports go
 */
public record VerifyRequest(
        CdkInstallation tools,
        StartSettings settings,
        StreamOrder streams,
        VerifyPolicy policy,
        Path reportDirectory) {}
