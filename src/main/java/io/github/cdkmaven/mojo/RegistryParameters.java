package io.github.cdkmaven.mojo;

import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the parameters that say from which registries images come. */
final class RegistryParameters {

    /** Stands in for a registry that could not be read, until the mistakes are told; no such host can exist (RFC 2606). */
    private static final RegistryName UNREAD = new RegistryName("registry.invalid", Optional.empty());

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private final ParameterReader reader;
    private final RegistryName name;
    private final boolean insecure;
    private final Relocation relocation;

    /** Reads where images go. */
    RegistryParameters(
            ParameterReader reader, @Nullable String registry, boolean insecure, @Nullable List<String> mappings) {
        this.reader = reader;
        this.insecure = insecure;
        this.name = reader.value("registry", () -> name(registry), UNREAD);
        List<Mapping> rules = reader.each("mappings", Values.texts(mappings), Mapping::parse);
        this.relocation = reader.value(
                "mappings",
                () -> rules.isEmpty() ? Relocation.byDefault(name) : new Relocation(rules),
                Relocation.byDefault(name));
    }

    private static RegistryName name(@Nullable String registry) {
        return RegistryName.of(
                "registry", Optional.ofNullable(registry).orElseThrow(RegistryParameters::registryMissing));
    }

    private static ProblemException registryMissing() {
        return Problem.of(
                        "Parameter 'registry' is missing: the company's image registry is required.",
                        "<registry>registry.corp.example:5000</registry> in the plugin's <configuration>, or -Dcdk.registry=registry.corp.example:5000 (host[:port][/prefix])")
                .toException();
    }

    /** The registries for somebody who asks them nothing. */
    Registries unasked() {
        return Registries.of(
                new Registry(name, insecure, Optional.empty(), Optional.empty(), DEFAULT_TIMEOUT), relocation);
    }

    /**
     * The registries, with what it takes to ask them. Each registry that is not the own one takes the server of settings.xml that is named like
     * its host.
     */
    Registries asked(Servers servers, Supplier<Optional<Path>> ca, Optional<String> serverId, String timeout) {
        Registry own = new Registry(
                name,
                insecure,
                reader.value("registryCa", ca, Optional.empty()),
                reader.value(
                        "registryServerId",
                        () -> servers.find("registryServerId", serverId, name.host()),
                        Optional.empty()),
                reader.value("registryTimeout", () -> Values.time("registryTimeout", timeout), DEFAULT_TIMEOUT));
        Map<String, Credentials> logins = new HashMap<>();
        for (String host : relocation.targetHosts()) {
            if (!host.equals(name.host())) {
                reader.value(
                                "mappings",
                                () -> servers.find("mappings", Optional.empty(), host),
                                Optional.<Credentials>empty())
                        .ifPresent(login -> logins.put(host, login));
            }
        }
        return new Registries(own, relocation, logins);
    }
}
