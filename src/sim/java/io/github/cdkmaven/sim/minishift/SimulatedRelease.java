package io.github.cdkmaven.sim.minishift;

import java.util.List;

/**
 * One release that can be simulated: a CDK, or minishift itself.
 *
 * @param name what a test asks for, for example {@code cdk-3.5}
 * @param minishift the release and its build, as {@code version} prints it
 * @param cdk the CDK's release, empty for minishift itself
 * @param openshift what is started when nothing else is asked for
 * @param generation how it behaves
 */
record SimulatedRelease(String name, String minishift, String cdk, String openshift, SimulatedGeneration generation) {

    private static final List<SimulatedRelease> ALL = List.of(
            cdk("3.3", "1.11.0+d7f374a", "3.3.0-1", "v3.7.14", SimulatedGeneration.M1_11),
            cdk("3.4", "1.15.1+f19ac09", "3.4.0-2", "v3.9.14", SimulatedGeneration.M1_15),
            cdk("3.5", "1.20.0+1bd6d5c", "3.5.0-1", "v3.9.31", SimulatedGeneration.M1_20),
            cdk("3.6", "1.25.0+90fb23e", "3.6.0-1", "v3.10.45", SimulatedGeneration.M1_25),
            cdk("3.7", "1.27.0+5981f996", "3.7.0-2", "v3.11.43", SimulatedGeneration.M1_27),
            cdk("3.8", "1.31.0+d06603e", "3.8.0-2", "v3.11.59", SimulatedGeneration.M1_27),
            cdk("3.10", "1.34.1+21103616", "3.10.0-1", "v3.11.141", SimulatedGeneration.M1_34),
            cdk("3.15", "1.34.3+4b58f89", "3.15.0-1", "v3.11.346", SimulatedGeneration.M1_34),
            upstream("1.11.0+7a9d2a3", "v3.6.1", SimulatedGeneration.M1_11),
            upstream("1.15.1+a5c47dd2", "v3.7.2", SimulatedGeneration.M1_15),
            upstream("1.17.0+f7f9a0c", "v3.9.0", SimulatedGeneration.M1_17),
            upstream("1.20.0+53c500a", "v3.9.0", SimulatedGeneration.M1_20),
            upstream("1.25.0+90fb23e", "v3.10.0", SimulatedGeneration.M1_25),
            upstream("1.27.0+707887e", "v3.11.0", SimulatedGeneration.M1_27),
            upstream("1.33.0+ba29431", "v3.11.0", SimulatedGeneration.M1_27),
            upstream("1.34.3+4b58f895", "v3.11.0", SimulatedGeneration.M1_34));

    private static SimulatedRelease cdk(
            String release, String minishift, String cdk, String openshift, SimulatedGeneration generation) {
        return new SimulatedRelease("cdk-" + release, minishift, cdk, openshift, generation);
    }

    private static SimulatedRelease upstream(String minishift, String openshift, SimulatedGeneration generation) {
        String release = minishift.substring(0, minishift.indexOf('+'));
        return new SimulatedRelease("minishift-" + release, minishift, "", openshift, generation);
    }

    static SimulatedRelease named(String name) {
        return ALL.stream()
                .filter(version -> version.name.equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no simulated version '" + name + "', only " + names()));
    }

    static List<String> names() {
        return ALL.stream().map(SimulatedRelease::name).toList();
    }

    boolean isCdk() {
        return !cdk.isEmpty();
    }

    /** The prefix of every platform image, compiled into {@code oc} and minishift. */
    String imagePrefix() {
        return isCdk() ? "registry.access.redhat.com/openshift3/ose" : "openshift/origin";
    }

    /** Out of this image the VM's {@code oc} is copied; no flag changes it. */
    String ocImage(OpenshiftVersion openshift) {
        return imagePrefix() + (openshift.usesTemplate() ? "-control-plane" : "") + ":" + openshift.text();
    }

    /** The three images that the cache holds unless more are configured. */
    List<String> coreImages(OpenshiftVersion openshift) {
        return List.of(
                ocImage(openshift),
                imagePrefix() + "-docker-registry:" + openshift.text(),
                imagePrefix() + "-haproxy-router:" + openshift.text());
    }

    /** Asked before every start whether it can be reached. */
    String releaseHost() {
        return isCdk() && generation.looksAtRedHatsMirror() ? "mirror.openshift.com" : "github.com";
    }

    List<String> defaultAddons() {
        return isCdk() ? List.of("admin-user", "anyuid", "xpaas") : List.of();
    }

    /** Every add-on that this release brings. */
    List<String> addons() {
        return generation.bringsMoreAddons()
                ? List.of(
                        "admin-user",
                        "admissions-webhook",
                        "anyuid",
                        "che",
                        "htpasswd-identity-provider",
                        "redhat-registry-login",
                        "registry-route",
                        "xpaas")
                : List.of("admin-user", "anyuid", "registry-route", "xpaas");
    }
}
