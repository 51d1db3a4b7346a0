package io.github.cdkmaven.minishift;

/**
 * The flags of {@code minishift start} that have a parameter of their own.
 *
 * <p>Flags that only count when the VM is created are ignored without a word on an existing one (minishift {@code cluster.go}).
 */
public enum StartOption {
    VM_DRIVER("vmDriver", "--vm-driver", true),
    CPUS("cpus", "--cpus", true),
    MEMORY("memory", "--memory", true),
    DISK_SIZE("diskSize", "--disk-size", true),
    ISO_URL("isoUrl", "--iso-url", true),
    OPENSHIFT_VERSION("openshiftVersion", "--openshift-version", false),
    TIMEZONE("timezone", "--timezone", true),
    ROUTING_SUFFIX("routingSuffix", "--routing-suffix", false),
    PUBLIC_HOSTNAME("publicHostname", "--public-hostname", false),
    NAMESERVERS("nameservers", "--network-nameserver", false),
    REMOTE_IP_ADDRESS("remoteIpAddress", "--remote-ipaddress", true),
    REMOTE_SSH_USER("remoteSshUser", "--remote-ssh-user", true),
    REMOTE_SSH_KEY("remoteSshKey", "--remote-ssh-key", true);

    private final String parameter;
    private final String flag;
    private final boolean onlyAtCreation;

    StartOption(String parameter, String flag, boolean onlyAtCreation) {
        this.parameter = parameter;
        this.flag = flag;
        this.onlyAtCreation = onlyAtCreation;
    }

    /** The plugin's parameter. */
    public String parameter() {
        return parameter;
    }

    /** minishift's flag. */
    public String flag() {
        return flag;
    }

    /** Whether minishift looks at it only when it creates the VM. */
    public boolean isOnlyAtCreation() {
        return onlyAtCreation;
    }
}
