package io.github.cdkmaven.minishift;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandResult;
import java.time.Duration;
import java.util.Optional;

/** The configuration of OpenShift's master, read and patched through {@code minishift openshift config}. */
public final class MasterConfig {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Minishift minishift;

    public MasterConfig(Minishift minishift) {
        this.minishift = minishift;
    }

    /**
     * The configuration as YAML.
     *
     * @return empty when it cannot be read now: right after a restart the container that is asked may not run yet
     */
    public Optional<String> read() {
        CommandResult result = minishift.command(LIMIT, "openshift", "config", "view", "--target", "master");
        return result.succeeded() && !result.out().isBlank() ? Optional.of(result.out()) : Optional.empty();
    }

    /**
     * Puts a whitelist in place. The master restarts, and nobody waits for it: the caller has to.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if minishift refuses
     */
    public void write(Whitelist whitelist) {
        CommandResult result = minishift.command(
                LIMIT, "openshift", "config", "set", "--target", "master", "--patch", whitelist.toPatch());
        if (!result.succeeded()) {
            throw Problem.of(
                            "The registry could not be added to OpenShift's list of registries for import.",
                            "fix what minishift's last lines say, and start again; the patch is " + whitelist.toPatch())
                    .with(result.lastLines())
                    .toException();
        }
    }
}
