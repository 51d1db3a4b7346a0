package io.github.cdkmaven.sim.crc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What {@code start} and {@code console} tell of the cluster, passwords included.
 *
 * @param type the preset; empty where nothing is known
 */
record ClusterConfig(
        String type, String authority, String console, String url, String adminPassword, String developerPassword) {

    static final String CONSOLE = "https://console-openshift-console.apps-crc.testing";

    /** Of nothing, as on an error. */
    static ClusterConfig none(ShippedCrc release) {
        return new ClusterConfig("", "", "", "", "", release.hasDeveloperPassword() ? "" : "developer");
    }

    static ClusterConfig of(CrcRun run) {
        CrcVm vm = run.vm();
        String preset = vm.text("preset");
        if (vm.isMicroshift()) {
            return new ClusterConfig(preset, "", "", "", "", "");
        }
        CrcFolder folder = run.folder();
        return new ClusterConfig(
                preset,
                vm.authority(),
                CONSOLE,
                "https://api.crc.testing:6443",
                CrcFolder.read(folder.machine().resolve("kubeadmin-password")),
                CrcFolder.read(folder.machine().resolve("developer-password")));
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
