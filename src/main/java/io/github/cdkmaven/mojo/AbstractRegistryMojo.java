package io.github.cdkmaven.mojo;

import io.github.cdkmaven.crc.CrcStartSettings;
import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.ReportBuilder;
import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** The parameters of the goals that ask a registry and a cluster, and start nothing. */
abstract class AbstractRegistryMojo extends AbstractCdkMojo {

    AbstractRegistryMojo(SettingsDecrypter decrypter) {
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
     * The namespaces whose ImageStreams matter, by name or by glob; {@code *} means all. A namespace that only a glob matches is left alone and
     * reported if this user may not change its ImageStreams.
     *
     * <p>Example: {@code <namespaces><namespace>openshift</namespace><namespace>team-*</namespace></namespaces>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.namespaces", defaultValue = "openshift")
    List<String> namespaces;

    @Override
    Optional<String> reasonToSkip() {
        return super.reasonToSkip().or(this::skippedTests);
    }

    /** The registries from which images come. */
    final Registries registries(ParameterReader reader) {
        return new RegistryParameters(reader, registry, registryInsecure, mappings)
                .asked(
                        new Servers(session.getSettings(), decrypter),
                        () -> Values.readable("registryCa", registryCa),
                        Values.text(registryServerId),
                        registryTimeout);
    }

    @Override
    final boolean connects() {
        return true;
    }

    /**
     * The engine that is asked.
     *
     * @param settings what the POM wants of a VM of minishift
     * @param local what it wants of crc's
     */
    final Engine engine(
            ParameterReader reader,
            Engines engines,
            Registries registries,
            Supplier<StartSettings> settings,
            Supplier<CrcStartSettings> local) {
        List<String> names = Values.namespaces(reader, namespaces);
        return engines.make(
                () -> Optional.of(settings.get()),
                () -> Optional.of(local.get()),
                cluster -> cluster.with(registries, names));
    }

    final Engines engines(ParameterReader reader, ReportBuilder report) {
        return engines(reader, report, tools(reader, Values.path(oc)));
    }
}
