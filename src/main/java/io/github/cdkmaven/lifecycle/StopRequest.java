package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.ownership.Build;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Everything that {@code cdk:stop} was asked for.
 *
 * @param engine what is to be stopped
 * @param stopTimeout for stopping, and for waiting until the VM may be stopped
 * @param build who asks
 * @param keepRunning whether the VM is to be left running, for this build and all later ones
 * @param files by which this build finds the cluster, and which are of no use afterwards
 * @param comingModules the modules of this build that use the VM now or will use it; asked when it is about to be stopped
 */
public record StopRequest(
        MachineEngine engine,
        Duration stopTimeout,
        Build build,
        boolean keepRunning,
        HandedFiles files,
        Supplier<List<String>> comingModules) {}
