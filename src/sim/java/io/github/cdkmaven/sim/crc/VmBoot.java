package io.github.cdkmaven.sim.crc;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** A start from the moment on in which the hypervisor boots the VM: crc's steps, in its order (crc start.go). */
final class VmBoot {

    /** How long a bundle's certificates are good for from the day it was made. */
    private static final Duration CERTIFICATES = Duration.ofDays(30);

    /** Tries to find the pull secret on the disk, beyond the time that a roll-out takes; a real start makes 210, 2 s apart. */
    private static final int SECRET_TRIES = 500;

    private static final int POLLS = 20;
    private static final int STABLE = 3;

    private final CrcRun run;
    private final SimulatedVm vm;
    private final Optional<String> pullSecretFile;

    VmBoot(CrcRun run, Optional<String> pullSecretFile) {
        this.run = run;
        this.vm = run.vm();
        this.pullSecretFile = pullSecretFile;
    }

    void start(SimulatedBundle bundle) {
        linkOc(bundle);
        boot(bundle);
        if (vm.isMicroshift()) {
            run.info("Starting Microshift service... [takes around 1min]");
            run.info("Waiting for kube-apiserver availability... [takes around 2min]");
            run.info("Adding microshift context to kubeconfig...");
            return;
        }
        certificates(bundle);
        apiServer();
        pullSecret();
        passwords();
        run.info("Updating cluster ID...");
        run.info("Updating root CA cert to admin-kubeconfig-client-ca configmap...");
        vm.writeKubeconfig();
        run.info("Starting openshift instance... [waiting for the cluster to stabilize]");
        stability();
        if (run.release().waitsForSecretLast()) {
            secretOnDisk();
        }
        contexts();
        if (run.has(CrcFault.API_SERVER_DIES)) {
            vm.endCluster();
        }
    }

