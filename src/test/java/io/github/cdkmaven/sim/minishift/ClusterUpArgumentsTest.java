package io.github.cdkmaven.sim.minishift;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What cluster up gets as its image")
class ClusterUpArgumentsTest {

    @TempDir
    Path folder;

    private ClusterUpArguments arguments(String release, Map<String, String> environment, String extra) {
        SimulatedRelease version = SimulatedRelease.named(release);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Call call = new Call(World.at(folder), List.of(), environment, InputStream.nullInputStream(), nowhere, nowhere);
        Home home = new Home(folder, Home.DEFAULT_PROFILE, version.generation());
        Settings settings = new Settings(new ParsedFlags(Map.of(), List.of()), call, home);
        OpenshiftVersion openshift = OpenshiftVersion.of(version.openshift());
        return ClusterUpArguments.of(version, openshift, settings, "127.1.2.3", extra);
    }

    @Test
    void withoutFlagsIsTheCompiledInOne() {
        assertThat(arguments("minishift-1.34.3", Map.of(), "").option("image"))
                .isEqualTo("openshift/origin-${component}:v3.11.0");
        assertThat(arguments("cdk-3.5", Map.of(), "").controlPlane().all())
                .containsEntry("origin", "registry.access.redhat.com/openshift3/ose:v3.9.31")
                .containsEntry("web-console", "registry.access.redhat.com/openshift3/ose-web-console:v3.9.31");
    }

    @Test
    void isEatenByTheShellWithoutSingleQuotes() {
        Map<String, String> bare = Map.of("MINISHIFT_IMAGE", "HOST/openshift3/ose-${component}:v3.11.0");
        assertThat(arguments("cdk-3.10", bare, "").option("image")).isEqualTo("HOST/openshift3/ose-:v3.11.0");
        Map<String, String> quoted = Map.of("MINISHIFT_IMAGE", "'HOST/openshift3/ose-${component}:v3.11.0'");
        assertThat(arguments("cdk-3.10", quoted, "").option("image"))
                .isEqualTo("HOST/openshift3/ose-${component}:v3.11.0");
    }

    @Test
    void isTheLastOneGiven() {
        ClusterUpArguments both = arguments(
                "cdk-3.10", Map.of(), "--image='HOST/openshift3/ose-${component}:${version}' --tag=v3.11.141");
        assertThat(both.controlPlane().all())
                .containsEntry("control-plane", "HOST/openshift3/ose-control-plane:v3.11.141")
                .containsEntry("service-serving-cert-signer", "openshift/origin-service-serving-cert-signer:v3.11");
    }

    @Test
    void keepsItsDollarsWhereNoShellReadsIt() {
        assertThat(arguments("minishift-1.17.0", Map.of(), "--image=HOST/ose-${component}")
                        .option("image"))
                .isEqualTo("HOST/ose-${component}");
    }

    @Test
    void losesTheHostOfDockerHubSince39() {
        assertThat(arguments("cdk-3.5", Map.of(), "--image=docker.io/corp/ose")
                        .controlPlane()
                        .all())
                .containsEntry("pod", "corp/ose-pod:v3.9.31");
        assertThat(arguments("cdk-3.3", Map.of(), "--image=docker.io/corp/ose")
                        .controlPlane()
                        .all())
                .containsEntry("pod", "docker.io/corp/ose-pod:v3.7.14");
    }
}
