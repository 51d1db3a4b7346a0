package io.github.cdkmaven.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.sim.Captures.Exchange;
import io.github.cdkmaven.sim.crc.CrcFault;
import io.github.cdkmaven.sim.crc.CrcSituation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recorded machines had a stand-in for the hypervisor's driver and for OpenShift, and most checks of the host were
 * switched off. What comes of that is left out: the lines that say so, sizes, and a cluster that never keeps its pull secret.
 */
@DisplayName("The simulated crc says what the real one said")
@EnabledIf("io.github.cdkmaven.sim.Captures#arePresent")
class CrcCaptureTest {

    /** The plugin speaks to crc by its commands, never to the daemon's socket; so there is no daemon, only its socket. */
    private static final List<String> BY_THE_DAEMON = List.of(
            "api-config",
            "api-config-one",
            "api-config-set",
            "api-config-set-bad",
            "api-config-set-empty",
            "api-config-unknown",
            "api-config-unset",
            "api-config-unset-bad",
            "api-delete-absent",
            "api-delete-stopped",
            "api-logs",
            "api-logs-starting",
            "api-network-dns",
            "api-network-expose",
            "api-network-expose-again",
            "api-network-expose-port-in-use",
            "api-network-expose-privileged",
            "api-network-leases",
            "api-network-ports",
            "api-network-unexpose",
            "api-not-found",
            "api-poweroff-absent",
            "api-poweroff-get",
            "api-pull-secret-absent",
            "api-pull-secret-bad",
            "api-pull-secret-no-keyring",
            "api-start-already-running",
            "api-start-busy",
            "api-start-cancelled",
            "api-start-ok",
            "api-start-preflight",
            "api-status-absent",
            "api-status-after-cancel",
            "api-status-running",
            "api-status-starting",
            "api-status-stopped",
            "api-stop-absent",
            "api-stop-absent-post",
            "api-stop-during-start",
            "api-stop-running",
            "api-telemetry",
            "api-version",
            "api-webconsoleurl-absent",
            "api-webconsoleurl-running",
            "api-webconsoleurl-stopped",
            "api-wrong-method",
            "daemon-without-vsock",
            "status-during-api-start",
            "status-during-api-start-json");

    /** Texts that no program reads. */
    private static final List<String> HELP =
            List.of("help", "help-config", "help-setup", "help-start", "no-arguments", "bundle-no-verb");

    /** Nothing that a build starts has a terminal. */
    private static final List<String> ON_A_TERMINAL = List.of(
            "delete-stopped-terminal-no",
            "setup-consent-prompt-terminal",
            "start-create-terminal",
            "start-no-pull-secret-terminal");

    /** They have no status; what they leave behind is reached by a start that ends in the middle. */
    private static final List<String> BY_A_SIGNAL = List.of("start-killed-while-operators-are-polled", "start-sigint");

    /** The plugin never runs {@code crc setup}; here it is run only to get into a state, on hosts that need no repair. */
    private static final List<String> REPAIRS_OF_THE_HOST = List.of(
            "setup-no-sudo",
            "setup-preflight-libvirt",
            "setup-preflight-libvirt-version",
            "setup-preflight-virtualization",
            "setup-systemd-not-running",
            "setup-vsock-no-sudo");

    /** The plugin makes no bundles. */
    private static final List<String> BUNDLES = List.of("bundle-generate-absent", "bundle-generate-stopped");

    /** The recorded cluster never kept its pull secret, so that each start had to add it again. */
    private static final List<String> RESTARTS = List.of("start-stopped", "start-restart-fake-vm");

    @TempDir
    Path folder;

    private final SoftAssertions soft = new SoftAssertions();
    private final List<SimulatedCrc> worlds = new ArrayList<>();
    private final TreeSet<String> compared = new TreeSet<>();
    private String set = "";
    private SimulatedCrc crc;

    @AfterEach
    void endTheWorlds() {
        worlds.forEach(SimulatedCrc::close);
        soft.assertAll();
        assertThat(worlds)
                .allSatisfy(world -> assertThat(world.livingProcesses()).isEmpty());
    }

    /** A new world; the recorded executables were built without their helpers. */
    private void world(String version, String name, CrcSituation state, String... configured) {
        set = "crc-" + version;
        SimulatedCrcBuilder builder = SimulatedCrc.in(folder.resolve(name))
                .version(version)
                .released(false)
                .state(state);
        for (int i = 0; i < configured.length; i += 2) {
            if (configured[i].equals("preset")) {
                builder.preset(configured[i + 1]);
            } else {
                builder.configured(configured[i], configured[i + 1]);
            }
        }
        crc = builder.create();
        worlds.add(crc);
        write("pull-secret.json", "{\"auths\":{\"reg.corp.example:5000\":{\"auth\":\"eDp5\"}}}");
        write("ps-bad.json", "no JSON");
        write("bad.json", "no JSON");
        write("ps-empty.json", "{\"auths\":{}}");
        write("ps-noauth.json", "{\"auths\":{\"reg.corp.example:5000\":{}}}");
    }

