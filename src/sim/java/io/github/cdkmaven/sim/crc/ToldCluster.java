package io.github.cdkmaven.sim.crc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What {@code start} and {@code console} tell of the cluster, passwords included.
 *
 * @param type the preset; empty where nothing is known
 */
record ToldCluster(
        String type, String authority, String console, String url, String adminPassword, String developerPassword) {

    static final String CONSOLE = "https://console-openshift-console.apps-crc.testing";

    /** Of nothing, as on an error. */
    static ToldCluster none(ShippedCrc release) {
        return new ToldCluster("", "", "", "", "", release.hasDeveloperPassword() ? "" : "developer");
    }

    static ToldCluster of(CrcRun run) {
        SimulatedVm vm = run.vm();
        String preset = vm.text("preset");
        if (vm.isMicroshift()) {
            return new ToldCluster(preset, "", "", "", "", "");
        }
        DotCrc folder = run.folder();
        return new ToldCluster(
                preset,
                vm.authority(),
                CONSOLE,
                "https://api.crc.testing:6443",
                DotCrc.read(folder.machine().resolve("kubeadmin-password")),
                DotCrc.read(folder.machine().resolve("developer-password")));
    }

    ObjectNode json(ObjectNode result) {
        ObjectNode config = result.putObject("clusterConfig");
        config.put("clusterType", type)
                .put(
                        "cacert",
                        Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.UTF_8)))
                .put("webConsoleUrl", console)
                .put("url", url);
        config.putObject("adminCredentials").put("username", "kubeadmin").put("password", adminPassword);
        config.putObject("developerCredentials").put("username", "developer").put("password", developerPassword);
        return result;
    }
}
