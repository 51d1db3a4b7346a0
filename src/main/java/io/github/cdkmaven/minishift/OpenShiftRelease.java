package io.github.cdkmaven.minishift;

import io.github.cdkmaven.engine.Version;
import java.util.List;
import java.util.Optional;

/** Which OpenShift a product starts when it is not told, and how that OpenShift names its images. */
public final class OpenShiftRelease {

    /** From this release on, cluster up takes a template with {@code ${component}} instead of a prefix (origin 3.10). */
    private static final Version TEMPLATES = Version.of("3.10");

    /** From this release on, the importer trusts what {@code imagePolicyConfig.additionalTrustedCA} names (origin 3.11). */
    private static final Version ADDITIONAL_AUTHORITIES = Version.of("3.11");

    private record Row(Version since, String openshift) {}

    /** CDK releases whose OpenShift is known from their logs or documentation; the ones between are near enough to ask the cache. */
    private static final List<Row> CDK = List.of(
            new Row(Version.of("3.3"), "v3.7.14"),
            new Row(Version.of("3.4"), "v3.9.14"),
            new Row(Version.of("3.5"), "v3.9.31"),
            new Row(Version.of("3.6"), "v3.10.45"),
            new Row(Version.of("3.7"), "v3.11.43"),
            new Row(Version.of("3.8"), "v3.11.59"),
            new Row(Version.of("3.9"), "v3.11.104"),
            new Row(Version.of("3.10"), "v3.11.141"),
            new Row(Version.of("3.11"), "v3.11.157"),
            new Row(Version.of("3.15"), "v3.11.346"));

    /** Defaults of upstream minishift (its {@code pkg/version} by tag). */
    private static final List<Row> UPSTREAM = List.of(
            new Row(Version.of("1.11"), "v3.6.1"),
            new Row(Version.of("1.13"), "v3.7.1"),
            new Row(Version.of("1.15"), "v3.7.2"),
            new Row(Version.of("1.16"), "v3.9.0"),
            new Row(Version.of("1.23"), "v3.10.0"),
            new Row(Version.of("1.26"), "v3.11.0"));

    private OpenShiftRelease() {}

    /** The OpenShift that a product starts by itself, as an image tag. */
    public static String defaultOf(MinishiftVersion product) {
        List<Row> table = product.isCdk() ? CDK : UPSTREAM;
        Version version = product.cdk().orElse(product.minishift());
        return table.stream()
                .filter(row -> version.isAtLeast(row.since()))
                .reduce((older, newer) -> newer)
                .orElse(table.get(0))
                .openshift();
    }

    /**
     * The OpenShift that a product starts by itself, as an image tag.
     *
     * @param cached the versions whose {@code oc} is in the cache, oldest first: {@code setup-cdk} puts exactly the CDK's own there, which
     *     is better than a guess where the release is not certain
     */
    public static String defaultOf(MinishiftVersion product, List<String> cached) {
        String known = defaultOf(product);
        if (isCertain(product)) {
            return known;
        }
        return cached.stream()
                .filter(OpenShiftRelease::takesTemplate)
                .reduce((older, newer) -> newer)
                .orElse(known);
    }

    /** Whether the CDK release stands in the table itself, so that its OpenShift is certain. */
    static boolean isCertain(MinishiftVersion product) {
        return !product.isCdk()
                || product.cdk()
                        .filter(version -> CDK.stream()
                                .anyMatch(row -> version.isIn(
                                        row.since().major(), row.since().minor())))
                        .isPresent();
    }

    /** Whether this OpenShift's cluster up takes a template for its images; before, it takes a prefix. */
    public static boolean takesTemplate(String openshift) {
        return Version.parse(openshift)
                .filter(version -> version.isAtLeast(TEMPLATES))
                .isPresent();
    }

    /** Whether this OpenShift's importer can be told of an authority; before, it trusts those of its system alone. */
    public static boolean trustsAdditionalAuthorities(String openshift) {
        return Version.parse(openshift)
                .filter(version -> version.isAtLeast(ADDITIONAL_AUTHORITIES))
                .isPresent();
    }

    /** Whether this OpenShift lets only listed registries be imported from (origin 3.6 to 3.9; enforced for everybody in 3.9). */
    public static boolean hasWhitelist(String openshift) {
        return Optional.of(openshift)
                .flatMap(Version::parse)
                .filter(version -> !version.isAtLeast(TEMPLATES))
                .isPresent();
    }
}
