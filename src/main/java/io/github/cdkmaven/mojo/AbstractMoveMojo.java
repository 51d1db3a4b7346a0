package io.github.cdkmaven.mojo;

import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.lifecycle.StreamOrder;
import io.github.cdkmaven.lifecycle.StreamOrder.FailurePolicy;
import io.github.cdkmaven.openshift.MovePolicy;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.RegistryAccess;
import java.io.File;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** The parameters of the goals that move ImageStreams. */
abstract class AbstractMoveMojo extends AbstractLifecycleMojo {

    private static final int MOST_LANES = 64;

    private final SettingsDecrypter decrypter;

    AbstractMoveMojo(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    private enum FailOn {
        ANY,
        NONE
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
     * Whether the registry speaks plain HTTP, or shows a certificate that the VM does not trust. The VM's docker is told so, and so are
     * the imports.
     *
     * <p>Example: {@code <registryInsecure>true</registryInsecure>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.registryInsecure", defaultValue = "false")
    boolean registryInsecure;

    /**
     * A PEM file with the certificates of the authority that vouches for the registry. This machine trusts it beside Java's own; the VM has
     * to trust it by itself.
     *
     * <p>Example: {@code <registryCa>/etc/pki/corp-ca.pem</registryCa>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.registryCa")
    @Nullable File registryCa;

    /**
     * The id of the {@code <server>} in settings.xml that holds the registry's user and password. Without it, a server whose id is the
     * registry's {@code host[:port]} is taken, if there is one. The password may be encrypted.
     *
     * <p>Example: {@code <registryServerId>corp-registry</registryServerId>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.registryServerId")
    @Nullable String registryServerId;

    /**
     * How long one question to the registry may take: {@code 90}, {@code 90s}, {@code 15m}, {@code PT15M}; a plain number is seconds.
     *
     * <p>Example: {@code <registryTimeout>1m</registryTimeout>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.registryTimeout", defaultValue = "30s")
    String registryTimeout;

    /**
     * Where images go: rules of the form {@code from=to}, of which the longest match wins. The default sends
     * {@code registry.access.redhat.com}, {@code registry.redhat.io} and {@code docker.io} (with the names that have no registry) to
     * {@code registry}.
     *
     * <p>Example: {@code <mappings><mapping>quay.io=registry.corp.example:5000/quay</mapping></mappings>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.mappings")
    @Nullable List<String> mappings;

    /**
     * The namespaces whose ImageStreams are moved.
     *
     * <p>Example: {@code <namespaces><namespace>openshift</namespace><namespace>myproject</namespace></namespaces>}
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
     * Only plans: the report says what would move, the server tries each image without storing it, and nothing changes.
     *
     * <p>Example: {@code mvn cdk:imagestreams -Dcdk.dryRun}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.dryRun", defaultValue = "false")
    boolean dryRun;

    /**
     * How many ImageStreams are imported at once, 1 to 64.
     *
     * <p>Example: {@code <importParallelism>4</importParallelism>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.importParallelism", defaultValue = "8")
    int importParallelism;

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
     * Tags that may fail: globs on {@code stream} or {@code stream:tag}. They are reported all the same.
     *
     * <p>Example: {@code <ignoredFailures><ignoredFailure>fis-*</ignoredFailure></ignoredFailures>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.ignoredFailures")
    @Nullable List<String> ignoredFailures;

    final RegistryName registryName() {
        return RegistryName.of("registry", Optional.ofNullable(registry).orElseThrow(() -> Problem.of(
                        "Parameter 'registry' is missing: the company's image registry has to be named.",
                        "<registry>registry.corp.example:5000</registry> in the plugin's <configuration>, or -Dcdk.registry=registry.corp.example:5000 (host[:port][/prefix])")
                .toException()));
    }

    /** What is to happen with the ImageStreams. */
    final StreamOrder streams() {
        RegistryName name = registryName();
        return new StreamOrder(name, registryAccess(name), movePolicy(), failurePolicy());
    }

    private RegistryAccess registryAccess(RegistryName name) {
        return new RegistryAccess(
                name.host(),
                name.prefix().orElse(""),
                registryInsecure,
                Values.path(registryCa),
                credentials(name),
                Values.time("registryTimeout", registryTimeout));
    }

    private Optional<Credentials> credentials(RegistryName name) {
        return new Servers(session.getSettings(), decrypter)
                .find("registryServerId", Values.text(registryServerId), name.host());
    }

    private MovePolicy movePolicy() {
        List<Mapping> rules =
                Values.texts(mappings).stream().map(Mapping::parse).toList();
        RegistryName target = registryName();
        return new MovePolicy(
                rules.isEmpty() ? Relocation.byDefault(target) : new Relocation(rules),
                registryInsecure,
                Values.texts(namespaces),
                new Globs(Values.texts(includes)),
                new Globs(Values.texts(excludes)),
                Values.number("importParallelism", importParallelism, 1, MOST_LANES),
                Values.time("importTimeout", importTimeout),
                dryRun);
    }

    private FailurePolicy failurePolicy() {
        return new FailurePolicy(
                Values.choice("failOn", failOn, FailOn.class) == FailOn.ANY, new Globs(Values.texts(ignoredFailures)));
    }
}
