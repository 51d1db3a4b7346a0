package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.ownership.Build;
import io.github.cdkmaven.preflight.PreflightRequest;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.streams.Streams;
import io.github.cdkmaven.verify.VerifyPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that {@code cdk:start} was asked for, checked and in the types that it needs.
 *
 * @param engine what is to be started
 * @param registries from which images come
 * @param preflight what is checked before a VM boots; absent to check nothing
 * @param streams what is to happen with the ImageStreams
 * @param verify how it is proven where the images came from
 * @param ifRunning what to do when the CDK runs already
 * @param stopOnFailure whether a VM that this build started is stopped again when the goal fails
 * @param startTimeout for everything until the API answers
 * @param stopTimeout for stopping
 * @param accountHome the home of the account, where its builds agree while the engine's home is new
 * @param reportDirectory where reports, logs and the private kubeconfig go
 * @param build who asks
 * @param keepRunning whether the VM is to be left running, for this build and all later ones
 */
public record StartRequest(
        Engine engine,
        Registries registries,
        Optional<PreflightRequest> preflight,
        Streams streams,
        VerifyPolicy verify,
        IfRunning ifRunning,
        boolean stopOnFailure,
        Duration startTimeout,
        Duration stopTimeout,
        Path accountHome,
        Path reportDirectory,
        Build build,
        boolean keepRunning) {

    /** What to do when the CDK runs already. */
    public enum IfRunning {
        /** Use it as it is. */
        ATTACH,
        /** Stop it and start it again. */
        RESTART,
        /** Give up. */
        FAIL
    }
}
