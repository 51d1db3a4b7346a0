package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.lifecycle.StartRequest.Build;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Everything that {@code cdk:stop} was asked for.
 *
 * @param tools the programs and folders
 * @param genericDriver whether the POM says that the VM is a machine reached by SSH
 * @param stopTimeout for stopping
 * @param reportDirectory where the start left its record
 * @param build who asks
 */
public record StopRequest(
        Tools tools, boolean genericDriver, Duration stopTimeout, Path reportDirectory, Build build) {}
