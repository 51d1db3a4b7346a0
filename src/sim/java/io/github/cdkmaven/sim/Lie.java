package io.github.cdkmaven.sim;

/** A way in which a real CDK misleads its caller; a world can be told to do one or several of them. */
public enum Lie {
    /** {@code stop} says "Cluster stopped." and exits 0 while the VM stays up. */
    STOP_EXITS_0_VM_UP,
    /** {@code stop} cannot unregister, asks on stdin, takes EOF as no: "Aborted.", exit 0, VM up. */
    UNREGISTRATION_FAILS,
    /** Somebody else's VM comes up between our {@code status} and our {@code start}: exit 0, our flags ignored. */
    START_SAYS_ALREADY_RUNNING,
    /** {@code start} boots the VM, then cluster up fails: exit 1, and the next start would say "already running". */
    START_FAILS_AFTER_VM_UP,
    /** {@code start} boots the VM and then neither prints nor ends. */
    START_HANGS,
    /** {@code start} boots the VM and then prints progress dots without end. */
    START_PRINTS_FOREVER,
    /** {@code start} asks for a password, again and again when stdin is at its end. */
    START_ASKS_PASSWORD,
    /** {@code start} ends at once, without a word, as if killed. */
    START_DIES,
    /** {@code ip} prints a sentence instead of an address, exit 0, although the VM runs. */
    IP_PRINTS_SENTENCE,
    /** {@code status} fails with exit 1. */
    STATUS_FAILS,
    /** Add-on admin-user says it was applied, but {@code admin} is nobody. */
    ADMIN_NOT_ADMIN,
    /** {@code start} is done and says so some seconds before the API answers. */
    API_SLOW_TO_COME,
    /** Cluster up gives up waiting for its own containers. */
    CLUSTER_UP_TIMEOUT,
    /** The image from which {@code oc} is copied holds one of another OpenShift: cluster up refuses its own flags. */
    OC_OF_ANOTHER_OPENSHIFT,
    /** {@code openshift config view} fails with exit 1: the container that it asks is not there, or not its file. */
    MASTER_CONFIG_UNREADABLE,
    /** KVM's driver is there, libvirt is not. */
    NO_LIBVIRT,
    /** libvirt knows no network {@code default}. */
    NO_LIBVIRT_NETWORK,
    /** libvirt's network {@code default} does not run. */
    LIBVIRT_NETWORK_INACTIVE,
    /** The VM's disk is 96% used, which ends the start after the VM booted. */
    DISK_FULL,
    /** The docker daemon in the VM does not come up: the start fails, a half-made machine stays behind. */
    DOCKER_DOES_NOT_START,
    /** {@code delete} fails with exit 1 and leaves everything as it was. */
    DELETE_FAILS
}
