package io.github.cdkmaven.sim.minishift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The flags of {@code start}, and which of them a release writes to its configuration. */
final class StartFlags {

    private static final List<String> NOT_SAVED = List.of("username", "password", "skip-registration");
    private static final List<String> CLUSTER_UP = List.of(
            "extra-clusterup-flags",
            "image",
            "no-proxy",
            "public-hostname",
            "routing-suffix",
            "server-loglevel",
            "skip-registry-check",
            "openshift-env");

    private StartFlags() {}

    /** Every flag that the release knows, as long as nothing else is switched on. */
    static List<Flag> of(SimulatedRelease version, boolean experimental) {
        SimulatedGeneration generation = version.generation();
        List<Flag> flags = new ArrayList<>(List.of(
                Flag.list("addon-env", "Key-value pairs for the add-ons.").shortly("a"),
                Flag.number("cpus", "Number of virtual CPUs.", "2"),
                Flag.text("disk-size", "Size of the disk, with unit MB or GB.", "20GB"),
                Flag.list("docker-env", "Environment of the Docker daemon, <key>=<value>."),
                Flag.list("docker-opt", "Flags of the Docker daemon, <flag>=<value>."),
                Flag.text("host-only-cidr", "Network of the VM (VirtualBox).", "192.168.99.1/24"),
                Flag.text("http-proxy", "HTTP proxy."),
                Flag.text("https-proxy", "HTTPS proxy."),
                Flag.list("insecure-registry", "Registries without trusted TLS."),
                Flag.text("iso-url", "Where the VM's ISO is: URL, file URI or alias."),
                Flag.text("memory", "Memory of the VM, with unit MB or GB.", generation.defaultMemory()),
                Flag.list("network-nameserver", "Nameservers of the VM."),
                Flag.text("no-proxy", "Hosts that no proxy is used for."),
                Flag.text("openshift-version", "The OpenShift version to run.", version.openshift()),
                Flag.text("password", "Password for the registration."),
                Flag.text("public-hostname", "Public host name of the cluster."),
                Flag.list("registry-mirror", "Mirrors for the Docker daemon."),
                Flag.text("routing-suffix", "Suffix of the routes."),
                Flag.number("server-loglevel", "Log level of the server.", ""),
                Flag.toggle("skip-registration", "Do not register the VM."),
                Flag.toggle("skip-registry-check", "Do not check the Docker daemon's registries."),
                Flag.text("username", "User name for the registration."),
                Flag.text("vm-driver", "Driver of the VM: virtualbox, kvm, generic.", "kvm")));
        addOfVersion(version, experimental, flags);
        flags.sort(Comparator.comparing(Flag::name));
        return List.copyOf(flags);
    }

    private static void addOfVersion(SimulatedRelease version, boolean experimental, List<Flag> flags) {
        SimulatedGeneration generation = version.generation();
        if (experimental) {
            flags.add(Flag.text("extra-clusterup-flags", "Flags for cluster up (unsupported)."));
            if (generation.hasNoProvision()) {
                flags.add(Flag.toggle("no-provision", "Boot the VM without OpenShift (experimental)."));
            }
            if (generation.canWriteConfig()) {
                flags.add(Flag.toggle("write-config", "Write the configuration and stop (experimental)."));
            }
        }
        if (generation.hasGenericDriver(experimental)) {
            flags.add(Flag.text("remote-ipaddress", "Address of the machine for driver generic."));
            flags.add(Flag.text("remote-ssh-key", "Private key for it."));
            flags.add(Flag.text("remote-ssh-user", "User on it."));
        }
        if (generation.hasImageFlag()) {
            flags.add(Flag.text("image", ""));
        }
        if (generation.canSkipStartupChecks()) {
            flags.add(Flag.toggle("skip-startup-checks", "Skip the startup checks."));
        }
        if (generation.hasTimezone()) {
            flags.add(Flag.text("timezone", "Time zone of the VM.", "UTC"));
        }
        if (generation.hasHostDirectories()) {
            for (String name : List.of("config", "data", "pv", "volumes")) {
                flags.add(Flag.text("host-" + name + "-dir", "Directory in the VM."));
            }
            flags.add(Flag.list("openshift-env", "Environment of OpenShift.").shortly("e"));
        }
        if (version.isCdk() && generation.hasOcpTag()) {
            flags.add(Flag.text("ocp-tag", "The OpenShift version to run."));
        }
    }

    /** {@code --image} exists, but help does not show it. */
    static List<Flag> shown(List<Flag> flags) {
        return flags.stream().filter(flag -> !flag.name().equals("image")).toList();
    }

    /** What {@code save-start-flags} writes, in the order in which it does. */
    static List<Flag> saved(List<Flag> flags) {
        return flags.stream()
                .filter(flag -> !NOT_SAVED.contains(flag.name()) && !CLUSTER_UP.contains(flag.name()))
                .toList();
    }

    /** Those that {@code cluster up} has to know as well, for the check of its help. */
    static List<String> forClusterUp() {
        return CLUSTER_UP;
    }
}
