package io.github.cdkmaven.mojo;

import io.github.cdkmaven.crc.CrcStartSettings;
import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.engine.Proxies;
import io.github.cdkmaven.minishift.StartOption;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.preflight.PreflightRequest;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.streams.Streams;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** The parameters of the goals that start a VM, or check whether it could be started. */
abstract class AbstractStartMojo extends AbstractVmMojo {

    AbstractStartMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    /**
     * The executable of {@code oc}. Without it, the one that minishift keeps for the VM is used, or else the one on the PATH.
     *
     * <p>Example: {@code <oc>/opt/cdk/oc</oc>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.oc")
    @Nullable File oc;

    /**
     * A PEM file with the CA certificates for the registries. This machine trusts them in addition to Java's own, and {@code cdk:start} makes docker
     * in the VM and, from OpenShift 3.11 on, its importer trust them. Without it, only the CAs that Java trusts are trusted.
     *
     * <p>Example: {@code <registryCa>/etc/pki/corp-ca.pem</registryCa>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.registryCa")
    @Nullable File registryCa;

    /**
     * The id of the {@code <server>} in settings.xml that holds the registry's user and password. Without it, a server whose id is the registry's
     * {@code host[:port]} is used, if there is one. The password may be encrypted.
     *
     * <p>Example: {@code <registryServerId>corp-registry</registryServerId>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.registryServerId")
    @Nullable String registryServerId;

    /**
     * How long one request to the registry may take: {@code 90}, {@code 90s}, {@code 15m}, {@code PT15M}; a plain number is seconds.
     *
     * <p>Example: {@code <registryTimeout>1m</registryTimeout>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.registryTimeout", defaultValue = "30s")
    String registryTimeout;

    /**
     * The SHA-256 of the {@code bundle}, in hexadecimal digits, as {@code sha256sum} prints it. Without it, a damaged bundle is not detected.
     *
     * <p>Example: {@code <bundleSha256>b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c</bundleSha256>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.bundleSha256")
    @Nullable String bundleSha256;

    /**
     * A pull secret for OpenShift Local, in the form that Red Hat provides. Without it, one is made from the registry's login for each start.
     *
     * <p>Example: {@code <pullSecretFile>/etc/crc/pull-secret.json</pullSecretFile>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.pullSecretFile")
    @Nullable File pullSecretFile;

    /**
     * Whether the cluster of OpenShift Local is configured to use the registry: {@code auto} for a VM that a build has started, {@code true} also for
     * one that a person has started, {@code false} never.
     *
     * <p>Example: {@code <configureCluster>true</configureCluster>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.configureCluster", defaultValue = "auto")
    String configureCluster;

    /**
     * The ISO that the VM boots; the CDK brings its own. Only used when the VM is created.
     *
     * <p>Example: {@code <isoUrl>file:///opt/iso/minishift-centos7.iso</isoUrl>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.isoUrl")
    @Nullable String isoUrl;

    /**
     * The version of OpenShift to start. The default is the CDK's own, the only version whose {@code oc} comes with the CDK.
     *
     * <p>Example: {@code <openshiftVersion>v3.11.141</openshiftVersion>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.openshiftVersion")
    @Nullable String openshiftVersion;

    /**
     * The VM's time zone, an IANA name; minishift 1.26 and newer. Without it, minishift uses UTC. Only used when the VM is created.
     *
     * <p>Example: {@code <timezone>Europe/Berlin</timezone>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.timezone")
    @Nullable String timezone;

    /**
     * The domain suffix of routes. The default needs the public nip.io.
     *
     * <p>Example: {@code <routingSuffix>apps.corp.example</routingSuffix>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.routingSuffix")
    @Nullable String routingSuffix;

    /**
     * The host name of the API and the console. Without it, the VM's address is used.
     *
     * <p>Example: {@code <publicHostname>cdk.corp.example</publicHostname>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.publicHostname")
    @Nullable String publicHostname;

    /**
     * The private key of {@code remoteSshUser}, for {@code vmDriver} generic.
     *
     * <p>Example: {@code <remoteSshKey>/home/ci/.ssh/id_rsa</remoteSshKey>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.remoteSshKey")
    @Nullable String remoteSshKey;

    /**
     * The DNS servers of the VM. Without them, it uses those of its host.
     *
     * <p>Example: {@code <nameservers><nameserver>192.0.2.53</nameserver></nameservers>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.nameservers")
    @Nullable List<String> nameservers;

    /**
     * Hosts, domains ({@code .corp.example}) and networks that are reached without the proxy. The registry, OpenShift's service network and
     * its internal domains are always added, also where the proxy comes from the environment.
     *
     * <p>Example: {@code <noProxy><host>.corp.example</host><host>10.0.0.0/8</host></noProxy>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.noProxy")
    @Nullable List<String> noProxy;

    /**
     * Whether the VM's RHEL stays unregistered. Registration contacts Red Hat. {@code registrationServerId} turns it on.
     *
     * <p>Example: {@code <skipRegistration>false</skipRegistration>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.skipRegistration", defaultValue = "true")
    boolean skipRegistration;

    /**
     * The id of the {@code <server>} in settings.xml with the user and password for registering the VM's RHEL with Red Hat. Without it, the VM stays
     * unregistered.
     *
     * <p>Example: {@code <registrationServerId>red-hat</registrationServerId>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.registrationServerId")
    @Nullable String registrationServerId;

    /**
     * The namespaces whose ImageStreams are moved, by name or by glob; {@code *} means all. A namespace that only a glob matches is left alone and
     * reported if this user may not change its ImageStreams.
     *
     * <p>Example: {@code <namespaces><namespace>openshift</namespace><namespace>team-*</namespace></namespaces>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.namespaces", defaultValue = "openshift")
    List<String> namespaces;

    /**
     * Only these streams, or tags of them, are moved: globs on {@code stream} or {@code stream:tag}. The default is all of them.
     *
     * <p>Example: {@code <includes><include>jboss-*</include><include>jenkins:2</include></includes>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.includes")
    @Nullable List<String> includes;

    /**
     * These streams, or tags of them, are left alone: globs as in {@code includes}.
     *
     * <p>Example: {@code <excludes><exclude>jenkins:1</exclude></excludes>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.excludes")
    @Nullable List<String> excludes;

    /**
     * How many ImageStreams are imported at once, 1 to 64.
     *
     * <p>Example: {@code <importParallelism>4</importParallelism>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.importParallelism", defaultValue = "8")
    String importParallelism;

    /**
     * How long all imports may take together: {@code 90}, {@code 90s}, {@code 15m}, {@code PT15M}; a plain number is seconds.
     *
     * <p>Example: {@code <importTimeout>20m</importTimeout>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.importTimeout", defaultValue = "10m")
    String importTimeout;

    /**
     * Which failed tags fail the goal: {@code any} or {@code none}.
     *
     * <p>Example: {@code <failOn>none</failOn>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.failOn", defaultValue = "any")
    String failOn;

    /**
     * Tags that may fail: globs on {@code stream} or {@code stream:tag}. They are still reported.
     *
     * <p>Example: {@code <ignoredFailures><ignoredFailure>fis-*</ignoredFailure></ignoredFailures>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.ignoredFailures")
    @Nullable List<String> ignoredFailures;

    /**
     * Does not move the ImageStreams.
     *
     * <p>Example: {@code <skipImageStreams>true</skipImageStreams>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.skipImageStreams", defaultValue = "false")
    boolean skipImageStreams;

    /**
     * Does not verify where the images came from, and needs no right to see that on a shared cluster.
     *
     * <p>Example: {@code mvn verify -Dcdk.skipVerify}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.skipVerify", defaultValue = "false")
    boolean skipVerify;

    /**
     * Images that the tests need in addition to OpenShift and its ImageStreams, by their public names. They are checked and listed with the others.
     *
     * <p>Example: {@code <additionalImages><additionalImage>docker.io/library/postgres:13</additionalImage></additionalImages>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.additionalImages")
    @Nullable List<String> additionalImages;

    /**
     * Skips the checks, here and before a start.
     *
     * <p>Example: {@code mvn verify -Dcdk.skipPreflight}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.skipPreflight", defaultValue = "false")
    boolean skipPreflight;

    @Override
    Optional<String> reasonToSkip() {
        return super.reasonToSkip().or(this::skippedTests);
    }

    /** The registries from which images come. */
    final Registries registries(ParameterReader reader) {
        return registryParameters(reader)
                .asked(
                        new Servers(session.getSettings(), decrypter),
                        () -> Values.readable("registryCa", registryCa),
                        Values.text(registryServerId),
                        registryTimeout);
    }

