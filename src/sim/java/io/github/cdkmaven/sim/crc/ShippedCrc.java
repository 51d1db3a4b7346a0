package io.github.cdkmaven.sim.crc;

import java.util.List;
import java.util.Locale;

/**
 * A release of {@code crc}: one row for each that can be simulated. What differs between releases is asked here by what it
 * is, and decided by the release in which it came (crc's sources at each tag); so a new one is one more row.
 *
 * @param version such as {@code 2.53.0}
 * @param commit what {@code version} tells; invented for the releases that were not recorded
 * @param openshift the version in the bundle of preset openshift
 * @param okd the version in that of preset okd
 * @param microshift the version in that of preset microshift
 * @param podman what {@code version} tells of podman, up to 2.36
 * @param memory MiB that a VM of preset openshift gets, and the least it may get
 * @param helper file name and version of the admin helper
 * @param driver file name and version of the libvirt driver
 */
record ShippedCrc(
        String version,
        String commit,
        String openshift,
        String okd,
        String microshift,
        String podman,
        int memory,
        String helper,
        String driver) {

    private static final List<ShippedCrc> ALL = List.of(
            new ShippedCrc(
                    "2.25.0",
                    "97705a",
                    "4.13.6",
                    "4.13.0-0.okd-2023-06-04-080300",
                    "4.13.6",
                    "4.4.4",
                    9216,
                    "crc-admin-helper-linux 0.0.12",
                    "crc-driver-libvirt 0.13.5"),
            new ShippedCrc(
                    "2.46.0",
                    "5ed246",
                    "4.17.10",
                    "4.15.0-0.okd-2024-02-23-163410",
                    "4.17.10",
                    "",
                    10752,
                    "crc-admin-helper-linux-amd64 0.5.4",
                    "crc-driver-libvirt-amd64 0.13.9"),
            new ShippedCrc(
                    "2.53.0",
                    "a6f712",
                    "4.19.3",
                    "4.19.0-okd-scos.1",
                    "4.19.0",
                    "",
                    10752,
                    "crc-admin-helper-linux-amd64 0.5.5",
                    "crc-driver-libvirt-amd64 0.13.10"),
            new ShippedCrc(
                    "2.62.0",
                    "5ed262",
                    "4.22.1",
                    "4.21.0-okd-scos.4",
                    "4.22.0",
                    "",
                    10752,
                    "crc-admin-helper-linux-amd64 0.6.0",
                    "crc-driver-libvirt-amd64 0.13.12"));

    static ShippedCrc named(String version) {
        return ALL.stream()
                .filter(row -> row.version().equals(version))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no simulated crc " + version + ", only " + versions()));
    }

    static List<String> versions() {
        return ALL.stream().map(ShippedCrc::version).toList();
    }

    private boolean since(int minor) {
        return Integer.parseInt(version.split("\\.")[1]) >= minor;
    }

    /** The version in the bundle of a preset. */
    String bundled(String preset) {
        return switch (preset) {
            case "okd" -> okd;
            case "microshift" -> microshift;
            default -> openshift;
        };
    }

    /** The file name of the bundle that this crc expects. */
    String bundleName(String preset) {
        String infix = preset.equals("openshift") ? "" : preset + "_";
        return "crc_" + infix + "libvirt_" + bundled(preset) + "_amd64.crcbundle";
    }

    String helperFile() {
        return helper.split(" ")[0];
    }

    String helperVersion() {
        return helper.split(" ")[1];
    }

    String driverFile() {
        return driver.split(" ")[0];
    }

    String driverVersion() {
        return driver.split(" ")[1];
    }

    /** The presets in the order of the refusal of another one. */
    List<String> presets() {
        return since(37)
                ? List.of("openshift", "okd", "microshift")
                : List.of("okd", "microshift", "podman", "openshift");
    }

    /** On Linux. */
    String defaultNetworkMode() {
        return since(47) ? "user" : "system";
    }

    int memoryOf(String preset) {
        if (preset.equals("microshift")) {
            return since(37) ? 4096 : 2048;
        }
        return memory;
    }

    String keyName() {
        return since(41) ? "id_ed25519" : "id_ecdsa";
    }

    /** Whether a machine without that key is refused. */
    boolean wantsKey() {
        return since(59);
    }

    /** Where the daemon listens, below {@code ~/.crc}. */
    String socket() {
        return since(62) ? "sockets/crc-http.sock" : "crc-http.sock";
    }

    /** Whether an error in text mode is a line of the log; else it is the bare text. */
    boolean logsErrors() {
        return since(52);
    }

    /** Error texts begin lower case from 2.62 on; which of them is not recorded, so here all that begin with a word do. */
    String worded(String error) {
        boolean word = error.matches("(?s)[A-Z][a-z ].*") && !error.matches("(?s)(Get|Head) \".*");
        return since(62) && word ? error.substring(0, 1).toLowerCase(Locale.ROOT) + error.substring(1) : error;
    }

    String missingBundle(String path) {
        return since(28)
                ? path + " is invalid or missing, run 'crc setup' to download the default bundle"
                : "file '" + path + "' does not exist";
    }

    /** Whether a start looks for the default bundle before it does anything else. */
    boolean wantsDefaultBundleFirst() {
        return !since(28);
    }

    boolean tellsBundlePathAtStart() {
        return since(28);
    }

    boolean presetMismatchIsFatal() {
        return since(43);
    }

    boolean stopsContainers() {
        return !since(56);
    }

    boolean stopCleansKubeconfig() {
        return since(44);
    }

    boolean hasDeveloperPassword() {
        return since(50);
    }

    boolean hasVolumeSize() {
        return since(28);
    }

    boolean modifiesHostsFile() {
        return since(58);
    }

    boolean checksPodman() {
        return since(37);
    }

    boolean writesManPages() {
        return since(47);
    }

    boolean tellsMicroshift() {
        return since(40);
    }

    /** What the VM asks for once at each start. */
    String publicQuery() {
        return since(37) ? "curl --head https://quay.io" : "curl --head quay.io";
    }

    /** Whether the wait for the pull secret on the disk comes after the operators. */
    boolean waitsForSecretLast() {
        return since(55);
    }

    /** The suffix of the users in {@code ~/.kube/config}. */
    String kubeconfigUser(String name) {
        return since(33) ? name + "/api-crc-testing:6443" : name;
    }
}
