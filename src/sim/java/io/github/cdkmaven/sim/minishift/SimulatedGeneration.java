package io.github.cdkmaven.sim.minishift;

/**
 * What changed from one minishift release to the next, as far as a caller can see it: the one table of differences.
 *
 * <p>A constant is named after the oldest release that the simulation offers with that behaviour. The issue or release
 * where a difference came from stands with each question.
 */
enum SimulatedGeneration {
    M1_11,
    M1_15,
    M1_17,
    M1_20,
    M1_25,
    M1_27,
    M1_34;

    private boolean since(SimulatedGeneration first) {
        return compareTo(first) >= 0;
    }

    /** 1.14.0 to 1.16.0 refuse the flag whatever it says (minishift#2318). */
    boolean rejectsExtraClusterUpFlags() {
        return this == M1_15;
    }

    /** From 1.18 {@code oc} is copied out of a compiled-in image and runs in the VM, through its login shell. */
    boolean clusterUpRunsInVm() {
        return since(M1_20);
    }

    /** 1.18 to 1.20 let {@code docker create} pull the image; 1.21 and newer pull it themselves unless it is there. */
    boolean pullsBeforeCopyingOc() {
        return since(M1_25);
    }

    /** Spelt "Openshift" up to 1.26. */
    String ocImageWording() {
        return since(M1_27) ? "OpenShift" : "Openshift";
    }

    /** The failure text has its own spelling of it. */
    String ocImageFailureWording() {
        return since(M1_27) ? "OpenShift" : "openshift";
    }

    /** Hidden flag {@code --image}, and a default that is always handed to cluster up (minishift#2789, 1.25). */
    boolean hasImageFlag() {
        return since(M1_25);
    }

    /** From 1.24 start flags are written to the profile's configuration (minishift#2611, #2792). */
    boolean savesStartFlags() {
        return since(M1_25);
    }

    /** From 1.26 the kubeconfig that KUBECONFIG names is written, before it was always the account's (#2870). */
    boolean honoursKubeconfig() {
        return since(M1_27);
    }

    /** Up to 1.22 a restart that cannot log in only says so; from 1.24 it ends with 1. */
    boolean failsWhenContextCannotBeSet() {
        return since(M1_25);
    }

    /** {@code ip} without a VM: a failure up to 1.24, a sentence and exit 0 from 1.25. */
    boolean ipWithoutVmSucceeds() {
        return since(M1_25);
    }

    /** {@code CacheUsage:} since 1.18. */
    boolean statusShowsCacheUsage() {
        return since(M1_20);
    }

    /** {@code (Mounted On: …)} since 1.20. */
    boolean statusShowsMountPoint() {
        return since(M1_20);
    }

    /** {@code RHSM:} since 1.21, only for a running VM on RHEL. */
    boolean statusShowsRegistration() {
        return since(M1_25);
    }

    /** The console's URL ends in {@code /console} since 1.26. */
    String consolePath() {
        return since(M1_27) ? "/console" : "";
    }

    /** {@code <profile>-state.json} since 1.22, {@code <profile>.json} before. */
    String stateSuffix() {
        return since(M1_25) ? "-state.json" : ".json";
    }

    String startingLine() {
        return since(M1_25) ? "-- Starting the OpenShift cluster" : "-- Starting local OpenShift cluster";
    }

    String stoppingLine() {
        return since(M1_20) ? "Stopping the OpenShift cluster..." : "Stopping local OpenShift cluster...";
    }

    /** {@code --ocp-tag} of the CDK up to 1.31. */
    boolean hasOcpTag() {
        return !since(M1_34);
    }

    /** {@code --write-config}, behind the experimental switch. */
    boolean canWriteConfig() {
        return since(M1_34);
    }

    /** Whether {@code image-caching} is on unless it is configured. */
    boolean cachesImages() {
        return since(M1_15);
    }

    /** Where a CDK looks before a start. */
    boolean looksAtRedHatsMirror() {
        return since(M1_20);
    }

    /** Four add-ons came to the first four. */
    boolean bringsMoreAddons() {
        return since(M1_25);
    }

    /** The generic driver came as experimental with 1.18 and needs no switch since 1.21. */
    boolean hasGenericDriver(boolean experimental) {
        return since(M1_25) || this == M1_20 && experimental;
    }

    /** 1.21 prints what it does with a remote machine. */
    boolean announcesRemotePreparation() {
        return since(M1_25);
    }

    /** {@code -- Check if deprecated options are used} since 1.18. */
    boolean checksDeprecation() {
        return since(M1_20);
    }

    /** Printed from 1.16 on; 1.15 looks silently. */
    boolean printsReachability() {
        return since(M1_17);
    }

    /** {@code … is valid} since 1.14. */
    boolean checksRelease() {
        return since(M1_15);
    }

    /** {@code … is supported} and the nameserver check came after 1.12. */
    boolean checksVersionAndNameservers() {
        return since(M1_15);
    }

    /** Its own preflight since 1.14; up to 1.13 the check is part of cluster up and prints a line per flag. */
    boolean checksOcFlagsEarly() {
        return since(M1_15);
    }

    /** {@code --skip-startup-checks} since 1.17. */
    boolean canSkipStartupChecks() {
        return since(M1_17);
    }

    /** {@code --timezone} and static IP since 1.26. */
    boolean hasTimezone() {
        return since(M1_27);
    }

    /** {@code --no-provision} since 1.16, behind the experimental switch. */
    boolean hasNoProvision() {
        return since(M1_17);
    }

    /** {@code --host-data-dir} and its like up to 1.17. */
    boolean hasHostDirectories() {
        return !since(M1_20);
    }

    /** {@code docker login registry.redhat.io} with the registration's user since 1.25. */
    boolean logsInToRedHatRegistry() {
        return since(M1_25);
    }

    /** Since 1.16 {@code oc-env} wants a running VM. */
    boolean ocEnvNeedsRunningVm() {
        return since(M1_17);
    }

    String extraFlagsHeader() {
        return this == M1_11
                ? "-- Extra `oc` cluster up flags (experimental) ... "
                : "-- Extra 'oc' cluster up flags (experimental) ... ";
    }

    /** {@code openshift config} goes to the container of the API server's pod, where 3.10 and newer have one. */
    boolean asksTheApiServersContainer() {
        return since(M1_25);
    }

    /** Seen on 1.20, and no longer on 1.34. */
    boolean listsImagesWithoutName() {
        return !since(M1_25);
    }

    String defaultMemory() {
        return since(M1_25) ? "4GB" : "2GB";
    }

    /** Oldest OpenShift that this release is willing to start. */
    String minimumOpenshift() {
        if (since(M1_27)) {
            return "v3.10.0";
        }
        if (this == M1_25) {
            return "v3.9.0";
        }
        return this == M1_20 ? "v3.7.0" : "v1.4.1";
    }
}
