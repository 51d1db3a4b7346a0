package io.github.cdkmaven.sim;

import io.github.cdkmaven.sim.minishift.ExitException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A way in which the simulated {@code minishift start} fails, and what the user has to be told of it. */
enum FailingStart {
    NO_HYPERVISOR("cdk-3.10", cdk -> cdk.hypervisor(false), "The hypervisor of the VM is not ready", "<vmDriver>"),
    NO_VIRTUALBOX(
            "cdk-3.10",
            cdk -> cdk.hypervisor(false),
            "The hypervisor of the VM is not ready",
            "<vmDriver>",
            "--vm-driver",
            "virtualbox"),
    NO_LIBVIRT("cdk-3.10", cdk -> cdk.lie(Lie.NO_LIBVIRT), "The hypervisor of the VM is not ready", "<vmDriver>"),
    NO_LIBVIRT_NETWORK(
            "cdk-3.10", cdk -> cdk.lie(Lie.NO_LIBVIRT_NETWORK), "libvirt's network 'default'", "virsh net-start"),
    LIBVIRT_NETWORK_INACTIVE(
            "cdk-3.10", cdk -> cdk.lie(Lie.LIBVIRT_NETWORK_INACTIVE), "libvirt's network 'default'", "virsh net-start"),
    NO_SUCH_HYPERVISOR("cdk-3.10", "The hypervisor of the VM is not ready", "<vmDriver>", "--vm-driver", "xen"),
    NO_HYPERVISOR_UNCHECKED(
            "cdk-3.10",
            cdk -> cdk.hypervisor(false),
            "The hypervisor of the VM is not ready",
            "<vmDriver>",
            "--skip-startup-checks"),
    REFUSED_FLAG(
            "cdk-3.4",
            "refuses the start flag 'extra-clusterup-flags'",
            "<startArguments>",
            "--extra-clusterup-flags",
            "--image=registry.corp.example:5000/ose"),
    UNKNOWN_FLAG("cdk-3.10", "does not know the flag '--frobnicate'", "<startArguments>", "--frobnicate"),
    NO_OC_IN_CDK(
            "cdk-3.10", "no 'oc' for this OpenShift version", "<openshiftVersion>", "--openshift-version", "v3.11.59"),
    NO_OC("minishift-1.34.3", cdk -> cdk.installed(false), "no 'oc' for this OpenShift version", "<openshiftVersion>"),
    OPENSHIFT_TOO_OLD(
            "cdk-3.10", "does not support OpenShift v3.9.31", "<openshiftVersion>", "--openshift-version", "v3.9.31"),
    NO_ISO("cdk-3.10", "does not accept this ISO", "<isoUrl>", "--iso-url", "file:///nowhere.iso"),
    NO_ISO_UNCHECKED(
            "cdk-3.10",
            "does not accept the ISO 'file:///nowhere.iso'",
            "<isoUrl>",
            "--skip-startup-checks",
            "--iso-url",
            "file:///nowhere.iso"),
    NO_SIZE("cdk-3.10", "The VM's memory size is not in a format", "<memory>", "--memory", "much"),
    NO_DISK_SIZE("cdk-3.10", "The VM's disk size is not in a format", "<diskSize>", "--disk-size", "much"),
    WRONG_PROXY("cdk-3.10", "The proxy's URL is not valid", "<httpProxy>", "--http-proxy", "htp:/x y"),
    GENERIC_WITHOUT_MACHINE(
            "minishift-1.34.3",
            "The driver 'generic' needs the address",
            "<remoteIpAddress>",
            "--vm-driver",
            "generic"),
    NOBODY_TO_REGISTER("cdk-3.10", "could not be registered with Red Hat", "<skipRegistration>") {
        @Override
        SimulatedCdk.Output start(SimulatedCdk cdk, AnyImageRegistry registry, Consumer<ExitException> ending) {
            return cdk.run(ending, Map.of(), "start");
        }
    },
    NOT_REGISTERED("cdk-3.10", "could not be registered with Red Hat", "<skipRegistration>") {
        @Override
        SimulatedCdk.Output start(SimulatedCdk cdk, AnyImageRegistry registry, Consumer<ExitException> ending) {
            return cdk.run(ending, Map.of("MINISHIFT_USERNAME", "jane", "MINISHIFT_PASSWORD", "x"), "start");
        }
    },
    NO_BOOLEAN("cdk-3.10", "MINISHIFT_ENABLE_EXPERIMENTAL", "unset MINISHIFT_ENABLE_EXPERIMENTAL") {
        @Override
        SimulatedCdk.Output start(SimulatedCdk cdk, AnyImageRegistry registry, Consumer<ExitException> ending) {
            return cdk.run(ending, Map.of("MINISHIFT_ENABLE_EXPERIMENTAL", "perhaps"), "start");
        }
    },
    DIES(
            "cdk-3.10",
            cdk -> cdk.lie(Lie.START_DIES),
            "ended without an error message (exit status 137)",
            "out of memory"),
    FULL_DISK("cdk-3.4", cdk -> cdk.lie(Lie.DISK_FULL), "The VM's disk is full", "<diskSize>"),
    NO_DOCKER(
            "cdk-3.10",
            cdk -> cdk.lie(Lie.DOCKER_DOES_NOT_START),
            "The docker of the VM did not start",
            "<blockedRegistries>"),
    NO_IMAGE_OF_OC(
            "cdk-3.10",
            "from which minishift copies 'oc'",
            "mirror that image",
            "--docker-opt",
            "block-registry=registry.access.redhat.com"),
    NO_IMAGE_OF_OC_BEFORE_1_21(
            "cdk-3.5",
            "from which minishift copies 'oc'",
            "mirror that image",
            "--docker-opt",
            "block-registry=registry.access.redhat.com"),
    NO_PLATFORM_IMAGE(
            "cdk-3.4",
            "could not pull one of its images",
            "cdk:images",
            "--docker-opt",
            "block-registry=registry.access.redhat.com"),
    NO_IMAGE_OF_A_POD("cdk-3.10", "OpenShift did not come up in the VM", "cdk:images") {
        @Override
        SimulatedCdk.Output start(SimulatedCdk cdk, AnyImageRegistry registry, Consumer<ExitException> ending) {
            registry.lacks("deployer");
            return seeded(cdk, registry, ending);
        }
    },
    OC_OF_ANOTHER_OPENSHIFT(
            "cdk-3.10",
            cdk -> cdk.lie(Lie.OC_OF_ANOTHER_OPENSHIFT),
            "does not know the flag '--base-dir'",
            "<openshiftVersion>") {
        @Override
        SimulatedCdk.Output start(SimulatedCdk cdk, AnyImageRegistry registry, Consumer<ExitException> ending) {
            return seeded(cdk, registry, ending);
        }
    },
    CLUSTER_UP_FAILS(
            "cdk-3.10",
            cdk -> cdk.lie(Lie.START_FAILS_AFTER_VM_UP),
            "could not install the OpenShift component 'install-router'",
            "cdk:images") {
        @Override
        SimulatedCdk.Output start(SimulatedCdk cdk, AnyImageRegistry registry, Consumer<ExitException> ending) {
            return seeded(cdk, registry, ending);
        }
    },
    CLUSTER_UP_TIMES_OUT(
            "cdk-3.10", cdk -> cdk.lie(Lie.CLUSTER_UP_TIMEOUT), "OpenShift did not come up in the VM", "<memory>") {
        @Override
        SimulatedCdk.Output start(SimulatedCdk cdk, AnyImageRegistry registry, Consumer<ExitException> ending) {
            return seeded(cdk, registry, ending);
        }
    },
    NO_LOGIN_AFTERWARDS("minishift-1.20.0", "could not log in to it afterwards", "mvn cdk:delete") {
        @Override
        SimulatedCdk.Output start(SimulatedCdk cdk, AnyImageRegistry registry, Consumer<ExitException> ending) {
            SeededCache.write(cdk.home(), "openshift/origin:v3.9.0");
            return cdk.run(
                    ending,
                    Map.of(
                            "MINISHIFT_ENABLE_EXPERIMENTAL",
                            "true",
                            "KUBECONFIG",
                            cdk.world().resolve("no-kubeconfig").toString()),
                    "start",
                    "--insecure-registry",
                    registry.host(),
                    "--extra-clusterup-flags",
                    "--image=" + registry.host() + "/openshift/origin");
        }
    },
    NO_CONTEXT_AFTER_A_RESTART("cdk-3.10", "could not log in to it afterwards", "mvn cdk:delete") {
        @Override
        SimulatedCdk.Output start(SimulatedCdk cdk, AnyImageRegistry registry, Consumer<ExitException> ending) {
            seeded(cdk, registry, ending);
            cdk.run(Map.of(), "stop", "--skip-unregistration");
            try {
                Files.delete(cdk.home().resolve("machines/minishift_kubeconfig"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return seeded(cdk, registry, ending);
        }
    };

    private final String version;
    private final UnaryOperator<SimulatedCdkBuilder> world;
    private final String what;
    private final String fix;
    private final List<String> arguments;

    FailingStart(String version, String what, String fix, String... arguments) {
        this(version, UnaryOperator.identity(), what, fix, arguments);
    }

    FailingStart(
            String version, UnaryOperator<SimulatedCdkBuilder> world, String what, String fix, String... arguments) {
        this.version = version;
        this.world = world;
        this.what = what;
        this.fix = fix;
        this.arguments = List.of(arguments);
    }

    /** A part of the sentence that says what happened. */
    String what() {
        return what;
    }

    /** A part of the advice. */
    String fix() {
        return fix;
    }

    /** Lets it happen in a new world. */
    SimulatedCdk.Output happen(Path folder, Consumer<ExitException> ending) {
        try (AnyImageRegistry registry = new AnyImageRegistry();
                SimulatedCdk cdk =
                        world.apply(SimulatedCdk.in(folder).version(version)).create()) {
            return start(cdk, registry, ending);
        }
    }

    SimulatedCdk.Output start(SimulatedCdk cdk, AnyImageRegistry registry, Consumer<ExitException> ending) {
        List<String> words = new java.util.ArrayList<>(List.of("start", "--skip-registration"));
        words.addAll(arguments);
        return cdk.run(ending, Map.of("MINISHIFT_ENABLE_EXPERIMENTAL", "true"), words.toArray(String[]::new));
    }

    /** A start that gets as far as cluster up. */
    private static SimulatedCdk.Output seeded(
            SimulatedCdk cdk, AnyImageRegistry registry, Consumer<ExitException> ending) {
        SeededCache.write(cdk.home(), "registry.access.redhat.com/openshift3/ose-control-plane:" + cdk.openshift());
        String image = "'" + registry.host() + "/openshift3/ose-${component}:" + cdk.openshift() + "'";
        return cdk.run(ending, Map.of("MINISHIFT_IMAGE", image), SimulatedMachines.start(registry));
    }
}
