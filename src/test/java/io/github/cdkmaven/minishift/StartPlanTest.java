package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The plan of a start")
class StartPlanTest {

    private static final String REGISTRY = "registry.corp.example:5000";

    /** What keeps every version from asking outside (properties skip-check-… and save-start-flags of minishift). */
    private static final Map<String, String> OFFLINE = Map.of(
            "MINISHIFT_SKIP_CHECK_OPENSHIFT_RELEASE", "true",
            "MINISHIFT_SKIP_CHECK_NETWORK_PING", "true",
            "MINISHIFT_SKIP_CHECK_NETWORK_HTTP", "true",
            "MINISHIFT_SAVE_START_FLAGS", "false");

    private static final Map<String, String> EXPERIMENTAL = Map.of("MINISHIFT_ENABLE_EXPERIMENTAL", "true");

    /** Since 1.17. */
    private static final Map<String, String> NO_STARTUP_CHECKS = Map.of("MINISHIFT_SKIP_STARTUP_CHECKS", "true");

    /** With the hidden flag, which an oc that minishift does not understand would have refused (run on 1.34.3 with oc 3.9). */
    private static final Map<String, String> NO_FLAG_CHECK = Map.of("MINISHIFT_SKIP_CHECK_CLUSTERUP_FLAGS", "true");

    /** Where images have to be there under compiled-in names; the property image-caching may have been switched off by the user. */
    private static final Map<String, String> CACHE = Map.of("MINISHIFT_IMAGE_CACHING", "true");

    static Stream<Arguments> table() {
        String ose = REGISTRY + "/openshift3/ose";
        String origin = REGISTRY + "/openshift/origin";
        return Stream.of(
                row(
                        "1.11.0+d7f374a",
                        "3.3.0-1",
                        "minishift 1.11 runs cluster up on the host by argv, so no quotes; OpenShift 3.7 takes a prefix",
                        extra("--image=" + ose),
                        EXPERIMENTAL),
                row(
                        "1.15.1+f19ac09",
                        "3.4.0-2",
                        "minishift#2318, run on 1.15.1: any extra flag ends the start, so there is none",
                        List.of(),
                        CACHE),
                row(
                        "1.20.0+1bd6d5c",
                        "3.5.0-1",
                        "run on 1.20.0: cluster up in the VM's shell; OpenShift 3.9 takes a prefix, with nothing for a shell in it",
                        extra("--image=" + ose),
                        EXPERIMENTAL,
                        NO_STARTUP_CHECKS,
                        CACHE),
                row(
                        "1.25.0+90fb23e",
                        "3.6.0-1",
                        "minishift#2789, the hidden flag; OpenShift 3.10 takes a template, which the VM's shell must not see",
                        image(ose + "-${component}:v3.10.45"),
                        NO_STARTUP_CHECKS,
                        CACHE,
                        NO_FLAG_CHECK),
                row(
                        "1.24.0+8a904d0",
                        "3.6.0-1",
                        "the same CDK, should it be built on 1.24 (its documents do not tell): before minishift#2789",
                        extra("--image='" + ose + "-${component}:v3.10.45'"),
                        EXPERIMENTAL,
                        NO_STARTUP_CHECKS,
                        CACHE),
                row(
                        "1.27.0+5981f996",
                        "3.7.0-2",
                        "minishift#3321 for the versions",
                        image(ose + "-${component}:v3.11.43"),
                        NO_STARTUP_CHECKS,
                        CACHE,
                        NO_FLAG_CHECK),
                row(
                        "1.31.0+d06603e",
                        "3.8.0-2",
                        "minishift#3294 and what users of CDK 3.8 pass as --openshift-version",
                        image(ose + "-${component}:v3.11.59"),
                        NO_STARTUP_CHECKS,
                        CACHE,
                        NO_FLAG_CHECK),
                row(
                        "1.34.1+21103616",
                        "3.10.0-1",
                        "minishift#3395 for the versions",
                        image(ose + "-${component}:v3.11.141"),
                        NO_STARTUP_CHECKS,
                        CACHE,
                        NO_FLAG_CHECK),
                row(
                        "1.34.3+4b58f895",
                        "3.15.0-1",
                        "what its setup-cdk prints; minishift inside is inferred",
                        image(ose + "-${component}:v3.11.346"),
                        NO_STARTUP_CHECKS,
                        CACHE,
                        NO_FLAG_CHECK),
                row("1.15.1+a5c47dd2", "", "minishift#2318, run on it", List.of(), CACHE),
                row(
                        "1.17.0+c974c46d",
                        "",
                        "its cmd/start.go: cluster up on the host; skip-startup-checks is new",
                        extra("--image=" + origin),
                        EXPERIMENTAL,
                        NO_STARTUP_CHECKS),
                row(
                        "1.20.0+53c500a",
                        "",
                        "run on it; its images are docker.io's",
                        extra("--image=" + origin),
                        EXPERIMENTAL,
                        NO_STARTUP_CHECKS,
                        CACHE),
                row(
                        "1.25.0+90fb23e",
                        "",
                        "minishift#2789; its pkg/version for OpenShift",
                        image(origin + "-${component}:v3.10.0"),
                        NO_STARTUP_CHECKS,
                        CACHE,
                        NO_FLAG_CHECK),
                row(
                        "1.34.3+4b58f895",
                        "",
                        "run on it",
                        image(origin + "-${component}:v3.11.0"),
                        NO_STARTUP_CHECKS,
                        CACHE,
                        NO_FLAG_CHECK));
    }

