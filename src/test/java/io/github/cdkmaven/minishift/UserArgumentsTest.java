package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.engine.Proxies;
import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The user's own arguments of a start")
class UserArgumentsTest {

    private static final Registry REGISTRY = Registry.to("registry.corp.example:5000");

    @Test
    @DisplayName("join their flags for cluster up with ours, which they would replace")
    void joined() {
        assertThat(plan(
                        "1.20.0",
                        "3.5.0-1",
                        "--extra-clusterup-flags",
                        "--loglevel=5  --enable=-router",
                        "--cpus",
                        "4"))
                .containsSequence(
                        "--extra-clusterup-flags",
                        "--image=registry.corp.example:5000/openshift3/ose --loglevel=5 --enable=-router")
                .endsWith("--cpus", "4")
                .containsOnlyOnce("--extra-clusterup-flags");
    }

    @Test
    @DisplayName("get their flags for cluster up through where ours go another way, with the switch that they need")
    void besideTheHiddenFlag() {
        StartPlan plan = plan(product("1.34.3", "3.15.0-1"), settings("--extra-clusterup-flags=--tag=v3.11"));

        assertThat(plan.arguments())
                .containsSequence("--extra-clusterup-flags", "--tag=v3.11")
                .contains("--image");
        assertThat(plan.environment()).containsEntry("MINISHIFT_ENABLE_EXPERIMENTAL", "true");
    }

