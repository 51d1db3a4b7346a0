package io.github.cdkmaven.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A simulated CDK, run as real processes")
class SimulatedCdkTest {

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

    private SimulatedCdk.Output launch(Path program, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().remove("KUBECONFIG");
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends by itself").isTrue();
        return new SimulatedCdk.Output(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("3.10: starts against a registry, outlives the command, restarts, and is gone after delete")
    void cdk310FromStartToDelete() throws Exception {
        cdk = SimulatedCdk.in(folder).version("cdk-3.10").create();
        SeededCache.write(cdk.home(), "registry.access.redhat.com/openshift3/ose-control-plane:v3.11.141");
        Path kubeconfig = folder.resolve("ours/kubeconfig");
        Map<String, String> environment = Map.of(
                "KUBECONFIG",
                kubeconfig.toString(),
                "MINISHIFT_SAVE_START_FLAGS",
                "false",
                "MINISHIFT_IMAGE",
                "'" + registry.host() + "/openshift3/ose-${component}:v3.11.141'",
                "MINISHIFT_SKIP_STARTUP_CHECKS",
                "true");
        SimulatedCdk.Output start = launch(cdk.minishift(), environment, SimulatedMachines.start(registry));
        assertThat(start.exit()).as("%s", start).isZero();
        assertThat(start.stdout())
                .contains("Importing 'registry.access.redhat.com/openshift3/ose-control-plane:v3.11.141' . OK")
                .contains("OpenShift server started.", "-- Applying addon 'admin-user':..");
        assertThat(registry.asked())
                .contains(
                        "/v2/openshift3/ose-hypershift/manifests/v3.11.141",
                        "/v2/openshift/origin-service-serving-cert-signer/manifests/v3.11");
        assertThat(cdk.status()).contains("OpenShift:  Running (openshift v3.11.141)", "RHSM: \t    Not Registered");
        assertThat(cdk.livingProcesses())
                .as("the cluster and the export of images")
                .hasSize(2);
        assertThat(cdk.accountHome().resolve(".kube"))
                .as("the account's own kubeconfig")
                .doesNotExist();
        assertThat(kubeconfig).content().contains("current-context: minishift");

        Path systemAdmin = cdk.home().resolve("machines/minishift_kubeconfig");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(systemAdmin)))
                .isEqualTo("rw-r--r--");
        SimulatedCdk.Output whoami = launch(cdk.oc(), Map.of(), "--config=" + systemAdmin, "whoami");
        assertThat(whoami.stdout()).as("%s", whoami).isEqualTo("system:admin\n");

        assertThat(launch(cdk.minishift(), environment, "stop", "--skip-unregistration")
                        .stdout())
                .contains("Cluster stopped.");
        assertThat(cdk.status()).contains("Minishift:  Stopped", "OpenShift:  Stopped");
        SimulatedCdk.Output again = launch(cdk.minishift(), environment, "start", "--skip-registration");
        assertThat(again.exit()).as("%s", again).isZero();
        assertThat(again.stdout()).doesNotContain("Importing", "addon").contains("OpenShift server started.");

        assertThat(launch(cdk.minishift(), environment, "delete", "--force").stdout())
                .contains("Minishift VM deleted.");
        assertThat(cdk.status()).isEqualTo("Does Not Exist\n");
        Invocation first = cdk.journal().invocations().get(0);
        assertThat(first.commandLine()).startsWith("minishift start --skip-registration");
        assertThat(first.environment()).containsEntry("KUBECONFIG", kubeconfig.toString());
        assertThat(first.hadClosedStdin()).isTrue();
        assertThat(cdk.journal().outside())
                .as("nothing but the streams' own imports")
                .allMatch(contact -> contact.by().equals("controller"));
    }

    @Test
    @DisplayName("3.4: takes all its images from the cache, and refuses extra flags")
    void cdk34FromTheCache() {
        cdk = SimulatedCdk.in(folder).version("cdk-3.4").create();
        String prefix = "registry.access.redhat.com/openshift3/ose";
        String[] images =
                List.of("", "-pod", "-deployer", "-docker-registry", "-haproxy-router", "-web-console").stream()
                        .map(component -> prefix + component + ":v3.9.14")
                        .toArray(String[]::new);
        SeededCache.write(cdk.home(), images);
        List<String> add = new ArrayList<>(List.of("image", "cache-config", "add"));
        add.addAll(List.of(images));
        cdk.run(Map.of(), add.toArray(String[]::new));
        Map<String, String> experimental = Map.of("MINISHIFT_ENABLE_EXPERIMENTAL", "y");
        SimulatedCdk.Output refused = cdk.run(
                experimental,
                SimulatedMachines.start(registry, "--extra-clusterup-flags", "--image=HOST/openshift3/ose"));
        assertThat(refused.exit()).isOne();
        assertThat(refused.stderr()).isEqualTo("Provided oc flag not supported\n");

        SimulatedCdk.Output start = cdk.run(experimental, SimulatedMachines.start(registry));
        assertThat(start.exit()).as("%s", start).isZero();
        assertThat(start.stdout()).doesNotContain("Copying oc binary").contains("OpenShift server started.");
        assertThat(registry.asked()).as("nothing had to be pulled").isEmpty();
        assertThat(cdk.status().lines()).as("no cache usage before 1.18").hasSize(4);
    }

    @Test
    @DisplayName("3.5: writes the account's kubeconfig, and fails with a KUBECONFIG of ours")
    void cdk35AndKubeconfig() {
        String before = "apiVersion: v1\nkind: Config\ncurrent-context: work\n";
        cdk = SimulatedCdk.in(folder)
                .version("cdk-3.5")
                .accountKubeconfig(before)
                .create();
        SeededCache.write(cdk.home(), "registry.access.redhat.com/openshift3/ose:v3.9.31");
        String[] start = SimulatedMachines.start(
                registry, "--extra-clusterup-flags", "--image='" + registry.host() + "/openshift3/ose'");
        Map<String, String> ours = Map.of(
                "MINISHIFT_ENABLE_EXPERIMENTAL",
                "y",
                "KUBECONFIG",
                folder.resolve("ours").toString());
        SimulatedCdk.Output failed = cdk.run(ours, start);
        assertThat(failed.exit()).isOne();
        assertThat(failed.stderr())
                .contains("certificate signed by unknown authority")
                .endsWith("Error during post cluster up configuration: Unable to login to cluster\n");
        assertThat(cdk.status()).as("the cluster is left running").contains("OpenShift:  Running");
        assertThat(cdk.accountHome().resolve(".kube/config")).content().contains("system:admin");
        SimulatedCdk.Output next = cdk.run(ours, start);
        assertThat(next.exit()).isZero();
        assertThat(next.stdout()).endsWith("The 'minishift' VM is already running.\n");

        cdk.run(Map.of(), "delete", "--force");
        SimulatedCdk.Output success = cdk.run(Map.of("MINISHIFT_ENABLE_EXPERIMENTAL", "y"), start);
        assertThat(success.exit()).as("%s", success).isZero();
        assertThat(cdk.accountHome().resolve(".kube/config")).content().contains("current-context: minishift");
    }
}
