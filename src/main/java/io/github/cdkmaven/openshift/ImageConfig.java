package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.process.Retry.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the administrator of an OpenShift 4 set for images: {@code image.config.openshift.io/cluster}. A plain user may not read it (measured on
 * 4.19: 403), so that all of it can be unknown.
 *
 * @param known whether it could be read
 * @param allowedForImport the registries from which ImageStreams may import; none allows all
 * @param insecureRegistries those that need no valid certificate, for nodes and importer
 * @param blockedRegistries those that are never asked
 * @param allowedRegistries the only ones that nodes may ask; none allows all. The importer ignores it (measured on 4.19)
 * @param trustedCa the config map of further authorities, where one is named
 */
public record ImageConfig(
        boolean known,
        List<AllowedRegistry> allowedForImport,
        List<String> insecureRegistries,
        List<String> blockedRegistries,
        List<String> allowedRegistries,
        Optional<String> trustedCa) {

    /** A cluster that does not tell it, or has none. */
    public static final ImageConfig UNKNOWN =
            new ImageConfig(false, List.of(), List.of(), List.of(), List.of(), Optional.empty());

    private static final Logger LOG = LoggerFactory.getLogger(ImageConfig.class);
    private static final String PATH = "/apis/config.openshift.io/v1/images/cluster";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LONGEST = 300;

    public ImageConfig {
        allowedForImport = List.copyOf(allowedForImport);
        insecureRegistries = List.copyOf(insecureRegistries);
        blockedRegistries = List.copyOf(blockedRegistries);
        allowedRegistries = List.copyOf(allowedRegistries);
    }

    /** Reads it; unknown where the user may not, and where there is none. */
    public static ImageConfig of(OpenShiftApi api) {
        try {
            ApiAnswer answer = api.ask(Pause.real(), () -> api.get(PATH, LIMIT));
            if (!answer.isSuccess() || !answer.body().path("kind").asText().equals("Image")) {
                LOG.debug("{} does not let its image.config be read: {}", api.access(), answer.message());
                return UNKNOWN;
            }
            return of(answer.body().path("spec"));
        } catch (IOException e) {
            LOG.debug("{} does not let its image.config be read", api.access(), e);
            return UNKNOWN;
        }
    }

    private static ImageConfig of(JsonNode spec) {
        List<AllowedRegistry> allowed = new ArrayList<>();
        for (JsonNode entry : spec.path("allowedRegistriesForImport")) {
            allowed.add(new AllowedRegistry(
                    ForeignText.line(entry.path("domainName").asText(), LONGEST),
                    entry.path("insecure").asBoolean()));
        }
        JsonNode sources = spec.path("registrySources");
        return new ImageConfig(
                true,
                allowed,
                texts(sources.path("insecureRegistries")),
                texts(sources.path("blockedRegistries")),
                texts(sources.path("allowedRegistries")),
                Optional.of(ForeignText.line(
                                spec.path("additionalTrustedCA").path("name").asText("")))
                        .filter(name -> !name.isEmpty()));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(ForeignText.line(text.asText(), LONGEST)));
        return texts;
    }

    /**
     * Why no stream may import from a registry, in the words of the cluster's own refusal; empty where nothing is known against it. The server's
     * dry run does not show it (measured on 4.19).
     *
     * @param registry the host, with its port where the reference names one
     */
    public Optional<String> objection(String registry, boolean insecureTag) {
        boolean admitted = allowedForImport.isEmpty()
                || allowedForImport.stream().anyMatch(entry -> entry.admits(registry, insecureTag));
        return admitted
                ? Optional.empty()
                : Optional.of("registry \"" + registry + "\" not allowed by whitelist: allowedRegistriesForImport of"
                        + " image.config.openshift.io/cluster lacks it");
    }

    /**
     * Why the samples operator would refuse a samplesRegistry; empty where nothing is known against it. It compares the whole value, its path
     * included: that has to end with an entry of {@code allowedRegistriesForImport}, to equal one of {@code allowedRegistries}, and none of
     * {@code blockedRegistries} (measured on 4.19).
     */
    public Optional<String> objectionOfSamples(String samplesRegistry) {
        String lacking = " of image.config.openshift.io/cluster has no entry for " + samplesRegistry;
        if (!allowedForImport.isEmpty()
                && allowedForImport.stream().noneMatch(entry -> samplesRegistry.endsWith(entry.domainName()))) {
            return Optional.of("allowedRegistriesForImport" + lacking);
        }
        if (!allowedRegistries.isEmpty() && !allowedRegistries.contains(samplesRegistry)) {
            return Optional.of("allowedRegistries" + lacking);
        }
        return blockedRegistries.contains(samplesRegistry)
                ? Optional.of("blockedRegistries of image.config.openshift.io/cluster has " + samplesRegistry)
                : Optional.empty();
    }

    /** Whether nodes and importer do without a registry's certificate. */
    public boolean isInsecure(String registry) {
        return covers(insecureRegistries, registry);
    }

    /** Whether neither nodes nor importer ask a registry. */
    public boolean isBlocked(String registry) {
        return covers(blockedRegistries, registry);
    }

    /** Whether nodes may ask a registry, as far as it is known. */
    public boolean isAllowedForNodes(String registry) {
        return allowedRegistries.isEmpty() || covers(allowedRegistries, registry);
    }

    private static boolean covers(List<String> entries, String registry) {
        return entries.stream().anyMatch(entry -> isCoveredBy(registry, entry));
    }

    /** A host with its port, or {@code *.domain} for all hosts of a domain (containers-registries.conf, {@code location} and {@code prefix}). */
    private static boolean isCoveredBy(String registry, String entry) {
        String host = registry.replaceFirst(":\\d+$", "");
        return entry.equals(registry)
                || entry.startsWith(registry + "/")
                || entry.startsWith("*.") && host.endsWith(entry.substring(1));
    }
}
