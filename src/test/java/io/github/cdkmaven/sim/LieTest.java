package io.github.cdkmaven.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A CDK that misleads")
class LieTest {

    private static final String OC_IMAGE = "registry.access.redhat.com/openshift3/ose-control-plane:v3.11.141";

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

    private void world(Lie... lies) {
        cdk = SimulatedCdk.in(folder).lie(lies).create();
        SeededCache.write(cdk.home(), OC_IMAGE);
    }

    private SimulatedCdk.Output start() {
        Map<String, String> environment =
                Map.of("MINISHIFT_IMAGE", "'" + registry.host() + "/openshift3/ose-${component}:v3.11.141'");
        return cdk.run(environment, SimulatedMachines.start(registry));
    }

    @Test
    void saysItStoppedButDidNot() {
        cdk = SimulatedCdk.in(folder).running(true).lie(Lie.STOP_EXITS_0_VM_UP).create();
        SimulatedCdk.Output stop = cdk.run(Map.of(), "stop", "--skip-unregistration");
        assertThat(stop.exit()).isZero();
        assertThat(stop.stdout()).endsWith("Cluster stopped.\n");
        assertThat(cdk.status()).contains("Minishift:  Running", "OpenShift:  Running");
    }

    @Test
    void abortsAStopThatNobodyConfirms() {
        cdk = SimulatedCdk.in(folder)
                .running(true)
                .lie(Lie.UNREGISTRATION_FAILS)
                .create();
        SimulatedCdk.Output stop = cdk.run(Map.of(), "stop");
        assertThat(stop.exit()).isZero();
        assertThat(stop.stdout()).endsWith("Aborted.\n");
        assertThat(cdk.status()).contains("Minishift:  Running");
        assertThat(cdk.run(Map.of(), "stop", "--skip-unregistration").stdout()).endsWith("Cluster stopped.\n");
    }

    @Test
    void wasStartedBySomebodyElseInBetween() {
        world(Lie.START_SAYS_ALREADY_RUNNING);
        SimulatedCdk.Output start = start();
        assertThat(start.exit()).isZero();
        assertThat(start.stdout()).endsWith("The 'minishift' VM is already running.\n");
        assertThat(registry.asked()).as("our registry was not used").isEmpty();
        assertThat(cdk.run(Map.of(), "ssh", "--", "cat /etc/systemd/system/docker.service.d/10-machine.conf")
                        .stdout())
                .doesNotContain(registry.host());
    }

    @Test
    void failsAfterTheVmIsUpAndThenSaysItRuns() {
        world(Lie.START_FAILS_AFTER_VM_UP);
        assertThat(start().exit()).isOne();
        assertThat(cdk.status()).contains("Minishift:  Running", "OpenShift:  Stopped");
        SimulatedCdk.Output again = start();
        assertThat(again.exit()).isZero();
        assertThat(again.stdout()).contains("already running");
    }

    @Test
    void hasAFullDiskOrTimesOut() {
        world(Lie.DISK_FULL);
        SimulatedCdk.Output full = start();
        assertThat(full.exit()).isOne();
        assertThat(full.stdout()).endsWith("-- Checking available disk space ... 96% used FAIL\n");

        world(Lie.CLUSTER_UP_TIMEOUT);
        cdk.dropMachine();
        SimulatedCdk.Output late = start();
        assertThat(late.exit()).isOne();
        assertThat(late.stderr()).contains("Error: timed out waiting for the condition");
    }

    @Test
    void answersWithASentenceOrNotAtAll() {
        cdk = SimulatedCdk.in(folder)
                .lie(Lie.IP_PRINTS_SENTENCE, Lie.STATUS_FAILS)
                .create();
        assertThat(cdk.run(Map.of(), "ip").exit()).isZero();
        assertThat(cdk.run(Map.of(), "ip").stdout()).contains("no VM is running");
        assertThat(cdk.run(Map.of(), "status").stderr()).startsWith("Error getting cluster status: ");
    }

    @Test
    void makesNobodyAnAdministratorAndIsNotReadyWhenItSaysSo() {
        world(Lie.ADMIN_NOT_ADMIN, Lie.API_SLOW_TO_COME);
        assertThat(start().exit()).isZero();
        String address = cdk.run(Map.of(), "ip").stdout().trim();
        Map<String, String> ours = Map.of("KUBECONFIG", folder.resolve("ours").toString());
        String[] login = {
            "login", "https://" + address + ":8443", "-u", "admin", "-p", "x", "--insecure-skip-tls-verify"
        };
        assertThat(cdk.runOc(ours, "", login).exit())
                .as("the API is not up yet")
                .isOne();
        int attempts = 0;
        while (cdk.runOc(ours, "", login).exit() != 0 && attempts < 20) {
            attempts++;
        }
        String[] question = {"auth", "can-i", "create", "imagestreamimports.image.openshift.io", "-n", "openshift"};
        assertThat(cdk.runOc(ours, "", question).stdout()).startsWith("no");
    }

    @Test
    void fromNowOnPassesAListAsOneElement() throws IOException {
        world();
        cdk.run(Map.of(), SimulatedMachines.start(registry, "--openshift-version", "v3.11.999"));
        assertThat(Files.readString(cdk.home().resolve("config/config.json")))
                .contains("\"add-registry=" + registry.host() + " block-registry=registry.access.redhat.com\"");
        SimulatedCdk.Output next =
                cdk.run(Map.of(), "start", "--skip-registration", "--openshift-version", "v3.11.141");
        assertThat(next.exit()).isOne();
        assertThat(next.stderr()).contains("Unable to verify the Docker daemon is listening");
    }

    @ParameterizedTest
    @EnumSource(names = {"START_HANGS", "START_PRINTS_FOREVER", "START_ASKS_PASSWORD"})
    void doesNotEndByItself(Lie lie) throws IOException {
        world(lie);
        Process process = new ProcessBuilder(cdk.minishift().toString(), "start", "--skip-startup-checks")
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader();
        String expected = lie == Lie.START_ASKS_PASSWORD ? "password: " : "-- Starting Minishift VM ...";
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(expected) < 0) {
            int next = output.read();
            assertThat(next).as("still running, so far: %s", seen).isNotNegative();
            seen.append((char) next);
        }
        assertThat(process.isAlive()).isTrue();
        assertThat(cdk.livingProcesses()).contains(process.pid());
    }

    @Test
    void diesWithoutAWord() throws IOException, InterruptedException {
        world(Lie.START_DIES);
        Process process = new ProcessBuilder(cdk.minishift().toString(), "start").start();
        assertThat(process.inputReader().lines()).isEmpty();
        assertThat(process.waitFor()).isEqualTo(137);
    }
}