    @Test
    @DisplayName("are refused on CDK 3.4 where they hold flags for cluster up, by the name of minishift's issue")
    void refusedOn34() {
        Problem problem = refused("1.15.1", "3.4.0-2", "--extra-clusterup-flags", "--loglevel=5");

        assertThat(problem.what()).contains("CDK 3.4.0-2").contains("minishift#2318");
        assertThat(problem.evidence()).containsExactly("not passed on: --loglevel=5");
        assertThat(problem.fix()).contains("<startArguments>");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "--image=other/ose, <registry>",
        "--openshift-version=latest, <openshiftVersion>",
        "--ocp-tag=latest, <openshiftVersion>",
        "--password=secret, <registrationServerId>",
        "--http-proxy=http://u:secret@proxy, <httpProxy>",
        "--extra-clusterup-flags=--image=other/ose, <registry>",
        "--extra-clusterup-flags=--loglevel=5 --http-proxy=http://u:secret@proxy, <httpProxy>",
        "--extra-clusterup-flags=--https-proxy=http://proxy:3128, <httpsProxy>",
        "--docker-env=HTTP_PROXY=http://u:secret@proxy:3128, <useSettingsProxy>",
        "HTTPS_PROXY=u:secret@proxy:3128, <useSettingsProxy>",
        "--openshift-env=http_proxy=http://u:sec@secret@proxy, <useSettingsProxy>",
        "--iso-url=https://secret@files.corp.example/x.iso, <useSettingsProxy>"
    })
    @DisplayName("are refused where the plugin plans by them, without repeating a value")
    void refusedWhatThePluginSets(String argument, String fix) {
        Problem problem = refused("1.34.3", "3.15.0-1", argument);

        assertThat(problem.what()).contains("'startArguments'").doesNotContain("secret");
        assertThat(problem.fix()).contains(fix);
    }

    @Test
    @DisplayName("are logged without the values of variables")
    void logged() {
        StartPlan plan = plan(
                product("1.34.3", "3.15.0-1"),
                settings("--docker-env", "TOKEN=secret", "--addon-env=KEY=secret", "-a", "OTHER=secret"));

        assertThat(plan.toString())
                .contains("--docker-env TOKEN=…", "--addon-env=KEY=…", "-a OTHER=…")
                .doesNotContain("secret");
        assertThat(plan.arguments()).contains("TOKEN=secret");
    }

    @Test
    @DisplayName("every registry that images come from is searched, insecure where the company's is, and never blocked")
    void allRegistries() {
        Relocation several = new Relocation(List.of(
                Mapping.parse("registry.access.redhat.com=registry.corp.example:5000"),
                Mapping.parse("quay.io=quay.corp.example/mirror")));
        StartSettings settings = StartSettings.of(Registries.of(REGISTRY.withInsecure(true), several))
                .blocking(List.of("docker.io", "quay.corp.example"));

        assertThat(plan(product("1.15.1", "3.4.0-2"), settings).arguments())
                .containsExactly(
                        "start",
                        "--insecure-registry",
                        "registry.corp.example:5000",
                        "--insecure-registry",
                        "quay.corp.example",
                        "--docker-opt",
                        "add-registry=registry.corp.example:5000",
                        "--docker-opt",
                        "add-registry=quay.corp.example",
                        "--docker-opt",
                        "block-registry=docker.io",
                        "--skip-registration");
    }

    @Test
    @DisplayName("the OpenShift of a CDK that is not in the table is what its set-up put into the cache")
    void cachedOpenShift() {
        assertThat(OpenShiftRelease.defaultOf(product("1.34.2", "3.13.0-1"), List.of("v3.9.31", "v3.11.200")))
                .isEqualTo("v3.11.200");
        assertThat(OpenShiftRelease.defaultOf(product("1.34.2", "3.13.0-1"), List.of()))
                .isEqualTo("v3.11.157");
        assertThat(OpenShiftRelease.defaultOf(product("1.34.1", "3.10.0-1"), List.of("v3.11.200")))
                .isEqualTo("v3.11.141");
    }

    @Test
    @DisplayName("proxies of the build's environment get the registry among what is reached without them")
    void proxiesOfTheEnvironment() {
        Map<String, String> environment = Proxies.NONE.toEnvironment(
                Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", ".corp.example"),
                List.of("registry.corp.example:5000"));

        assertThat(environment)
                .containsOnlyKeys("no_proxy", "NO_PROXY", "MINISHIFT_NO_PROXY")
                .containsEntry(
                        "no_proxy",
                        ".corp.example,registry.corp.example,localhost,127.0.0.1,172.30.0.0/16,.svc,.cluster.local");
        assertThat(Proxies.NONE.toEnvironment(Map.of("NO_PROXY", "x"), List.of("registry.corp.example:5000")))
                .isEmpty();
        assertThat(new Proxies(Optional.of("http://u:p@proxy"), Optional.empty(), List.of()))
                .hasToString("proxies");
    }

    @Test
    @DisplayName(
            "passwords of the environment are those of proxies and of minishift's own variables, as they stand and decoded")
    void passwordsOfTheEnvironment() {
        assertThat(Proxies.passwords(Map.of(
                        "https_proxy", "http://build:p%40ss@proxy:3128",
                        "HTTP_PROXY", "http://build:un@enc/oded @proxy:3128",
                        "all_proxy", "build:alone@proxy:3128",
                        "MINISHIFT_PASSWORD", "red-hat",
                        "MINISHIFT_DOCKER_ENV", "A=b,HTTP_PROXY=http://u:in-vm@proxy",
                        "NO_PROXY", "a:b@c",
                        "EDITOR", "vi",
                        "URL", "https://registry.corp.example:5000/a@b")))
                .containsOnly("p%40ss", "p@ss", "un@enc/oded ", "alone", "red-hat", "in-vm");
    }

    private static Problem refused(String minishift, String cdk, String... arguments) {
        return catchThrowableOfType(ProblemException.class, () -> plan(minishift, cdk, arguments))
                .problem();
    }

    private static List<String> plan(String minishift, String cdk, String... arguments) {
        return plan(product(minishift, cdk), settings(arguments)).arguments();
    }

    private static StartPlan plan(MinishiftVersion product, StartSettings settings) {
        return StartPlan.of(product, settings, settings.openshift(product, List.of()));
    }

    private static MinishiftVersion product(String minishift, String cdk) {
        return MinishiftVersion.parse("minishift v" + minishift + "\nCDK v" + cdk + "\n");
    }

    private static StartSettings settings(String... arguments) {
        return StartSettings.of(Registries.of(REGISTRY)).with(List.of(arguments));
    }
}
