package io.github.cdkmaven.mojo;

import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.mirror.Purpose;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.RegistryAccess;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** The parameters of the goals that know the company's registry, and which images go there. */
abstract class AbstractRegistryMojo extends AbstractLifecycleMojo {

    /** Stands in for a registry that could not be read, until the mistakes are told; no such host can exist (RFC 2606). */
    private static final RegistryName UNREAD = new RegistryName("registry.invalid", Optional.empty());

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    AbstractRegistryMojo(SettingsDecrypter decrypter) {
        super(decrypter);
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
     * to trust it by itself. Without it, only what Java trusts is trusted.
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
     * Only these streams, or tags of them, are moved: globs on {@code stream} or {@code stream:tag}. The default is all of them.
     *
     * <p>Example: {@code <includes><include>jboss-*</include><include>jenkins:2</include></includes>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.includes")
    @Nullable List<String> includes;

    /**
     * These streams, or tags of them, are left alone: globs as in {@code includes}. The default is none.
     *
     * <p>Example: {@code <excludes><exclude>jenkins:1</exclude></excludes>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.excludes")
    @Nullable List<String> excludes;

    /** The company's registry. */
    final RegistryName registryName(ParameterReader reading) {
        return reading.value(
                "registry",
                () -> RegistryName.of(
                        "registry", Optional.ofNullable(registry).orElseThrow(AbstractRegistryMojo::registryMissing)),
                UNREAD);
    }

    private static ProblemException registryMissing() {
        return Problem.of(
                        "Parameter 'registry' is missing: the company's image registry has to be named.",
                        "<registry>registry.corp.example:5000</registry> in the plugin's <configuration>, or -Dcdk.registry=registry.corp.example:5000 (host[:port][/prefix])")
                .toException();
    }

    /** How this machine speaks to the registry. */
    final RegistryAccess registryAccess(ParameterReader reading, RegistryName name) {
        return new RegistryAccess(
                name.host(),
                name.prefix().orElse(""),
                registryInsecure,
                reading.value("registryCa", () -> Values.readable("registryCa", registryCa), Optional.empty()),
                reading.value("registryServerId", () -> credentials(name), Optional.empty()),
                reading.value(
                        "registryTimeout", () -> Values.time("registryTimeout", registryTimeout), DEFAULT_TIMEOUT));
    }

    private Optional<Credentials> credentials(RegistryName name) {
        return new Servers(session.getSettings(), decrypter)
                .find("registryServerId", Values.text(registryServerId), name.host());
    }

    /** Where images go. */
    final Relocation relocation(ParameterReader reading, RegistryName name) {
        List<Mapping> rules = reading.each("mappings", Values.texts(mappings), Mapping::parse);
        return reading.value(
                "mappings",
                () -> rules.isEmpty() ? Relocation.byDefault(name) : new Relocation(rules),
                Relocation.byDefault(name));
    }

    /** The project's own images, as they would be pulled. */
    final List<NeededImage> additionalImages(ParameterReader reading, @Nullable List<String> images) {
        return reading.each("additionalImages", Values.texts(images), text -> {
            try {
                return NeededImage.required(text, new Purpose.Additional());
            } catch (IllegalArgumentException e) {
                throw Values.refused(
                        "additionalImages", text, "it is no image: " + e.getMessage(), "registry/path:tag");
            }
        });
    }

    /** The streams and tags to move; none means all. */
    final Globs includes() {
        return new Globs(Values.texts(includes));
    }

    /** The streams and tags to leave alone. */
    final Globs excludes() {
        return new Globs(Values.texts(excludes));
    }
}