    @ParameterizedTest(name = "minishift {0}, CDK {1}: {2}")
    @DisplayName("is, to the letter, what this version takes")
    @MethodSource("table")
    void isWhatThisVersionTakes(
            String minishift, String cdk, String source, List<String> images, Map<String, String> environment) {
        StartPlan plan = plan(product(minishift, cdk), settings(true));

        List<String> expected = new ArrayList<>(List.of(
                "start",
                "--insecure-registry",
                REGISTRY,
                "--docker-opt",
                "add-registry=" + REGISTRY,
                "--docker-opt",
                "block-registry=registry.redhat.io",
                "--docker-opt",
                "block-registry=docker.io"));
        expected.addAll(images);
        expected.add("--skip-registration");
        assertThat(plan.arguments()).containsExactlyElementsOf(expected);
        assertThat(withoutProxies(plan.environment())).isEqualTo(environment);
    }

    @Test
    @DisplayName("leaves out what was not asked for")
    void leavesOutWhatWasNotAskedFor() {
        assertThat(plan(product("1.15.1", "3.4.0-1"), registering(settings(REGISTRY, false)))
                        .arguments())
                .containsExactly("start", "--docker-opt", "add-registry=" + REGISTRY);
    }

    @Test
    @DisplayName("puts the registry's prefix before the images, but not into what dockerd takes")
    void putsThePrefixBeforeTheImages() {
        StartSettings settings = registering(settings(REGISTRY + "/docker/mirror", true));

        assertThat(plan(product("1.34.3", "3.15.0-1"), settings).arguments())
                .containsExactly(
                        "start",
                        "--insecure-registry",
                        REGISTRY,
                        "--docker-opt",
                        "add-registry=" + REGISTRY,
                        "--image",
                        "'" + REGISTRY + "/docker/mirror/openshift3/ose-${component}:v3.11.346'");
    }

    @Test
    @DisplayName("takes the images from where the mappings send them")
    void followsTheMappings() {
        Relocation custom = new Relocation(List.of(
                Mapping.parse("registry.access.redhat.com=registry.corp.example:5001/rh"),
                Mapping.parse("docker.io/openshift=registry.corp.example:5002/okd")));

        assertThat(imageOf(plan(product("1.34.1", "3.10.0-1"), settings(REGISTRY, false, custom))))
                .isEqualTo("'registry.corp.example:5001/rh/openshift3/ose-${component}:v3.11.141'");
        assertThat(imageOf(plan(product("1.34.3", ""), settings(REGISTRY, false, custom))))
                .isEqualTo("'registry.corp.example:5002/okd/origin-${component}:v3.11.0'");
    }

    @Test
    @DisplayName("takes the images from the registry where no mapping is for them")
    void takesTheRegistryWithoutAMapping() {
        Relocation other = new Relocation(List.of(Mapping.parse("quay.io=registry.corp.example:5001")));

        assertThat(imageOf(plan(product("1.34.1", "3.10.0-1"), settings(REGISTRY, false, other))))
                .isEqualTo("'" + REGISTRY + "/openshift3/ose-${component}:v3.11.141'");
    }

    @Test
    @DisplayName("never blocks the company's own registry")
    void neverBlocksTheRegistry() {
        StartSettings settings = registering(settings(REGISTRY, false).blocking(List.of(REGISTRY, "quay.io")));

        assertThat(plan(product("1.15.1", ""), settings).arguments())
                .containsExactly(
                        "start", "--docker-opt", "add-registry=" + REGISTRY, "--docker-opt", "block-registry=quay.io");
    }

