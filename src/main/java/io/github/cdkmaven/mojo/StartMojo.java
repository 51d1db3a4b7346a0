package io.github.cdkmaven.mojo;

import io.github.cdkmaven.lifecycle.StartCdk;
import io.github.cdkmaven.lifecycle.StartRequest;
import io.github.cdkmaven.lifecycle.StartRequest.IfRunning;
import io.github.cdkmaven.lifecycle.StartedCdk;
import io.github.cdkmaven.minishift.StartOption;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.report.ReportBuilder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/**
 * Starts Red Hat CDK or minishift against the company's registry, or attaches to a running one, moves every ImageStream to that registry,
 * and hands the cluster to the build as the project properties {@code cdk.ip}, {@code cdk.apiUrl}, {@code cdk.consoleUrl},
 * {@code cdk.registry}, {@code cdk.kubeconfig}, {@code cdk.oc}, {@code cdk.routingSuffix} and {@code cdk.startedByThisBuild}.
 *
 * @since 1.0.0
 */
@Mojo(name = "start", defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST, requiresProject = false, threadSafe = true)
public final class StartMojo extends AbstractMoveMojo {

    @Inject
    StartMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    private enum OnFailure {
        STOP,
        KEEP
    }

    /**
     * The hypervisor of the VM; minishift chooses by platform. Looked at only when the VM is created.
     *
     * <p>Example: {@code <vmDriver>kvm</vmDriver>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.vmDriver")
    @Nullable String vmDriver;

    /**
     * The VM's number of CPUs. Looked at only when the VM is created.
     *
     * <p>Example: {@code <cpus>4</cpus>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.cpus")
    @Nullable String cpus;

    /**
     * The VM's memory, with a unit; a plain number is MB. Looked at only when the VM is created.
     *
     * <p>Example: {@code <memory>8GB</memory>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.memory")
    @Nullable String memory;

    /**
     * The size of the VM's disk, with a unit; a plain number is MB. Looked at only when the VM is created.
     *
     * <p>Example: {@code <diskSize>40GB</diskSize>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.diskSize")
    @Nullable String diskSize;

    /**
     * The ISO that the VM boots; the CDK brings its own. Looked at only when the VM is created.
     *
     * <p>Example: {@code <isoUrl>file:///opt/iso/minishift-centos7.iso</isoUrl>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.isoUrl")
    @Nullable String isoUrl;

    /**
     * The OpenShift to start. The default is the CDK's own, the only one whose {@code oc} the CDK brings along.
     *
     * <p>Example: {@code <openshiftVersion>v3.11.141</openshiftVersion>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.openshiftVersion")
    @Nullable String openshiftVersion;

    /**
     * The VM's time zone, an IANA name; minishift 1.26 and newer. Looked at only when the VM is created.
     *
     * <p>Example: {@code <timezone>Europe/Berlin</timezone>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.timezone")
    @Nullable String timezone;

    /**
     * What the host names of routes end with. The default needs the public nip.io.
     *
     * <p>Example: {@code <routingSuffix>apps.corp.example</routingSuffix>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.routingSuffix")
    @Nullable String routingSuffix;

    /**
     * The name under which the API and the console are known, in place of the VM's address.
     *
     * <p>Example: {@code <publicHostname>cdk.corp.example</publicHostname>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.publicHostname")
    @Nullable String publicHostname;

    /**
     * The address of the machine for {@code vmDriver} generic.
     *
     * <p>Example: {@code <remoteIpAddress>192.0.2.10</remoteIpAddress>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.remoteIpAddress")
    @Nullable String remoteIpAddress;

    /**
     * The user of the machine for {@code vmDriver} generic.
     *
     * <p>Example: {@code <remoteSshUser>cdk</remoteSshUser>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.remoteSshUser")
    @Nullable String remoteSshUser;

    /**
     * The private key for the machine of {@code vmDriver} generic.
     *
     * <p>Example: {@code <remoteSshKey>/home/ci/.ssh/id_rsa</remoteSshKey>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.remoteSshKey")
    @Nullable String remoteSshKey;

    /**
     * DNS servers of the VM.
     *
     * <p>Example: {@code <nameservers><nameserver>192.0.2.53</nameserver></nameservers>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.nameservers")
    @Nullable List<String> nameservers;

    /**
     * Further arguments of {@code minishift start}, passed on byte for byte, one an element.
     *
     * <p>Example: {@code <startArguments><startArgument>--server-loglevel</startArgument><startArgument>5</startArgument></startArguments>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.startArguments")
    @Nullable List<String> startArguments;

    /**
     * The registries from which the VM's docker must not pull.
     *
     * <p>Example: {@code <blockedRegistries><blockedRegistry>docker.io</blockedRegistry></blockedRegistries>}
     *
     * @since 1.0.0
     */
    @Parameter(
            property = "cdk.blockedRegistries",
            defaultValue = "registry.access.redhat.com,registry.redhat.io,docker.io,quay.io")
    List<String> blockedRegistries;

