package io.github.cdkmaven.mojo;

import io.github.cdkmaven.minishift.CdkInstallation;
import io.github.cdkmaven.minishift.StartOption;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.minishift.checks.Host;
import io.github.cdkmaven.minishift.checks.Programs;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.preflight.PreflightRequest;
import io.github.cdkmaven.preflight.ProxySettings;
import io.github.cdkmaven.preflight.StreamChoice;
import io.github.cdkmaven.streams.StreamOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** The parameters of the goals that start a VM, or check whether it could be started. */
abstract class AbstractStartMojo extends AbstractProxyMojo {

    AbstractStartMojo(SettingsDecrypter decrypter) {
        super(decrypter);
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
     * The VM's number of CPUs. Without it, minishift takes 2. Looked at only when the VM is created.
     *
     * <p>Example: {@code <cpus>4</cpus>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.cpus")
    @Nullable String cpus;

    /**
     * The VM's memory, with a unit; a plain number is MB. Without it, minishift takes 4 GB, and 2 GB before 1.23. Looked at only when the VM is created.
     *
     * <p>Example: {@code <memory>8GB</memory>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.memory")
    @Nullable String memory;

    /**
     * The size of the VM's disk, with a unit; a plain number is MB. Without it, minishift takes 20 GB. Looked at only when the VM is created.
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
     * The VM's time zone, an IANA name; minishift 1.26 and newer. Without it, minishift takes UTC. Looked at only when the VM is created.
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
     * The name under which the API and the console are known, in place of the VM's address. Without it, the VM's address is the name.
     *
     * <p>Example: {@code <publicHostname>cdk.corp.example</publicHostname>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.publicHostname")
    @Nullable String publicHostname;

    /**
     * The address of the machine for {@code vmDriver} generic. Without it, the driver makes a VM of its own.
     *
     * <p>Example: {@code <remoteIpAddress>192.0.2.10</remoteIpAddress>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.remoteIpAddress")
    @Nullable String remoteIpAddress;

    /**
     * The user of the machine for {@code vmDriver} generic. Without it, the driver makes its own.
     *
     * <p>Example: {@code <remoteSshUser>cdk</remoteSshUser>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.remoteSshUser")
    @Nullable String remoteSshUser;

    /**
     * The private key for the machine of {@code vmDriver} generic. Without it, the driver makes its own.
     *
     * <p>Example: {@code <remoteSshKey>/home/ci/.ssh/id_rsa</remoteSshKey>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.remoteSshKey")
    @Nullable String remoteSshKey;

    /**
     * DNS servers of the VM. Without one, it asks those of its host.
     *
     * <p>Example: {@code <nameservers><nameserver>192.0.2.53</nameserver></nameservers>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.nameservers")
    @Nullable List<String> nameservers;

    /**
     * Further arguments of {@code minishift start}, passed on byte for byte, one an element. The default is none.
     *
     * <p>Example: {@code <startArguments><startArgument>--server-loglevel</startArgument><startArgument>5</startArgument></startArguments>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.startArguments")
    @Nullable List<String> startArguments;

    /**
     * The registries from which the VM's docker must not pull. The default is not insisted on where a VM is there already, which may block
     * others: that is only warned of, and {@code verify} tells where the images came from.
     *
     * <p>Example: {@code <blockedRegistries><blockedRegistry>docker.io</blockedRegistry></blockedRegistries>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.blockedRegistries", defaultValue = StartSettings.BLOCKED_BY_DEFAULT)
    List<String> blockedRegistries;

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
     * Images that the tests need beyond OpenShift and its ImageStreams, by their public names. They are checked and listed with the others. The default is none.
     *
     * <p>Example: {@code <additionalImages><additionalImage>docker.io/library/postgres:13</additionalImage></additionalImages>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.additionalImages")
    @Nullable List<String> additionalImages;

    /**
     * Leaves the checks out, here and before a start.
     *
     * <p>Example: {@code mvn verify -Dcdk.skipPreflight}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.skipPreflight", defaultValue = "false")
    boolean skipPreflight;

    /** What is to be checked before a start, whether or not every parameter can be used. */
    final PreflightRequest preflight(ParameterReader reading) {
        CdkInstallation tools = tools(reading);
        StartSettings settings = settings(reading);
        StreamOrder streams = streams(reading);
        List<NeededImage> additional = additionalImages(reading, additionalImages);
        boolean askable = !reading.isMistaken("registry", "registryCa", "registryServerId");
        return new PreflightRequest(
                reading.checks(),
                settings,
                new Programs(
                        () -> tools.minishift(runner(), reports().resolve("minishift.kubeconfig")),
                        () -> tools.oc(tools.machineFiles()),
                        tools.machineFiles()),
                Host.thisMachine(tools.search()),
                Optional.of(streams.access()).filter(access -> askable),
                Optional.of(streams.policy().relocation()).filter(rules -> !reading.isMistaken("mappings")),
                new StreamChoice(
                        skipImageStreams,
                        includes(),
                        excludes(),
                        streams.failures().any(),
                        streams.failures().ignored(),
                        false),
                additional,
                ProxySettings.of(environment(settings, streams)),
                reports().resolve("images"));
    }

    /** The environment as minishift will find it, for what is asked of its proxies. */
    private static Map<String, String> environment(StartSettings settings, StreamOrder streams) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        List<String> registries = new ArrayList<>(streams.policy().relocation().targetHosts());
        registries.add(settings.registry().host());
        environment.putAll(settings.proxies().toEnvironment(System.getenv(), registries));
        return environment;
    }

    /** What minishift is to be started with. */
    final StartSettings settings(ParameterReader reading) {
        return new StartSettings(
                        registryName(reading),
                        registryInsecure,
                        reading.value(
                                "blockedRegistries",
                                () -> Values.words("blockedRegistries", blockedRegistries),
                                List.of()),
                        options(reading),
                        Values.texts(startArguments),
                        skipRegistration)
                .with(proxies(reading), registration(reading));
    }

    private Map<StartOption, List<String>> options(ParameterReader reading) {
        Map<StartOption, List<String>> options = new EnumMap<>(StartOption.class);
        BiFunction<String, String, String> asIs = (parameter, text) -> text;
        put(reading, options, StartOption.VM_DRIVER, vmDriver, VmValues::driver);
        put(reading, options, StartOption.CPUS, cpus, VmValues::cpus);
        put(reading, options, StartOption.MEMORY, memory, VmValues::size);
        put(reading, options, StartOption.DISK_SIZE, diskSize, VmValues::size);
        put(reading, options, StartOption.ISO_URL, isoUrl, VmValues::iso);
        put(reading, options, StartOption.OPENSHIFT_VERSION, openshiftVersion, VmValues::openshift);
        put(reading, options, StartOption.TIMEZONE, timezone, VmValues::timezone);
        put(reading, options, StartOption.ROUTING_SUFFIX, routingSuffix, asIs);
        put(reading, options, StartOption.PUBLIC_HOSTNAME, publicHostname, asIs);
        put(reading, options, StartOption.REMOTE_IP_ADDRESS, remoteIpAddress, asIs);
        put(reading, options, StartOption.REMOTE_SSH_USER, remoteSshUser, asIs);
        put(reading, options, StartOption.REMOTE_SSH_KEY, remoteSshKey, VmValues::key);
        List<String> servers = reading.value("nameservers", () -> Values.words("nameservers", nameservers), List.of());
        if (!servers.isEmpty()) {
            options.put(StartOption.NAMESERVERS, servers);
        }
        return options;
    }

    private static void put(
            ParameterReader reading,
            Map<StartOption, List<String>> options,
            StartOption option,
            @Nullable String value,
            BiFunction<String, String, String> rule) {
        Values.text(value)
                .flatMap(text -> reading.value(
                        option.parameter(), () -> Optional.of(rule.apply(option.parameter(), text)), Optional.empty()))
                .ifPresent(text -> options.put(option, List.of(text)));
    }
}
