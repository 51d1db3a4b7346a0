package io.github.cdkmaven.streams;

import io.github.cdkmaven.openshift.ImageConfig;
import io.github.cdkmaven.openshift.ImporterDialect;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.SamplesConfig;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.Reason;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import io.github.cdkmaven.report.TagResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a cluster's importer takes, what its administrator allows it, and what the administrator has to set where something is missing. Nothing of it is
 * ever set by us.
 *
 * @param dialect what this generation takes
 * @param config what is set for images on an OpenShift 4, as far as the user may see it
 */
public record ImporterSettings(ImporterDialect dialect, ImageConfig config) {

    private static final String CONFIG = "image.config.openshift.io/cluster";

    /** The machine-config operator reloads CRI-O when {@code registries.conf} changes, and drains a node first where it must. */
    private static final String DRAIN =
            " (this rolls over all nodes; if there are several, they are drained one by one)";

    /** {@code forbidden: registry H blocked} (measured on 4.19). */
    private static final Pattern BLOCKED = Pattern.compile("registry \\S{1,300} blocked");

    private static String patch(String type, String patch) {
        return "`oc patch " + CONFIG + " --type=" + type + " -p '" + patch + "'`";
    }

    /** Puts something at the end of a list that is there. */
    private static String append(String list, String value) {
        return patch("json", "[{\"op\":\"add\",\"path\":\"/spec/" + list + "/-\",\"value\":" + value + "}]");
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    /** Asks a cluster. */
    public static ImporterSettings of(OpenShiftApi api) {
        ImporterDialect dialect = ImporterDialect.of(api);
        return new ImporterSettings(dialect, dialect.imageConfig() ? ImageConfig.of(api) : ImageConfig.UNKNOWN);
    }

    /**
     * What hinders the nodes and pods of the cluster although its importer may get in: told, and never a failure, since no ImageStream suffers.
     *
     * @param registries to which images are moved
     */
    public List<Check> checks(Registries registries) {
        List<Check> checks = new ArrayList<>();
        if (!dialect.imageConfig()) {
            return checks;
        }
        if (registries.own().ca().isPresent()
                && config.known()
                && config.trustedCa().isEmpty()) {
            checks.add(Check.warn(
                    "cluster.additionalTrustedCA",
                    registries.own().host(),
                    CONFIG
                            + " names no further authority, so the importer and nodes trust only their systems' authorities",
                    authority(registries.own().host())));
        }
        for (String host : registries.hosts()) {
            insecure(host, registries.own().insecure()).ifPresent(checks::add);
            if (config.isBlocked(host)) {
                checks.add(Check.warn(
                        "cluster.blockedRegistries",
                        host,
                        "blockedRegistries of " + CONFIG
                                + " contains it, so neither the importer nor any node contacts it",
                        blocked(host)));
            }
            if (!config.isAllowedForNodes(host)) {
                checks.add(Check.warn(
                        "cluster.allowedRegistries",
                        host,
                        "allowedRegistries of " + CONFIG
                                + " lacks it: ImageStreams are imported from it, but no node pulls from it",
                        "Let an administrator add it: " + append("registrySources/allowedRegistries", quoted(host))
                                + DRAIN + "."));
            }
        }
        return checks;
    }

    /** A tag that is marked insecure is enough for the importer, and no node looks at it (measured on 4.19). */
    private Optional<Check> insecure(String host, boolean insecure) {
        if (!insecure || config.isInsecure(host)) {
            return Optional.empty();
        }
        return Optional.of(Check.warn(
                "cluster.insecureRegistries",
                host,
                (config.known()
                                ? "insecureRegistries of " + CONFIG + " lacks it"
                                : "whether insecureRegistries of " + CONFIG + " contains it, this user may not see")
                        + ": ImageStreams are still imported from it, but a node pulls only with a valid certificate",
                "Let an administrator add it: "
                        + (config.insecureRegistries().isEmpty()
                                ? patch(
                                        "merge",
                                        "{\"spec\":{\"registrySources\":{\"insecureRegistries\":[" + quoted(host)
                                                + "]}}}")
                                : append("registrySources/insecureRegistries", quoted(host)))
                        + (config.known() ? "" : ", which replaces an existing list") + DRAIN + "."));
    }

    private static String blocked(String host) {
        return "Let an administrator take '" + host + "' out of spec.registrySources.blockedRegistries with `oc edit "
                + CONFIG + "`" + DRAIN + ".";
    }

    /**
     * What a real run would be refused and the server's own dry run does not show: a registry that {@code allowedRegistriesForImport} lacks.
     *
     * @param insecure whether tags are marked insecure
     */
    List<StreamResult> foreseen(List<StreamResult> dryRun, boolean insecure) {
        return dryRun.stream()
                .map(stream -> new StreamResult(
                        stream.namespace(),
                        stream.name(),
                        stream.tags().stream()
                                .map(tag -> foreseen(tag, insecure))
                                .toList()))
                .toList();
    }

    /** What a dry run cannot tell this user. */
    Optional<String> unforeseen() {
        return dialect.imageConfig() && !config.known()
                ? Optional.of(
                        "This user may not read " + CONFIG + ": if its allowedRegistriesForImport lacks the registry, a"
                                + " real run is refused, which the server's dry run does not show.")
                : Optional.empty();
    }

    private TagResult foreseen(TagResult tag, boolean insecure) {
        return Optional.of(tag)
                .filter(planned -> planned.outcome() == TagOutcome.PLANNED)
                .flatMap(TagResult::to)
                .flatMap(to -> config.objection(to.split("/", 2)[0], insecure))
                .map(objection -> TagResult.failed(
                        tag.tag(),
                        tag.from().orElse(""),
                        tag.to().orElse(""),
                        Reason.FORBIDDEN,
                        objection + "; the server's dry run does not show it"))
                .orElse(tag);
    }

    /**
     * What an administrator of an OpenShift 4 can do about a failed tag; empty where the reason's own advice is all.
     *
     * @param message why it failed
     * @param host the registry, with its port, that it should have come from
     */
    public Optional<String> fix(Reason reason, String message, String host, boolean insecure) {
        if (!dialect.imageConfig()) {
            return Optional.empty();
        }
        if (message.startsWith(Planner.PUT_BACK)) {
            return Optional.of(
                    "Let an administrator configure the samples operator: samplesRegistry of " + SamplesConfig.NAME
                            + " for all its ImageStreams, or skippedImagestreams for those that it should leave alone.");
        }
        if (Refusals.isWhitelist(message)) {
            return Optional.of("Let an administrator allow the registry: "
                    + append(
                            "allowedRegistriesForImport",
                            "{\"domainName\":" + quoted(host) + (insecure ? ",\"insecure\":true" : "") + "}")
                    + ".");
        }
        if (BLOCKED.matcher(message).find()) {
            return Optional.of(blocked(host));
        }
        return switch (reason) {
            case TLS -> Optional.of(authority(host));
            case NOT_FOUND -> MissingChild.isIn(message) ? Optional.of(MissingChild.FIX) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** A colon cannot be in a config map's key, two dots stand for it. */
    private String authority(String host) {
        String key = host.replaceFirst(":(?=\\d+$)", "..");
        return "Let an administrator add the registry's authority, for the importer and all nodes, which does not drain them: "
                + config.trustedCa()
                        .map(name -> "`oc edit configmap " + name
                                + " -n openshift-config` with the PEM file under the key " + key)
                        .orElseGet(() -> "`oc create configmap registry-cas -n openshift-config --from-file=" + key
                                + "=ca.pem` and "
                                + patch("merge", "{\"spec\":{\"additionalTrustedCA\":{\"name\":\"registry-cas\"}}}")
                                + (config.known() ? "" : ", unless additionalTrustedCA names a config map already"))
                + "; or set <registryInsecure>true</registryInsecure> (-Dcdk.registryInsecure) for the imports alone.";
    }
}