    /**
     * Whether the VM's RHEL stays unregistered. Registration asks Red Hat.
     *
     * <p>Example: {@code <skipRegistration>false</skipRegistration>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.skipRegistration", defaultValue = "true")
    boolean skipRegistration;

    /**
     * Leaves the ImageStreams where they are.
     *
     * <p>Example: {@code <skipImageStreams>true</skipImageStreams>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.skipImageStreams", defaultValue = "false")
    boolean skipImageStreams;

    /**
     * What to do when the CDK runs already: {@code attach}, {@code restart} or {@code fail}.
     *
     * <p>Example: {@code <ifRunning>restart</ifRunning>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.ifRunning", defaultValue = "attach")
    String ifRunning;

    /**
     * What becomes of a VM that this build started when the goal fails: {@code stop} or {@code keep}.
     *
     * <p>Example: {@code <onFailure>keep</onFailure>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.onFailure", defaultValue = "stop")
    String onFailure;

    /**
     * How long it may take until OpenShift answers: {@code 90}, {@code 90s}, {@code 15m}, {@code PT15M}; a plain number is seconds.
     *
     * <p>Example: {@code <startTimeout>30m</startTimeout>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.startTimeout", defaultValue = "20m")
    String startTimeout;

    /**
     * How long stopping may take, where a failed start is undone; written as {@code startTimeout} is.
     *
     * <p>Example: {@code <stopTimeout>10m</stopTimeout>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.stopTimeout", defaultValue = "5m")
    String stopTimeout;

    @Override
    void run(ReportBuilder report) {
        StartedCdk started = new StartCdk(request(), runner(), report).run();
        started.toProperties().forEach(project.getProperties()::setProperty);
    }

    private StartRequest request() {
        return new StartRequest(
                tools(),
                settings(),
                streams(),
                skipImageStreams,
                Values.choice("ifRunning", ifRunning, IfRunning.class),
                Values.choice("onFailure", onFailure, OnFailure.class) == OnFailure.STOP,
                Values.time("startTimeout", startTimeout),
                Values.time("stopTimeout", stopTimeout),
                reports(),
                build());
    }

    private StartSettings settings() {
        return new StartSettings(
                registryName(),
                registryInsecure,
                Values.words("blockedRegistries", blockedRegistries),
                options(),
                Values.texts(startArguments),
                skipRegistration);
    }

    private Map<StartOption, List<String>> options() {
        Map<StartOption, List<String>> options = new EnumMap<>(StartOption.class);
        put(options, StartOption.VM_DRIVER, vmDriver);
        put(options, StartOption.CPUS, cpus);
        put(options, StartOption.MEMORY, memory);
        put(options, StartOption.DISK_SIZE, diskSize);
        put(options, StartOption.ISO_URL, isoUrl);
        put(options, StartOption.OPENSHIFT_VERSION, openshiftVersion);
        put(options, StartOption.TIMEZONE, timezone);
        put(options, StartOption.ROUTING_SUFFIX, routingSuffix);
        put(options, StartOption.PUBLIC_HOSTNAME, publicHostname);
        put(options, StartOption.REMOTE_IP_ADDRESS, remoteIpAddress);
        put(options, StartOption.REMOTE_SSH_USER, remoteSshUser);
        put(options, StartOption.REMOTE_SSH_KEY, remoteSshKey);
        List<String> servers = Values.words("nameservers", nameservers);
        if (!servers.isEmpty()) {
            options.put(StartOption.NAMESERVERS, servers);
        }
        return options;
    }

    private static void put(Map<StartOption, List<String>> options, StartOption option, @Nullable String value) {
        Values.text(value).ifPresent(text -> options.put(option, List.of(text)));
    }
}
