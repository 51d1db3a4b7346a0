package io.github.cdkmaven.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Every release")
class ReleaseTest {

    @TempDir
    Path folder;

    private final AnyImageRegistry registry = new AnyImageRegistry();
    private SimulatedCdk cdk;

    @AfterEach
    void endTheWorld() {
        cdk.close();
        registry.close();
        assertThat(cdk.livingProcesses()).isEmpty();
    }

    static Stream<String> releases() {
        return SimulatedCdk.versions().stream();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void knowsItsVersionAndThatThereIsNoMachine(String release) {
        cdk = SimulatedCdk.in(folder).version(release).create();
        List<String> version = cdk.run(Map.of(), "version").stdout().lines().toList();
        assertThat(version).hasSize(release.startsWith("cdk") ? 2 : 1);
        assertThat(version.get(0)).matches("minishift v1\\.\\d+\\.\\d+\\+\\w+");
        assertThat(cdk.status()).isEqualTo("Does Not Exist\n");
        assertThat(cdk.run(Map.of(), "delete", "--force").exit()).isZero();
    }

    @ParameterizedTest(name = "{0}: {1} lines of status, console at {2}")
    @CsvSource({"cdk-3.3, 4, 8443", "cdk-3.6, 6, 8443", "cdk-3.7, 6, 8443/console", "minishift-1.17.0, 4, 8443"})
    void startsAgainstARegistry(String release, int lines, String console) {
        cdk = SimulatedCdk.in(folder).version(release).create();
        String openshift = cdk.openshift();
        boolean template = !openshift.startsWith("v3.7") && !openshift.startsWith("v3.9");
        String prefix = "registry.access.redhat.com/openshift3/ose";
        SeededCache.write(cdk.home(), prefix + (template ? "-control-plane" : "") + ":" + openshift);
        String image = registry.host() + "/openshift3/ose" + (template ? "-${component}:" + openshift : "");
        String[] start = SimulatedMachines.start(
                registry, "--extra-clusterup-flags", "--image=" + (template ? "'" + image + "'" : image));

        SimulatedCdk.Output output = cdk.run(Map.of("MINISHIFT_ENABLE_EXPERIMENTAL", "y"), start);

        assertThat(output.exit()).as("%s", output).isZero();
        assertThat(output.stdout()).contains("OpenShift server started.");
        assertThat(cdk.status().lines()).hasSize(lines);
        assertThat(cdk.run(Map.of(), "console", "--url").stdout()).endsWith(console + "\n");
        assertThat(cdk.run(Map.of(), "ssh", "--", "docker ps --format '{{.Image}}'")
                        .stdout()
                        .lines())
                .allMatch(one -> one.startsWith(registry.host()));
    }

    @Test
    @DisplayName("of the CDK wants setup-cdk first")
    void wantsSetupFirst() {
        cdk = SimulatedCdk.in(folder).version("cdk-3.10").installed(false).create();
        SimulatedCdk.Output status = cdk.run(Map.of(), "status");
        assertThat(status.exit()).isOne();
        assertThat(status.stderr()).startsWith("You need to run 'minishift setup-cdk' first");
        assertThat(cdk.run(Map.of(), "setup-cdk").stdout()).endsWith("CDK 3 setup complete.\n");
        assertThat(cdk.status()).isEqualTo("Does Not Exist\n");
        assertThat(cdk.run(Map.of(), "config", "view").stdout()).contains("- vm-driver", ": kvm");
        assertThat(cdk.run(Map.of(), "setup-cdk").stdout()).endsWith("[y/N]?: ");
    }
}
