package io.github.cdkmaven.sim.crc;

/** What is wrong with a simulated {@code crc} or its host; a world can be told to have one or several. */
public enum CrcFault {
    /** Every command hangs for ever, unless the session bus cannot be reached (crc#4342). */
    KEYRING_LOCKED,
    /** The keyring holds somebody's pull secret, which is used without a word where the given file is not valid. */
    KEYRING_HOLDS_SECRET,
    /** The look for a newer crc gets no answer and has no time limit. */
    UPDATE_CHECK_HANGS,
    /** crc runs as root. */
    RUN_AS_ROOT,
    /** The helper lies in {@code ~/.crc/bin}, but is not setuid. */
    HELPER_NOT_SUID,
    /** The processor has no virtualisation. */
    NO_VIRTUALIZATION,
    /** libvirt is not installed. */
    NO_LIBVIRT,
    /** The account is not in the group libvirt. */
    NOT_IN_LIBVIRT_GROUP,
    /** libvirt does not run. */
    LIBVIRT_STOPPED,
    /** {@code virsh} does not work. */
    VIRSH_FAILS,
    /** The driver of libvirt is not in {@code ~/.crc/bin}. */
    NO_DRIVER,
    /** The daemon answers, but systemd does not know its sockets. */
    SOCKET_UNITS_STOPPED,
    /** The user has no systemd: ssh, su, a container. */
    NO_USER_SYSTEMD,
    /** {@code crc} lost its capability, as after it was copied. */
    NO_CAPABILITIES,
    /** Network mode {@code system} without NetworkManager. */
    NO_NETWORK_MANAGER,
    /** The daemon is one of an older crc. */
    DAEMON_OF_ANOTHER_VERSION,
    /** The daemon needs longer than 30 s for its answer, which {@code status} takes for not being set up. */
    DAEMON_SLOW,
    /** The VM cannot be created: no machine comes of it. */
    CREATE_FAILS,
    /** The VM is created and does not start. */
    VM_START_FAILS,
    /** The VM runs and does not answer by ssh. */
    SSH_UNREACHABLE,
    /** The hosts file was not written: a warning in network mode user, the end in mode system. */
    HOST_CANNOT_RESOLVE,
    /** The certificates of the bundle have expired and are not renewed. */
    BUNDLE_SPOILED,
    /** The VM runs, the API server does not come. */
    API_SERVER_LATE,
    /** The start ends with success, and the API server ends after it. */
    API_SERVER_DIES,
    /** The cluster does not take the pull secret: it stands in the error, in base64. */
    PULL_SECRET_PATCH_FAILS,
    /** The machine-config operator does not write the pull secret to the disk. */
    PULL_SECRET_NOT_ON_DISK,
    /** An operator progresses for ever: a warning, and success. */
    OPERATORS_NEVER_SETTLE,
    /** An operator is degraded. */
    OPERATOR_DEGRADED,
    /** An operator is not available: {@code status} says Stopped of a VM that runs. */
    OPERATOR_UNAVAILABLE,
    /** The pool is degraded: the VM's kubelet unit is disabled (from crc 2.59 on). */
    KUBELET_UNIT_DISABLED,
    /** The pool does not come to the end of an update. */
    POOL_NEVER_UPDATED,
    /** The machine-config operator leaves quay.io out of what is blocked, without a word. */
    QUAY_NEVER_BLOCKED,
    /** The contexts cannot be written to the kubeconfig: an error in the log, and success. */
    KUBECONFIG_NOT_UPDATED,
    /** {@code start} boots the VM and neither prints nor ends. */
    START_HANGS,
    /** {@code start} boots the VM and ends without a word, as if killed. */
    START_DIES,
    /** {@code stop} does not get the VM down unless forced. */
    STOP_FAILS,
    /** {@code delete} fails and leaves everything as it was. */
    DELETE_FAILS
}
