package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** The OpenShift that runs in a VM, as far as minishift has to do with it. */
interface Cluster {

    /**
     * What a cluster is started with.
     *
     * @param openshift its version
     * @param address where it listens, port 8443
     * @param admins users who are cluster-admin
     * @param whitelist {@code allowedRegistriesForImport} as JSON; empty for the version's own
     * @param images what the platform itself runs
     */
    record Request(
            OpenshiftVersion openshift,
            String address,
            List<String> admins,
            Optional<String> whitelist,
            List<PlatformImage> images) {}

    void start(Request request);

    /** Replaces {@code allowedRegistriesForImport}; JSON, {@code null} for none. */
    void whitelist(String entries);

    /** Replaces what {@code imagePolicyConfig.additionalTrustedCA} names; PEM. */
    void additionalAuthorities(String pem);

    /** The secrets that pods ({@code pull}) or builds ({@code build}) of a project pull with. */
    JsonNode pullSecrets(String namespace, String use);

    /** The next requests meet an API that is not up yet. */
    void notReadyFor(int requests);

    /** Replaces all pods; a JSON array. */
    void pods(String pods);

    void stop();

    boolean isRunning();

    /** The kubeconfig of system:admin, as YAML. */
    String kubeconfig();
}
