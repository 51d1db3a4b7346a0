package io.github.cdkmaven.mojo;

import io.github.cdkmaven.engine.Proxies;
import io.github.cdkmaven.minishift.StartOption;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.minishift.UserArguments;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** The parameters that an existing VM can be compared with: where its images come from, its size, its docker. */
abstract class AbstractVmMojo extends AbstractCdkMojo {

    private static final Pattern PROXY = Pattern.compile("(https?://)?[^\\s/:@]+(:\\d{1,5})?/?");

    AbstractVmMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    /**
     * The context of the {@code kubeconfig}; its current one by default.
     *
     * <p>Example: {@code -Dcdk.context=team/api-corp-example:6443/dev}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.context")
    @Nullable String context;

    @Override
    final Optional<String> context() {
        return Values.text(context);
    }

    /**
     * The company's image registry, from which everything comes: {@code host[:port][/prefix]}. Required.
     *
     * <p>Example: {@code <registry>registry.corp.example:5000</registry>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.registry")
    @Nullable String registry;

    /**
     * Whether the registry speaks plain HTTP, or presents a certificate that the VM does not trust. The VM's docker and the imports are configured to
     * accept that.
     *
     * <p>Example: {@code <registryInsecure>true</registryInsecure>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.registryInsecure", defaultValue = "false")
    boolean registryInsecure;

    /**
     * Where images are mirrored: rules of the form {@code from=to}; the longest match wins. The default sends {@code registry.access.redhat.com},
     * {@code registry.redhat.io} and {@code docker.io} (including names without a registry) to {@code registry}.
     *
     * <p>Example: {@code <mappings><mapping>quay.io=registry.corp.example:5000/quay</mapping></mappings>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.mappings")
    @Nullable List<String> mappings;

    /**
     * The registries from which the VM's docker must not pull. If an existing VM blocks others, the default only causes a warning, and {@code verify}
     * shows where the images came from.
     *
     * <p>Example: {@code <blockedRegistries><blockedRegistry>docker.io</blockedRegistry></blockedRegistries>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.blockedRegistries", defaultValue = StartSettings.BLOCKED_BY_DEFAULT)
    List<String> blockedRegistries;

    /**
     * Further arguments for {@code minishift start}, passed on unchanged, one in each element.
     *
     * <p>Example: {@code <startArguments><startArgument>--server-loglevel</startArgument><startArgument>5</startArgument></startArguments>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.startArguments")
    @Nullable List<String> startArguments;

    /**
     * The hypervisor of the VM. By default, minishift chooses one for the platform. Only used when the VM is created.
     *
     * <p>Example: {@code <vmDriver>kvm</vmDriver>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.vmDriver")
    @Nullable String vmDriver;

    /**
     * The number of CPUs of the VM. The default is 2 with minishift, and 4 with crc. minishift only uses it when it creates the VM.
     *
     * <p>Example: {@code <cpus>4</cpus>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.cpus")
    @Nullable String cpus;

    /**
     * The VM's memory, with a unit; a plain number is MB. The default is 4 GB with minishift (2 GB before 1.23), and 10752 MB with crc. minishift
     * only uses it when it creates the VM.
     *
     * <p>Example: {@code <memory>8GB</memory>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.memory")
    @Nullable String memory;

    /**
     * The size of the VM's disk, with a unit; a plain number is MB. The default is 20 GB with minishift, and 31 GB with crc. minishift only uses it
     * when it creates the VM; crc can also enlarge the disk later.
     *
     * <p>Example: {@code <diskSize>40GB</diskSize>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.diskSize")
    @Nullable String diskSize;

    /**
     * The bundle from which the VM of OpenShift Local is created: a {@code .crcbundle} file under its original name, or an internal URL. From a URL
     * it is downloaded once, with the {@code <server>} of settings.xml whose id is the URL's {@code host[:port]}, and with {@code registryCa}.
     * Without it, the bundle that {@code crc setup} has unpacked is used. Only used when the VM is created.
     *
     * <p>Example: {@code <bundle>https://nexus.corp.example/crc/crc_libvirt_4.19.3_amd64.crcbundle</bundle>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.bundle")
    @Nullable String bundle;

    /**
     * The address of the machine that is used instead of a VM; only for {@code vmDriver} generic, which requires it.
     *
     * <p>Example: {@code <remoteIpAddress>192.0.2.10</remoteIpAddress>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.remoteIpAddress")
    @Nullable String remoteIpAddress;

    /**
     * The SSH user on the machine {@code remoteIpAddress}, for {@code vmDriver} generic. It must be able to use sudo without a password.
     *
     * <p>Example: {@code <remoteSshUser>cdk</remoteSshUser>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.remoteSshUser")
    @Nullable String remoteSshUser;

    /**
     * The proxy of minishift and the VM for http URLs. A proxy that requires a password must be configured in settings.xml: {@code useSettingsProxy}.
     * Without it, minishift uses the environment's.
     *
     * <p>Example: {@code <httpProxy>http://proxy.corp.example:3128</httpProxy>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.httpProxy")
    @Nullable String httpProxy;

    /**
     * The proxy of minishift and the VM for https URLs, otherwise like {@code httpProxy}.
     *
     * <p>Example: {@code <httpsProxy>http://proxy.corp.example:3128</httpsProxy>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.httpsProxy")
    @Nullable String httpsProxy;

    /**
     * Whether minishift and the VM use the active {@code <proxy>} of settings.xml. Its password may be encrypted. {@code httpProxy}, {@code
     * httpsProxy} and {@code noProxy} take precedence.
     *
     * <p>Example: {@code <useSettingsProxy>true</useSettingsProxy>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.useSettingsProxy", defaultValue = "false")
    boolean useSettingsProxy;

    /** Where images go. */
    final RegistryParameters registryParameters(ParameterReader reader) {
        return new RegistryParameters(reader, registry, registryInsecure, mappings);
    }