    @Test
    @DisplayName("repeats lists, keeps minishift's order, and ends with the user's own arguments")
    void endsWithTheUsersArguments() {
        Map<StartOption, List<String>> options = Map.of(
                StartOption.NAMESERVERS, List.of("10.0.0.1", "10.0.0.2"),
                StartOption.VM_DRIVER, List.of("virtualbox"),
                StartOption.MEMORY, List.of("8GB"),
                StartOption.CPUS, List.of("4"));
        StartSettings settings =
                settings(REGISTRY, false).with(options).with(List.of("--memory", "12GB", "--docker-env=A=b c"));

        assertThat(plan(product("1.15.1", "3.4.0-1"), settings).arguments())
                .containsExactly(
                        "start",
                        "--docker-opt",
                        "add-registry=" + REGISTRY,
                        "--skip-registration",
                        "--vm-driver",
                        "virtualbox",
                        "--cpus",
                        "4",
                        "--memory",
                        "8GB",
                        "--network-nameserver",
                        "10.0.0.1",
                        "--network-nameserver",
                        "10.0.0.2",
                        "--memory",
                        "12GB",
                        "--docker-env=A=b c");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("names the images by the OpenShift that the user chose, with or without a v")
    @MethodSource("chosen")
    void followsTheChosenOpenShift(String openshift, String image) {
        StartSettings settings =
                settings(REGISTRY, false).with(Map.of(StartOption.OPENSHIFT_VERSION, List.of(openshift)));
        StartPlan plan = plan(product("1.31.0", "3.8.0-2"), settings);

        assertThat(imageOf(plan)).isEqualTo(image);
        assertThat(plan.arguments()).containsSequence("--openshift-version", openshift);
    }

    static Stream<Arguments> chosen() {
        String ose = REGISTRY + "/openshift3/ose";
        return Stream.of(
                arguments("v3.11.104", "'" + ose + "-${component}:v3.11.104'"),
                arguments("3.11.104", "'" + ose + "-${component}:v3.11.104'"),
                arguments("v3.9.31", ose));
    }

    /** Those of the machine that runs the tests are none of theirs. */
    private static Map<String, String> withoutProxies(Map<String, String> environment) {
        Map<String, String> rest = new HashMap<>(environment);
        rest.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        return rest;
    }

    private static Arguments row(
            String minishift, String cdk, String source, List<String> images, Map<?, ?>... environments) {
        Map<Object, Object> environment = new HashMap<>(OFFLINE);
        Arrays.stream(environments).forEach(environment::putAll);
        return arguments(minishift, cdk, source, images, environment);
    }

    private static List<String> extra(String flags) {
        return List.of("--extra-clusterup-flags", flags);
    }

    private static List<String> image(String template) {
        return List.of("--image", "'" + template + "'");
    }

    private static String imageOf(StartPlan plan) {
        return plan.arguments().get(plan.arguments().indexOf("--image") + 1);
    }

    private static MinishiftVersion product(String minishift, String cdk) {
        return MinishiftVersion.parse("minishift v" + minishift + "\n" + (cdk.isEmpty() ? "" : "CDK v" + cdk + "\n"));
    }

    private static StartSettings settings(boolean insecure) {
        return settings(REGISTRY, insecure).blocking(List.of("registry.redhat.io", "docker.io"));
    }

    /** The same settings for a VM whose RHEL is registered. */
    private static StartSettings registering(StartSettings settings) {
        return new StartSettings(
                settings.registries(),
                settings.blockedRegistries(),
                settings.options(),
                settings.startArguments(),
                false,
                settings.proxies(),
                settings.login());
    }

    private static StartSettings settings(String registry, boolean insecure, Relocation... rules) {
        Registry own = new Registry(
                RegistryName.of("registry", registry),
                insecure,
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(30));
        return StartSettings.of(rules.length == 0 ? Registries.of(own) : Registries.of(own, rules[0]));
    }

    @ParameterizedTest
    @CsvSource({
        "1.11.0, 3.3.0-1, false",
        "1.15.1, 3.4.0-2, false",
        "1.20.0, 3.5.0-1, false",
        "1.24.0, 3.6.0-1, true",
        "1.27.0, 3.7.0-1, true",
        "1.34.1, 3.10.0-1, true"
    })
    @DisplayName(
            "gives the tag where static pods would pull from a registry that docker cannot pull from, and takes the images of the cache")
    void closedRegistry(String minishift, String cdk, boolean tagged) {
        MinishiftVersion product = product(minishift, cdk);
        Registry open = Registry.to(REGISTRY);

        for (Registry closed : List.of(
                open.withCredentials(new Credentials("jane", "s3cret")),
                open.withCa(Path.of("ca.pem")),
                open.withInsecure(true).withCredentials(new Credentials("jane", "s3cret")))) {
            StartPlan plan = plan(product, StartSettings.of(Registries.of(closed)));
            assertThat(String.join(" ", plan.arguments()).contains("--tag=" + OpenShiftRelease.defaultOf(product)))
                    .isEqualTo(tagged);
            assertThat(plan.environment()).containsEntry("MINISHIFT_IMAGE_CACHING", "true");
            assertThat(plan.environment().containsKey("MINISHIFT_ENABLE_EXPERIMENTAL"))
                    .isEqualTo(String.join(" ", plan.arguments()).contains("--extra-clusterup-flags"));
            assertThat(plan.arguments().contains("--insecure-registry")).isEqualTo(closed.insecure());
            assertThat(plan.toString() + plan.environment()).doesNotContain("s3cret");
        }
        for (Registry pulled : List.of(open, open.withInsecure(true).withCa(Path.of("ca.pem")))) {
            assertThat(plan(product, StartSettings.of(Registries.of(pulled))).arguments())
                    .noneMatch(argument -> argument.contains("--tag="));
        }
    }

    private static StartPlan plan(MinishiftVersion product, StartSettings settings) {
        return StartPlan.of(product, settings, settings.openshift(product, List.of()));
    }
}