    /** {@code bin/oc/oc} is linked anew at every start. */
    private void linkOc(SimulatedBundle bundle) {
        Path link = run.folder().bin().resolve("oc/oc");
        try {
            Files.createDirectories(link.getParent());
            if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(link);
            }
            Files.createSymbolicLink(link, run.folder().extracted(bundle.name()).resolve("oc"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void boot(SimulatedBundle bundle) {
        run.info("Starting CRC VM for " + bundle.preset() + " " + bundle.version() + "...");
        if (run.has(CrcFault.VM_START_FAILS)) {
            throw new VerbFailure("Error starting machine: Error in driver during machine start: virError(Code=38,"
                    + " Domain=18, Message='Cannot access storage file') (simulated)");
        }
        run.pause(0.2);
        vm.running(true);
        run.info("CRC instance is running with IP " + vm.address());
        if (run.has(CrcFault.START_HANGS)) {
            CrcRun.hang();
        }
        if (run.has(CrcFault.START_DIES)) {
            throw VerbFailure.of(VerbFailure.Kind.KILLED, "killed");
        }
        if (run.has(CrcFault.SSH_UNREACHABLE)) {
            throw new VerbFailure(
                    "Failed to connect to the CRC VM with SSH -- virtual machine might be unreachable: Temporary error:"
                            + " ssh command error:\ncommand : exit 0\nerr     : ssh: handshake failed: EOF\n (x38)");
        }
        run.info("CRC VM is running");
        run.info("Updating authorized keys...");
        run.info("Check internal and public DNS query...");
        run.world().outside("quay.io", "query of the VM");
        run.warn("Failed public DNS query from the cluster: ssh command error:\ncommand : "
                + run.release().publicQuery() + "\nerr     : Process exited with status 6\n : ");
        run.info("Check DNS query from host...");
        if (run.has(CrcFault.HOST_CANNOT_RESOLVE)) {
            String text = "Failed to query DNS from host: lookup api.crc.testing: no such host";
            if (!run.isUserMode()) {
                throw new VerbFailure(text);
            }
            run.warn(text);
        }
    }

    private void certificates(SimulatedBundle bundle) {
        run.info("Verifying validity of the kubelet certificates...");
        Instant built = SimulatedBundle.built(run.folder().extracted(bundle.name()));
        boolean aged = built.plus(CERTIFICATES).isBefore(Instant.now());
        if (aged) {
            run.info("Kubelet client certificate has expired, renewing it... [will take up to 8 minutes]");
            run.pause(0.3);
        }
        if (aged && run.has(CrcFault.BUNDLE_SPOILED)) {
            throw new VerbFailure(
                    "Failed to renew TLS certificates: please check if a newer CRC release is available: Temporary error:"
                            + " certificate /var/lib/kubelet/pki/kubelet-client-current.pem still expired (x96)");
        }
    }

    private void apiServer() {
        run.info("Starting kubelet service");
        run.info("Waiting for kube-apiserver availability... [takes around 2min]");
        run.pause(0.3);
        if (run.has(CrcFault.API_SERVER_LATE)) {
            throw new VerbFailure("Error waiting for apiserver: Temporary error: ssh command error:\ncommand : timeout 5s oc"
                    + " get nodes --context admin --cluster crc --kubeconfig /opt/kubeconfig\nerr     : Process exited"
                    + " with status 1\n (x72)");
        }
        vm.bootCluster();
    }

    private void pullSecret() {
        if (!vm.inside().path("files").path("/var/lib/kubelet/config.json").asText().contains("auths")) {
            run.info("Adding user's pull secret to the cluster...");
            vm.pullSecret(given());
        }
        run.info("Updating SSH key to machine config resource...");
        if (!run.release().waitsForSecretLast()) {
            secretOnDisk();
        }
    }

    private String given() {
        String content;
        try {
            content = GivenSecret.load(run, pullSecretFile);
        } catch (VerbFailure e) {
            throw new VerbFailure("Failed to update cluster pull secret: " + e.text());
        }
        if (run.has(CrcFault.PULL_SECRET_PATCH_FAILS)) {
            String encoded = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
            throw new VerbFailure(
                    "Failed to update cluster pull secret: Failed to add Pull secret ssh command error:\ncommand : timeout"
                            + " 30s oc patch secret pull-secret -p '{\"data\":{\".dockerconfigjson\":\"" + encoded
                            + "\"}}' -n openshift-config --type merge --context admin --cluster crc --kubeconfig"
                            + " /opt/kubeconfig\nerr     : Process exited with status 1\n: error: Timeout: request did not"
                            + " complete within requested timeout");
        }
        return content;
    }

    private void secretOnDisk() {
        run.info("Waiting until the user's pull secret is written to the instance disk...");
        boolean never = run.has(CrcFault.PULL_SECRET_NOT_ON_DISK);
        double rollOut = run.world().setting("rollOutSeconds").asDouble() * 50;
        for (int attempt = 0; attempt < rollOut + SECRET_TRIES && !never; attempt++) {
            if (vm.inside().path("pullSecretOnDisk").asBoolean()) {
                return;
            }
            CrcRun.sleep(20);
        }
        throw new VerbFailure(
                "Failed to update pull secret on the disk: Temporary error: pull secret not updated to disk (x204)");
    }

    private void passwords() {
        String developer = run.release().hasDeveloperPassword()
                ? run.properties().text("developer-password")
                : "developer";
        DotCrc.secret(run.folder().machine().resolve("developer-password"), developer);
        if (run.release().hasDeveloperPassword()) {
            run.info("Overriding password for developer user");
            run.info("Changing the password for the users");
        } else {
            run.info("Changing the password for the kubeadmin user");
        }
    }

    /** Three good polls, 30 s apart, of twenty; more than that ends in a warning, and in success. */
    private void stability() {
        int stable = 0;
        for (int poll = 0; poll < POLLS && stable < STABLE; poll++) {
            JsonNode inside = vm.inside();
            String word = inside.path("operators").asText();
            if (word.equals("Running")) {
                stable++;
                run.info(
                        stable == 1
                                ? "All operators are available. Ensuring stability..."
                                : "Operators are stable (" + stable + "/3)...");
            } else {
                stable = 0;
                run.info("Operator authentication is "
                        + (word.equals("Starting") ? "progressing" : word.equals("Degraded") ? "degraded" : "not available"));
            }
            if (stable < STABLE) {
                CrcRun.sleep(Math.max(10, Math.round(run.world().startSeconds() * 50)));
            }
        }
        if (stable < STABLE) {
            run.warn("Cluster is not ready: cluster operators are still not stable after 10m1.137759922s");
        }
    }

    private void contexts() {
        run.info("Adding crc-admin and crc-developer contexts to kubeconfig...");
        if (run.has(CrcFault.KUBECONFIG_NOT_UPDATED)) {
            run.log("error", "Cannot update kubeconfig: Head \"https://oauth-openshift.apps-crc.testing:443\": dial tcp:"
                    + " lookup oauth-openshift.apps-crc.testing: no such host");
            return;
        }
        UserContexts.add(run, vm.authority());
    }
}
