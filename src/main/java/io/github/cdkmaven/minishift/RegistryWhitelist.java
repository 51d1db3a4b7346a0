package io.github.cdkmaven.minishift;

import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Readiness;
import io.github.cdkmaven.process.Deadline;
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
public final class RegistryWhitelist {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryWhitelist.class);

    private final MasterConfig config;
    private final OpenShiftApi api;

    public RegistryWhitelist(MasterConfig config, OpenShiftApi api) {
        this.config = config;
        this.api = api;
    }

    /**
     * Sees to it that some registries are on the list.
     *
     * @param openshift the version that runs
     * @param registries hosts with their ports
     * @return a sentence on what was done; empty if nothing had to be
     */
    public Optional<String> admit(
            String openshift, Collection<String> registries, boolean insecure, Deadline deadline) {
        if (!OpenShiftRelease.hasWhitelist(openshift)) {
            return Optional.empty();
        }
        Optional<String> yaml = config.read();
        if (yaml.isEmpty()) {
            LOG.warn(
                    "OpenShift's list of registries for import could not be read; if it does not hold the registry, imports will say so");
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
        LOG.info("Adding {} to the registries that OpenShift {} imports from; its master restarts", missing, openshift);
        config.write(longer);
        Readiness.await(api, deadline);
        return Optional.of("OpenShift " + openshift + " was told to import from " + String.join(", ", missing) + ".");
    }
}