    final List<String> blockedRegistries(ParameterReader reader) {
        return reader.value("blockedRegistries", () -> Values.words("blockedRegistries", blockedRegistries), List.of());
    }

    final List<String> startArguments(ParameterReader reader) {
        return reader.value("startArguments", () -> UserArguments.checked(Values.texts(startArguments)), List.of());
    }

    /** The flags of a start that have a parameter of their own. */
    Map<StartOption, List<String>> options(ParameterReader reader) {
        Map<StartOption, List<String>> options = new EnumMap<>(StartOption.class);
        put(reader, options, StartOption.VM_DRIVER, vmDriver, VmValues::driver);
        put(reader, options, StartOption.CPUS, cpus, VmValues::cpus);
        put(reader, options, StartOption.MEMORY, memory, VmValues::size);
        put(reader, options, StartOption.DISK_SIZE, diskSize, VmValues::size);
        put(reader, options, StartOption.REMOTE_IP_ADDRESS, remoteIpAddress, (parameter, text) -> text);
        put(reader, options, StartOption.REMOTE_SSH_USER, remoteSshUser, (parameter, text) -> text);
        return options;
    }

    /** Reads one flag; the rule gets the parameter's name and its value. */
    static void put(
            ParameterReader reader,
            Map<StartOption, List<String>> options,
            StartOption option,
            @Nullable String value,
            BinaryOperator<String> rule) {
        Values.text(value)
                .flatMap(text -> reader.value(
                        option.parameter(), () -> Optional.of(rule.apply(option.parameter(), text)), Optional.empty()))
                .ifPresent(text -> options.put(option, List.of(text)));
    }

    /**
     * The proxies in force.
     *
     * @param without what the user named to be reached without them
     */
    final Proxies proxies(ParameterReader reader, List<String> without) {
        Proxies settings = useSettingsProxy
                ? reader.value(
                        "useSettingsProxy",
                        () -> new SettingsProxies(session.getSettings(), decrypter).read(),
                        Proxies.NONE)
                : Proxies.NONE;
        return new Proxies(
                proxy(reader, "httpProxy", httpProxy).or(settings::http),
                proxy(reader, "httpsProxy", httpsProxy).or(settings::https),
                without.isEmpty() ? settings.without() : without);
    }

    private static Optional<String> proxy(ParameterReader reader, String parameter, @Nullable String value) {
        return reader.value(
                parameter, () -> Values.text(value).map(text -> checked(parameter, text)), Optional.empty());
    }

    private static String checked(String parameter, String url) {
        if (url.indexOf('@') >= 0) {
            throw Values.refused(
                    parameter,
                    "***" + url.substring(url.lastIndexOf('@')),
                    "must not contain a user name or password, since Maven prints parameters",
                    "http://host:port; a proxy that wants a password goes into settings.xml:"
                            + " <useSettingsProxy>true</useSettingsProxy> (-Dcdk.useSettingsProxy)");
        }
        if (!PROXY.matcher(url).matches()) {
            throw Values.refused(parameter, url, "not the address of a proxy", "http://host:port");
        }
        return url.contains("://") ? url : "http://" + url;
    }
}
