package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.preflight.PreflightRequest;
import io.github.cdkmaven.verify.VerifyPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that {@code cdk:start} was asked for, checked and in the types that it needs.
 *
 * @param tools the programs and folders
 * @param settings what minishift is to be started with
 * @param preflight what is checked before a VM boots; absent to check nothing
 * @param streams what is to happen with the ImageStreams
 * @param skipImageStreams whether they stay where they are
 * @param ifRunning what to do when the CDK runs already
 * @param stopOnFailure whether a VM that this build started is stopped again when the goal fails
 * @param startTimeout for everything until the API answers
 * @param stopTimeout for stopping
 * @param reportDirectory where reports, logs and the private kubeconfig go
 * @param build who asks
 * @param verify how it is proven where the images came from
 */
public record StartRequest(
        Tools tools,
        StartSettings settings,
        Optional<PreflightRequest> preflight,
        StreamOrder streams,
        boolean skipImageStreams,
        IfRunning ifRunning,
        boolean stopOnFailure,
        Duration startTimeout,
        Duration stopTimeout,
        Path reportDirectory,
        Build build,
        VerifyPolicy verify) {

    /** What to do when the CDK runs already. */
    public enum IfRunning {
        /** Use it as it is. */
        ATTACH,
        /** Stop it and start it again. */
        RESTART,
        /** Give up. */
        FAIL
    }

    /**
     * The build that asks.
     *
     * @param id tells this build from every other one of this machine
     * @param bound whether the goal is bound to the build's lifecycle, and not called by hand
     */
    public record Build(String id, boolean bound) {}

    /** The kubeconfig that stands in for the user's own while minishift runs. */
    public Path minishiftKubeconfig() {
        return reportDirectory.resolve("minishift.kubeconfig");
    }
}
