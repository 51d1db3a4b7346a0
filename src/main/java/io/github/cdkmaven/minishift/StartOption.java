package io.github.cdkmaven.minishift;

/**
 * The flags of {@code minishift start} that have a parameter of their own.
 *
 * <p>Flags that only count when the VM is created are ignored without a word on an existing one (minishift {@code cluster.go}).
 */
public enum StartOption {
    VM_DRIVER("vmDriver", "--vm-driver"),
    CPUS("cpus", "--cpus"),
    MEMORY("memory", "--memory"),
    DISK_SIZE("diskSize", "--disk-size"),
    ISO_URL("isoUrl", "--iso-url"),
    OPENSHIFT_VERSION("openshiftVersion", "--openshift-version"),
    TIMEZONE("timezone", "--timezone"),
    ROUTING_SUFFIX("routingSuffix", "--routing-suffix"),
    PUBLIC_HOSTNAME("publicHostname", "--public-hostname"),
    NAMESERVERS("nameservers", "--network-nameserver"),
    REMOTE_IP_ADDRESS("remoteIpAddress", "--remote-ipaddress"),
    REMOTE_SSH_USER("remoteSshUser", "--remote-ssh-user"),
    REMOTE_SSH_KEY("remoteSshKey", "--remote-ssh-key");

    private final String parameter;
    private final String flag;

    StartOption(String parameter, String flag) {
        this.parameter = parameter;
        this.flag = flag;
    }

    /** The plugin's parameter. */
    public String parameter() {
        return parameter;
    }

    /** minishift's flag. */
    public String flag() {
        return flag;
    }
}