    private void write(String file, String content) {
        try {
            Files.writeString(crc.home().resolve(file), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path bundle(String file) {
        try {
            Path bundles = Files.createDirectories(crc.home().resolve("bundles"));
            Path made = crc.bundle(file, Instant.now());
            return Files.copy(made, bundles.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remove(String path) {
        try (Stream<Path> files = Files.walk(crc.crcFolder().resolve(path))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ok(String... arguments) {
        Map<String, String> quiet = Map.of("CRC_CONSENT_TELEMETRY", "no", "CRC_DISABLE_UPDATE_CHECK", "true");
        SimulatedCdk.Output output = crc.run(quiet, arguments);
        assertThat(output.exit())
                .as("%s: %s", Arrays.toString(arguments), output)
                .isZero();
    }

    /** Runs what was recorded, in the state that the world is in. */
    private void compare(String... names) {
        for (String name : names) {
            compared.add(name);
            Exchange real = Captures.named(set, name);
            Map<String, String> environment = new HashMap<>(real.environment());
            String[] arguments = real.arguments().stream()
                    .map(word -> word.replace("<HOME>", crc.home().toString())
                            .replace("<TMP>", crc.home().resolve("bundles").toString()))
                    .toArray(String[]::new);
            SimulatedCdk.Output ours = crc.run(environment, arguments);
            soft.assertThat(ours.exit()).as("exit of %s: %s", name, ours).isEqualTo(real.exit());
            soft.assertThat(normal(ours.stdout())).as("stdout of %s", name).isEqualTo(normal(real.stdout()));
            List<String> expected = lines(real.stderr()).stream()
                    .filter(line -> !RESTARTS.contains(name) || !line.contains("Adding user's pull secret"))
                    .toList();
            soft.assertThat(lines(ours.stderr())).as("stderr of %s", name).isEqualTo(expected);
        }
    }

    /** With something wrong for the time of these. */
    private void compare(CrcFault fault, String... names) {
        crc = crc.with(fault);
        compare(names);
        crc = crc.with();
    }

    @Test
    @DisplayName("as 2.53.0")
    void release253() throws IOException {
        beforeSetup253();
        settings253();
        withoutBundle253();
        life253();
        microshift253();
        everythingIsSorted(Stream.of(
                BY_THE_DAEMON,
                HELP,
                ON_A_TERMINAL,
                BY_A_SIGNAL,
                REPAIRS_OF_THE_HOST,
                BUNDLES,
                // Depends on the account that runs the tests.
                List.of("home-not-writable"),
                // The recorded daemon was started by hand and outlived the cleanup.
                List.of("status-after-cleanup-json")));
    }

    @Test
    @DisplayName("as 2.25.0")
    void release225() throws IOException {
        beforeSetup225();
        life225();
        everythingIsSorted(Stream.of(
                List.of("help", "help-config", "help-start"),
                // A cluster that does not keep its pull secret: see RESTARTS.
                List.of("start-stopped-cluster-without-pull-secret")));
    }

    /** A new recording has to be compared here, or entered in a list of those that are not simulated, with the reason. */
    private void everythingIsSorted(Stream<List<String>> notSimulated) {
        List<String> others = notSimulated.flatMap(List::stream).toList();
        assertThat(others).doesNotContainAnyElementsOf(compared);
        assertThat(Captures.names(set))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(compared.stream(), others.stream()).toList());
    }

    private void beforeSetup253() {
        world("2.53.0", "new", CrcSituation.NOT_SET_UP);
        compare("version-before-setup", "version-json", "version-as-root", "env-http-proxy-bad", "env-log-level");
        compare("env-home-unset", "unknown-command", "unknown-flag", "unknown-flag-json", "unknown-format");
        compare("status-before-setup", "status-before-setup-json", "start-before-setup", "start-before-setup-json");
        compare("console-absent", "console-absent-json", "console-absent-url");
        compare("setup-check-only-json", "setup-check-only-env-consent");
        compare("setup-env-consent", "setup-env-consent-json", "cleanup-before-setup-json");
        compare(CrcFault.RUN_AS_ROOT, "setup-as-root", "start-as-root");
        absent253();
        compare("setup-no-consent-no-terminal");
        assertThat(crc.run(Map.of(), "config", "get", "consent-telemetry").stdout())
                .isEqualTo("consent-telemetry : no\n");
    }

    private void absent253() {
        compare("ip-absent", "oc-env-absent", "oc-env-absent-shell", "podman-env-absent");
        compare("stop-absent", "stop-absent-json", "stop-absent-force-json");
        compare("delete-absent", "delete-absent-force", "delete-absent-force-json");
        compare("delete-absent-json-without-force", "delete-clear-cache-json-without-force");
    }

    private void settings253() throws IOException {
        world("2.53.0", "settings", CrcSituation.NOT_SET_UP);
        compare("config-view-empty", "config-view-format-json", "config-view-json-flag", "config-get-nothing");
        compare("config-get-default", "config-get-default-string", "config-get-unknown", "config-unset-not-set");
        compare("env-bad-bool", "env-bad-preset", "env-config-view", "env-preset", "config-unset-unknown");
        compare("config-set-bool-bad", "config-set-bundle-docker-latest", "config-set-bundle-docker-name");
        compare("config-set-bundle-docker-no-tag", "config-set-bundle-ftp", "config-set-bundle-missing");
        compare("config-set-consent-bad", "config-set-cpus-low", "config-set-cpus-text", "config-set-disk-low");
        compare("config-set-http-proxy-bad", "config-set-https-proxy-bad", "config-set-memory-low");
        compare("config-set-memory-too-much", "config-set-nameserver-bad", "config-set-network-mode-bad");
        compare("config-set-no-proxy-blank", "config-set-one-arg", "config-set-port-low", "config-set-preset-bad");
        compare("config-set-proxy-ca-missing", "config-set-pull-secret-missing", "config-set-unknown");
        compare("config-set-preset-microshift", "config-set-preset-openshift");
        compare("config-set-network-mode-system", "config-set-host-network-access-system");
        compare("config-set-network-mode-user", "config-set-host-network-access", "config-set-bundle-http");
        compare("config-set-consent", "config-set-update-check", "config-set-port", "config-set-kubeadmin-password");
        compare("config-set-nameserver", "config-set-skip-check", "config-view", "config-get-set", "config-unset");
        Files.writeString(crc.crcFolder().resolve("crc.json"), "{\"cpus\":");
        compare("config-file-broken", "config-file-broken-set", "config-file-broken-status-json");
    }

    private void withoutBundle253() throws IOException {
        world("2.53.0", "bare", CrcSituation.ABSENT);
        remove("cache/crc_libvirt_4.19.3_amd64");
        compare("status-daemon-absent", "status-daemon-absent-json", "console-daemon-absent");
        compare("console-daemon-absent-json", "setup-check-only-no-bundle");
        compare("setup-default-bundle-no-network", "setup-default-bundle-no-network-json");
        compare("start-no-bundle-no-network", "start-no-bundle-no-network-json");
        Files.copy(crc.bundle(), crc.crcFolder().resolve("cache/crc_libvirt_4.19.3_amd64.crcbundle"));
        compare("setup-bundle-in-cache-no-network-json", "start-bundle-in-cache-no-network-json");
        compare("start-bundle-docker-no-network-json", "start-bundle-http-no-network-json");
        compare("start-bundle-missing", "start-bundle-missing-json");
        Path good = bundle("crc_libvirt_4.19.3_amd64.crcbundle");
        bundle("crc_microshift_libvirt_4.19.0_amd64.crcbundle");
        write("bundles/mybundle.crcbundle", Files.readString(good));
        write("bundles/crc_libvirt_4.19.5_amd64.crcbundle", Files.readString(good));
        write("bundles/crc_libvirt_4.19.8_amd64.crcbundle", "garbage");
        write(
                "bundles/crc_libvirt_4.19.9_amd64.crcbundle",
                Files.readString(good).substring(0, 300));
        compare("start-bundle-bad-name", "setup-bundle-bad-name-json", "setup-bundle-garbage-json");
        compare("setup-bundle-renamed-json", "setup-bundle-truncated-json");
        compare("start-preset-mismatch", "start-preset-mismatch-json");
        compare("start-flag-cpus-low-json", "start-flag-disk-low-json", "start-flag-memory-low-json");
        compare("start-flag-memory-suffix", "start-flag-nameserver-bad-json", "start-monitoring-memory-json");
        compare(CrcFault.HELPER_NOT_SUID, "start-preflight-admin-helper-not-suid");
        compare(CrcFault.NO_DRIVER, "start-preflight-driver", "setup-driver-download-no-network");
        compare(CrcFault.NO_LIBVIRT, "start-preflight-libvirt");
        compare(CrcFault.NOT_IN_LIBVIRT_GROUP, "start-preflight-libvirt-group");
        compare(CrcFault.LIBVIRT_STOPPED, "start-preflight-libvirt-running");
        compare(CrcFault.VIRSH_FAILS, "start-preflight-libvirt-version");
        compare(CrcFault.SOCKET_UNITS_STOPPED, "start-preflight-systemd-sockets");
        compare(CrcFault.NO_VIRTUALIZATION, "start-preflight-virtualization", "start-preflight-virtualization-json");
        compare(CrcFault.NO_CAPABILITIES, "start-preflight-vsock");
        remove("bin/crc");
        compare("start-preflight-symlink");
        remove("bin/crc-admin-helper-linux-amd64");
        compare("start-preflight-admin-helper", "start-preflight-admin-helper-json");
    }

    private void life253() throws IOException {
        world("2.53.0", "life", CrcSituation.ABSENT);
        remove("cache/crc_libvirt_4.19.3_amd64");
        bundle("crc_libvirt_4.19.3_amd64.crcbundle");
        bundle("crc_libvirt_4.18.2_amd64.crcbundle");
        compare("setup-bundle-file", "setup-check-only-ready", "setup-check-only-ready-json", "setup-again");
        compare("start-no-pull-secret", "start-no-pull-secret-json", "start-pull-secret-bad-json");
        compare(
                "start-pull-secret-empty-json",
                "start-pull-secret-missing-file-json",
                "start-pull-secret-noauth-debug");
        compare(CrcFault.CREATE_FAILS, "start-create-fails-json");
        compare("status-after-create-failed-json");
        compare(CrcFault.VM_START_FAILS, "start-vm-start-fails-json");
        compare(CrcFault.PULL_SECRET_PATCH_FAILS, "start-pull-secret-patch-fails-json");
        ok("delete", "-f");
        compare("start-create", "status-running", "status-running-json", "ip-running", "oc-env-running");
        compare("console-running", "console-running-json", "console-running-url-json");
        compare("start-already-running", "start-already-running-json", "start-already-running-other-flags-json");
        compare("start-other-bundle-json", "start-during-start-json", "status-during-cli-start-json");
        compare("oc-env-during-start", "delete-running-no-force", "status-after-sigint-json");
        compare(CrcFault.OPERATORS_NEVER_SETTLE, "status-running-starting-json");
        compare(CrcFault.OPERATOR_DEGRADED, "status-running-degraded", "status-running-degraded-json");
        compare(CrcFault.OPERATOR_UNAVAILABLE, "status-running-unavailable-json");
        crc.endApi();
        compare("status-running-unreachable", "status-running-unreachable-json");
        compare("start-already-running-unreachable-json");
        compare(CrcFault.STOP_FAILS, "stop-fails", "stop-fails-json", "stop-fails-force");
        compare("status-after-forced-stop-json");
        stopped253();
        compare("start-stopped", "stop-running", "start-restart-fake-vm", "stop-running-json");
        compare("delete-stopped-force-json", "status-after-delete-json");
        compare(CrcFault.OPERATORS_NEVER_SETTLE, "start-create-not-ready-json");
        crc = crc.with(CrcFault.OPERATORS_NEVER_SETTLE);
        compare("status-operators-progressing-json");
        compare("stop-after-sigint-json");
        started();
        compare("delete-running-force");
        started();
        compare("delete-running-force-json");
        started();
        compare("cleanup-with-running-vm-json");
    }

    /** A VM that runs, without the cluster that nobody asks for. */
    private void started() {
        crc = crc.with(CrcFault.START_DIES);
        Map<String, String> quiet = Map.of("CRC_CONSENT_TELEMETRY", "no", "CRC_DISABLE_UPDATE_CHECK", "true");
        String secret = crc.pullSecret().toString();
        assertThat(crc.run(quiet, "start", "-p", secret).exit()).isEqualTo(137);
        crc = crc.with();
    }

    private void stopped253() {
        compare("status-stopped", "status-stopped-json", "ip-stopped", "oc-env-stopped", "podman-env-stopped");
        compare("console-stopped", "console-stopped-json", "console-stopped-url");
        compare("stop-stopped", "stop-stopped-json", "stop-stopped-force-json");
        compare("delete-stopped-no-force", "delete-stopped-json-no-force");
        compare("config-set-cpus-with-vm", "config-set-preset-with-vm");
        ok("config", "unset", "preset");
        ok("config", "unset", "cpus");
    }

    private void microshift253() {
        world("2.53.0", "microshift", CrcSituation.ABSENT, "preset", "microshift");
        remove("cache/crc_microshift_libvirt_4.19.0_amd64");
        bundle("crc_microshift_libvirt_4.19.0_amd64.crcbundle");
        compare("setup-microshift-bundle", "start-microshift", "start-microshift-again-json", "status-microshift-json");
        compare("console-microshift-json", "stop-microshift", "delete-microshift");
    }

    private void beforeSetup225() {
        world("2.25.0", "new", CrcSituation.NOT_SET_UP);
        compare("version", "version-json", "unknown-flag-json", "unknown-format");
        compare("status-before-setup", "status-before-setup-json", "start-before-setup", "start-before-setup-json");
        compare("start-as-root-json", "start-bad-bundle-json", "start-renamed-bundle-json", "start-other-bundle-json");
        compare("ip-no-vm", "oc-env-no-vm", "podman-env-no-vm", "stop-no-vm", "stop-no-vm-json");
        compare("stop-force-no-vm-json", "delete-no-vm", "delete-force-no-vm-json", "console-no-vm-json");
        compare("config-view-empty", "config-view-json", "config-get-unset", "config-set-bad-bool");
        compare("config-set-bad-memory", "config-set-bad-preset", "config-set-unknown");
        compare("config-set-consent", "config-set-update-off", "config-view");
        compare("setup-check-only", "setup-check-only-json", "setup-json", "config-set-network-mode-user");
    }

    private void life225() throws IOException {
        world("2.25.0", "life", CrcSituation.ABSENT, "network-mode", "user", "consent-telemetry", "no");
        crc.endDaemon();
        compare("start-before-daemon", "start-no-daemon-json");
        remove("bin/crc");
        compare("setup-check-only-no-bundle");
        ok("setup", "-b", crc.bundle().toString());
        compare("setup-check-only-after-setup");
        remove("cache/crc_libvirt_4.13.6_amd64");
        bundle("crc_libvirt_4.13.6_amd64.crcbundle");
        compare("setup-bundle-elsewhere-json", "status-absent", "status-absent-json", "console-absent-json");
        compare("delete-force-absent-json", "start-no-pull-secret-json", "start-bad-pull-secret-json");
        ok("config", "set", "skip-check-libvirt-driver", "true");
        Path driver = crc.crcFolder().resolve("bin/crc-driver-libvirt");
        Path aside = driver.resolveSibling("aside");
        Files.move(driver, aside);
        compare("start-driver-missing-json");
        Files.move(aside, driver);
        compare("start-create", "status-running", "status-running-json", "ip-running", "oc-env-running");
        compare("console-running-json", "start-already-running-json", "start-preset-bundle-mismatch-json");
        compare("delete-no-force", "delete-no-force-json", "stop", "status-stopped-json", "ip-stopped");
        compare("console-stopped-json", "stop-stopped", "stop-stopped-force-json", "start-stopped", "stop-json");
        compare("delete-force", "start-create-json", "stop-force-json");
        started();
        compare("delete-force-running-json", "cleanup-json");
    }

    private String normal(String text) {
        String password = "";
        try {
            Path file = crc.crcFolder().resolve("machines/crc/kubeadmin-password");
            password = Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String told = password.isEmpty() ? text : text.replace(password, "<kubeadmin-password>");
        return told.replace(
                        crc.home().resolve("bundles").toString(), set.equals("crc-2.25.0") ? "<TMP>" : "<HOME>/bundles")
                .replace(crc.home().toString(), "<HOME>")
                .replace(crc.crc().getParent().toString(), "<BIN>")
                .replace(crc.address(), "127.0.0.1")
                .replace("127.0.0.53", "<DNS>")
                .replace("builder is not", "<USER> is not")
                .replace("(simulated)", "(fake driver)")
                .replaceAll("\"cacert\": \"[^\"]+\"", "\"cacert\": \"CA\"")
                .replaceAll("(\"cacheUsage\": )\\d+", "$1N")
                .replaceAll("(Cache Usage: +)\\S+", "$1N")
                .replaceAll("time=\"[^\"]+\"", "time")
                .replaceAll("dockerconfigjson([\\\\\"]+):([\\\\\"]+)[A-Za-z0-9+/=]+", "dockerconfigjson$1:$2<base64>")
                .stripTrailing();
    }

    private List<String> lines(String text) {
        return normal(text)
                .lines()
                .filter(line -> !line.contains("Skipping above check..."))
                .filter(line -> !line.contains("level=debug"))
                .distinct()
                .filter(line -> !line.startsWith("goroutine") && !line.isBlank())
                .filter(line -> !line.startsWith("github.com/") && !line.startsWith("\t"))
                .toList();
    }
}