    /** What is to happen with the ImageStreams of some namespaces. */
    final Streams streams(ParameterReader reader, List<String> namespaces, boolean dryRun) {
        return new StreamParameters(includes, excludes, importParallelism, importTimeout, failOn, ignoredFailures)
                .read(reader, skipImageStreams, namespaces, dryRun);
    }

    @Override
    final boolean connects() {
        return true;
    }

    /** The engine, with what it is to be started with. */
    final Engine engine(ParameterReader reader, Engines engines, Registries registries) {
        List<String> names = namespaces(reader);
        List<String> moved = skipImageStreams ? List.of() : names;
        List<String> verified = skipVerify ? List.of() : names;
        return engines.make(
                () -> Optional.of(settings(reader, registries)),
                () -> Optional.of(local(reader, registries)),
                cluster -> cluster.with(registries, moved)
                        .verifying(verified)
                        .and(Values.images(reader, additionalImages)));
    }

    final Engines engines(ParameterReader reader, ReportBuilder report) {
        return engines(reader, report, tools(reader, Values.path(oc))).begin();
    }

    private CrcStartSettings local(ParameterReader reader, Registries registries) {
        return CrcStartSettings.of(registries, blockedRegistries(reader))
                .with(
                        CrcValues.bundle(reader, bundle, bundleSha256, new Servers(session.getSettings(), decrypter)),
                        CrcValues.size(reader, cpus, memory, diskSize))
                .with(proxies(reader, withoutProxy()))
                .with(
                        Values.path(pullSecretFile),
                        CrcValues.nameserver(reader, nameservers),
                        CrcValues.configure(reader, configureCluster));
    }

