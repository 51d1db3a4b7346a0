package io.github.cdkmaven.sim.cluster;

import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.FieldError;
import io.github.cdkmaven.sim.cluster.importer.ImporterRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What differs between OpenShift 3.6 and 3.11, and 4.x, in one place. What is said of 4.x was measured on 4.19.
 *
 * @param text as given, such as {@code v3.9.31} or {@code 4.19.0}
 * @param major the 3 or 4 in it
 * @param minor the 9 or 19 in it
 */
record OpenShiftRules(String text, int major, int minor) {

    private static final Pattern TEXT = Pattern.compile("(?:v(?=3)|(?=4))([34])\\.(\\d+)\\..*");

    static OpenShiftRules parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an OpenShift 3 or 4 version (v3.9.31, 4.19.0): " + text);
        }
        return new OpenShiftRules(text, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** Whether this is OpenShift 4, an API of many servers that operators look after. */
    boolean isFour() {
        return major >= 4;
    }

    /** Whether this is that release of OpenShift 3, or anything newer. */
    private boolean since3(int release) {
        return isFour() || minor >= release;
    }

    /** The minor release of Kubernetes below (OpenShift 4.19: 1.32). */
    int kubernetesMinor() {
        return isFour() ? minor + 13 : minor;
    }

    /** The Kubernetes release below. */
    String kubernetes() {
        if (isFour()) {
            return "v1." + kubernetesMinor() + ".13";
        }
        return minor == 9 ? "v1.9.1" : "v1." + minor + ".0";
    }

    /**
     * The registries that {@code oc cluster up} allows by default; empty where it sets no list, so that every registry is
     * allowed (from 3.10, origin commit 70243fdc6e).
     */
    Optional<List<ImportableRegistry>> defaultWhitelist() {
        if (since3(10)) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>(List.of("docker.io", "*.docker.io", "*.redhat.com", "gcr.io", "quay.io"));
        if (since3(9)) {
            names.addAll(List.of("registry.centos.org", "registry.redhat.io"));
        }
        names.add("*.amazonaws.com");
        return Optional.of(
                names.stream().map(name -> new ImportableRegistry(name, false)).toList());
    }

    /** Whether the whitelist is enforced whenever a stream is stored, for administrators too (origin#20039). */
    boolean enforcesWhitelistOnStreams() {
        return since3(9);
    }

    /** Whether an import keeps the tag's reference policy (origin#20119) instead of taking the submitted one. */
    boolean keepsReferencePolicy() {
        return since3(11);
    }

    /** Whether the importer trusts {@code imagePolicyConfig.additionalTrustedCA}. */
    boolean readsAdditionalAuthorities() {
        return minor >= 11;
    }

    /** How many tags an import of a whole repository takes. */
    int tagsOfARepository() {
        return since3(11) ? 50 : 5;
    }

    /** Whether a strategic merge patch merges {@code spec.tags} by name instead of replacing the list. */
    boolean mergesTagsByName() {
        return since3(7);
    }

    /** Whether image objects in an import's answer carry a resource version. */
    boolean showsImageVersions() {
        return since3(11);
    }

    /** Whether {@code users/~} lists the virtual groups. */
    boolean showsVirtualGroups() {
        return since3(11);
    }

    /** Why an action was refused, the second half of a 403's message. */
    String refusal(String openshiftReason) {
        return since3(10) ? "no RBAC policy matched" : openshiftReason;
    }

    /** Why an access review allows something. */
    String approval() {
        return since3(10)
                ? "RBAC: allowed by ClusterRoleBinding \"cluster-admins\" of ClusterRole \"cluster-admin\""
                : "allowed by openshift authorizer";
    }

    /** The text of a registry that is not allowed, in an import by somebody who may not create images. */
    FieldError importForbidden(String field, String reference, String registry, String objection) {
        String start = "importing images from registry \"" + registry + "\" is forbidden";
        return since3(9)
                ? FieldError.forbidden(field, start + ": " + objection)
                : FieldError.invalid(
                        field,
                        reference,
                        start + ", only images from " + objection.replaceFirst(".*: ", "") + " are allowed");
    }

    /** Whether objects and lists carry {@code metadata.selfLink}, which Kubernetes 1.20 took away. */
    boolean showsSelfLinks() {
        return !isFour();
    }

    /** Whether a list with a {@code limit} comes in pages. */
    boolean pagesLists() {
        return isFour();
    }

    /** Whether tags have an {@code importMode}, which the server fills in (OpenShift 4.12). */
    boolean hasImportModes() {
        return isFour() && minor >= 12;
    }

    /** Whether a tag that is imported on a schedule may name a digest. */
    boolean schedulesDigests() {
        return isFour();
    }

    /** Whether a failure with the same reason and another message replaces the recorded one. */
    boolean refreshesConditions() {
        return isFour();
    }

    /** The host and port of the cluster's own registry, as streams name it. */
    String integratedRegistry() {
        return isFour() ? "image-registry.openshift-image-registry.svc:5000" : "172.30.1.1:5000";
    }

    /** How the importer of this version goes about its work (login: origin#18012; lists: origin#16322; OCI: 4.7). */
    ImporterRules importerRules() {
        return new ImporterRules(since3(9), since3(7), isFour() && minor >= 7, isFour());
    }

    /** The failure of an object of the image API that cannot be accepted. */
    ApiException invalid(String kind, String name, List<FieldError> errors) {
        return ApiException.invalid(isFour() ? ApiException.IMAGE_GROUP : "", kind, name, errors);
    }

    /**
     * What the server that answers adds to the headers: on OpenShift 4 the main API server answers itself, or hands on to
     * the OpenShift API server behind it, which lets nothing be stored.
     */
    Map<String, String> headers(String path, ApiResponse response) {
        if (!isFour()) {
            return Map.of("Cache-Control", "no-store");
        }
        boolean refused = response.status() == 401 || response.status() == 403;
        if (path.startsWith("/apis/" + ApiException.IMAGE_GROUP + "/") && !refused) {
            return Map.of("Cache-Control", "no-store");
        }
        boolean text = response.headers().getOrDefault("Content-Type", "").startsWith("text/");
        return text
                ? Map.of("Cache-Control", "no-cache, private", "X-Content-Type-Options", "nosniff")
                : Map.of("Cache-Control", "no-cache, private");
    }
}
