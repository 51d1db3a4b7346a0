package io.github.cdkmaven.sim.cluster;

import io.github.cdkmaven.sim.cluster.api.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What differs between OpenShift 3.6 and 3.11, in one place.
 *
 * @param text as given, such as {@code v3.9.31}
 * @param minor the 9 in it
 */
record OpenShiftVersion(String text, int minor) {

    private static final Pattern TEXT = Pattern.compile("v3\\.(\\d+)\\..*");

    static OpenShiftVersion parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an OpenShift 3 version: " + text);
        }
        return new OpenShiftVersion(text, Integer.parseInt(matcher.group(1)));
    }

    /** The Kubernetes release below. */
    String kubernetes() {
        return minor == 9 ? "v1.9.1" : "v1." + minor + ".0";
    }

    /**
     * The registries that {@code oc cluster up} allows by default; empty where it sets no list, so that every registry is
     * allowed (from 3.10, origin commit 70243fdc6e).
     */
    Optional<List<AllowedRegistry>> defaultWhitelist() {
        if (minor >= 10) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>(List.of("docker.io", "*.docker.io", "*.redhat.com", "gcr.io", "quay.io"));
        if (minor >= 9) {
            names.addAll(List.of("registry.centos.org", "registry.redhat.io"));
        }
        names.add("*.amazonaws.com");
        return Optional.of(
                names.stream().map(name -> new AllowedRegistry(name, false)).toList());
    }

    /** Whether the whitelist is enforced whenever a stream is stored, for administrators too (origin#20039). */
    boolean enforcesWhitelistOnStreams() {
        return minor >= 9;
    }

    /** Whether an import keeps the tag's reference policy (origin#20119) instead of taking the submitted one. */
    boolean keepsReferencePolicy() {
        return minor >= 11;
    }

    /** Whether the importer tries without login where the login is missing or refused (origin#18012). */
    boolean retriesAnonymously() {
        return minor >= 9;
    }

    /** Whether the importer reads manifest lists (origin#16322). */
    boolean readsManifestLists() {
        return minor >= 7;
    }

    /** Whether the importer trusts {@code imagePolicyConfig.additionalTrustedCA}. */
    boolean readsAdditionalAuthorities() {
        return minor >= 11;
    }

    /** How many tags an import of a whole repository takes. */
    int tagsOfARepository() {
        return minor >= 11 ? 50 : 5;
    }

    /** Whether a strategic merge patch merges {@code spec.tags} by name instead of replacing the list. */
    boolean mergesTagsByName() {
        return minor >= 7;
    }

    /** Whether image objects in an import's answer carry a resource version. */
    boolean showsImageVersions() {
        return minor >= 11;
    }

    /** Whether {@code users/~} lists the virtual groups. */
    boolean showsVirtualGroups() {
        return minor >= 11;
    }

    /** Why an action was refused, the second half of a 403's message. */
    String refusal(String openshiftReason) {
        return minor >= 10 ? "no RBAC policy matched" : openshiftReason;
    }

    /** Why an access review allows something. */
    String approval() {
        return minor >= 10
                ? "RBAC: allowed by ClusterRoleBinding \"cluster-admins\" of ClusterRole \"cluster-admin\""
                : "allowed by openshift authorizer";
    }

    /** The text of a registry that is not allowed, in an import by somebody who may not create images. */
    FieldError importForbidden(String field, String reference, String registry, String objection) {
        String start = "importing images from registry \"" + registry + "\" is forbidden";
        return minor >= 9
                ? FieldError.forbidden(field, start + ": " + objection)
                : FieldError.invalid(
                        field,
                        reference,
                        start + ", only images from " + objection.replaceFirst(".*: ", "") + " are allowed");
    }
}
