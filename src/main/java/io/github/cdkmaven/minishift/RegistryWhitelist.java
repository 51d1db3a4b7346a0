package io.github.cdkmaven.minishift;

import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Readiness;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.Deadline;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds the registry to the list of registries that OpenShift up to 3.9 imports from, and touches nothing else of the configuration.
 *
 * <p>Without that, 3.9 refuses every moved stream, to cluster administrators too (origin#20039).
 */
final class RegistryWhitelist {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryWhitelist.class);

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Minishift minishift;
    private final OpenShiftApi api;

    RegistryWhitelist(Minishift minishift, OpenShiftApi api) {
        this.minishift = minishift;
        this.api = api;
    }

    /**
     * Sees to it that some registries are on the list.
     *
     * @param openshift the version that runs
     * @param registries hosts with their ports
     * @return a sentence on what was done; empty if nothing had to be
     */
    Optional<String> admit(String openshift, Collection<String> registries, boolean insecure, Deadline deadline) {
        if (!OpenShiftRelease.hasWhitelist(openshift)) {
            return Optional.empty();
        }
        Optional<String> yaml = read();
        if (yaml.isEmpty()) {
            LOG.warn(
                    "OpenShift's list of registries for import could not be read; if the registry is not in it, the imports will fail and say so");
            return Optional.empty();
        }
        Optional<Whitelist> list = Whitelist.find(yaml.get());
        Collection<String> missing = new TreeSet<>(registries);
        missing.removeIf(registry -> list.isEmpty() || list.get().admits(registry, insecure));
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        Whitelist longer = list.get();
        for (String registry : missing) {
            longer = longer.with(registry, insecure);
        }
        LOG.info(
                "Adding {} to the registries that OpenShift {} may import from; this restarts its master",
                missing,
                openshift);
        write(longer);
        Readiness.await(api, deadline);
        return Optional.of("OpenShift " + openshift + " may now import from " + String.join(", ", missing) + ".");
    }

    /** The master's configuration as YAML; empty when it cannot be read now: right after a restart its container may not run yet. */
    private Optional<String> read() {
        CommandResult result = minishift.command(LIMIT, "openshift", "config", "view", "--target", "master");
        return result.succeeded() && !result.out().isBlank() ? Optional.of(result.out()) : Optional.empty();
    }

    /** Puts a whitelist in place. The master restarts, and nobody waits for it: the caller has to. */
    private void write(Whitelist whitelist) {
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