    private List<String> withoutProxy() {
        return Values.texts(noProxy).stream()
                .flatMap(text -> Proxies.split(text).stream())
                .toList();
    }

    final List<String> namespaces(ParameterReader reader) {
        return Values.namespaces(reader, namespaces);
    }

    private StartSettings settings(ParameterReader reader, Registries registries) {
        return new StartSettings(
                registries,
                blockedRegistries(reader),
                options(reader),
                startArguments(reader),
                skipRegistration,
                proxies(reader, withoutProxy()),
                registration(reader));
    }

    /** What is to be checked before a start, whether or not every parameter can be used. */
    final PreflightRequest preflight(
            ParameterReader reader, Engine engine, Registries registries, Streams streams, boolean beforeStart) {
        List<NeededImage> additional = Values.images(reader, additionalImages);
        boolean askable = !reader.isMistaken("registry", "registryCa", "registryServerId");
        return new PreflightRequest(
                reader.checks(),
                engine,
                Optional.of(registries).filter(known -> askable),
                !reader.isMistaken("mappings"),
                streams,
                beforeStart,
                additional,
                reports().resolve("images"));
    }

    @Override
    final Map<StartOption, List<String>> options(ParameterReader reader) {
        Map<StartOption, List<String>> options = super.options(reader);
        put(reader, options, StartOption.ISO_URL, isoUrl, VmValues::iso);
        put(reader, options, StartOption.OPENSHIFT_VERSION, openshiftVersion, VmValues::openshift);
        put(reader, options, StartOption.TIMEZONE, timezone, VmValues::timezone);
        if (routingSuffix != null && isWish("cdk.routingSuffix", routingSuffix)) {
            put(reader, options, StartOption.ROUTING_SUFFIX, routingSuffix, VmValues::hostName);
        }
        put(reader, options, StartOption.PUBLIC_HOSTNAME, publicHostname, VmValues::hostName);
        put(reader, options, StartOption.REMOTE_SSH_KEY, remoteSshKey, VmValues::key);
        List<String> servers = reader.value("nameservers", () -> Values.words("nameservers", nameservers), List.of());
        if (!servers.isEmpty()) {
            options.put(StartOption.NAMESERVERS, servers);
        }
        return options;
    }

    /** With whom the VM is registered; both user and password, or nobody. */
    private Optional<Credentials> registration(ParameterReader reader) {
        Optional<String> id = Values.text(registrationServerId);
        if (id.isPresent()) {
            return reader.value(
                    "registrationServerId",
                    () -> new Servers(session.getSettings(), decrypter).find("registrationServerId", id, ""),
                    Optional.empty());
        }
        return reader.value("skipRegistration", this::nobodyToRegister, Optional.empty());
    }

    private Optional<Credentials> nobodyToRegister() {
        if (!skipRegistration && !(isInEnvironment("MINISHIFT_USERNAME") && isInEnvironment("MINISHIFT_PASSWORD"))) {
            throw Values.refused(
                    "skipRegistration",
                    "false",
                    "no registration account is configured, and minishift would prompt without a terminal",
                    "true, or <registrationServerId> with the id of a <server> in settings.xml");
        }
        return Optional.empty();
    }

    private boolean isInEnvironment(String name) {
        return !Optional.ofNullable(environment.get(name)).orElse("").isBlank();
    }
}
