package io.github.cdkmaven.sim.crc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What crc looks at on its host before a start and in {@code setup}, in its order. */
final class HostChecks {

    private static final String NO_BUS =
            "Executing systemctl action failed:  exit status 1: Failed to connect to bus: No medium found\n";

    /**
     * One of them.
     *
     * @param key its name in {@code skip-check-<key>}
     * @param says what is logged before it
     * @param problem what is wrong; empty where all is well
     * @param cure what {@code setup} says and does
     */
    private record Check(String key, String says, Supplier<Optional<String>> problem, String curing, Runnable cure) {}

    private final CrcRun run;
    private final List<Check> checks = new ArrayList<>();

    HostChecks(CrcRun run) {
        this.run = run;
        DotCrc folder = run.folder();
        add("root-user", "Checking if running as non-root", CrcFault.RUN_AS_ROOT, "crc should not be run as root");
        add("wsl2", "Checking if running inside WSL2");
        checks.add(new Check(
                "admin-helper-cached",
                "Checking if crc-admin-helper executable is cached",
                this::helper,
                "Caching crc-admin-helper executable",
                () -> download(folder.helper(), "crc-admin-helper executable", helperUrl())));
        add("supported-cpu-arch", "Checking if running on a supported CPU architecture");
        checks.add(new Check(
                "crc-symlink",
                "Checking if crc executable symlink exists",
                () -> problem(
                        !Files.isSymbolicLink(folder.symlink()),
                        "lstat " + folder.symlink() + ": no such file or directory"),
                "Creating symlink for crc executable",
                this::link));
        add("ram", "Checking minimum RAM requirements");
        if (run.release().checksPodman()) {
            add("podman-in-ocbindir", "Check if Podman binary exists in: " + folder.bin().resolve("oc"));
        }
        add(
                "virt-enabled",
                "Checking if Virtualization is enabled",
                CrcFault.NO_VIRTUALIZATION,
                "Virtualization is not available for your CPU");
        add("kvm-enabled", "Checking if KVM is enabled");
        libvirt();
        checks.add(new Check(
                "libvirt-driver",
                "Checking if crc-driver-libvirt is installed",
                () -> problem(
                        run.has(CrcFault.NO_DRIVER) || !Files.exists(folder.driver()),
                        run.release().driverFile() + " executable is not cached"),
                "Installing crc-driver-libvirt",
                () -> download(folder.driver(), run.release().driverFile(), driverUrl())));
        if (run.isUserMode()) {
            daemon();
        } else {
            add(
                    "network-manager-installed",
                    "Checking if NetworkManager is installed",
                    CrcFault.NO_NETWORK_MANAGER,
                    "NetworkManager cli nmcli was not found in path");
            add("network-manager-running", "Checking if NetworkManager service is running");
        }
    }

    private void libvirt() {
        add(
                "libvirt-installed",
                "Checking if libvirt is installed",
                CrcFault.NO_LIBVIRT,
                "Libvirt cli virsh was not found in path");
        add(
                "user-in-libvirt-group",
                "Checking if user is part of libvirt group",
                CrcFault.NOT_IN_LIBVIRT_GROUP,
                "builder is not part of the libvirt group");
        add("libvirt-group-active", "Checking if active user/process is currently part of the libvirt group");
        add(
                "libvirt-running",
                "Checking if libvirt daemon is running",
                CrcFault.LIBVIRT_STOPPED,
                "found no active libvirtd systemd unit");
        add(
                "libvirt-version",
                "Checking if a supported libvirt version is installed",
                CrcFault.VIRSH_FAILS,
                "Failed to run virsh");
    }

    private void daemon() {
        checks.add(new Check(
                "daemon-systemd-unit",
                "Checking crc daemon systemd service",
                () -> problem(run.has(CrcFault.NO_USER_SYSTEMD), "crc-daemon.service is not running"),
                "Setting up crc daemon systemd service",
                () -> {}));
        checks.add(new Check(
                "daemon-systemd-sockets",
                "Checking crc daemon systemd socket units",
                () -> problem(
                        run.has(CrcFault.SOCKET_UNITS_STOPPED) || !Files.exists(run.folder().socket()),
                        "crc-http.socket is not running"),
                "Setting up crc daemon systemd socket units",
                this::listen));
        checks.add(new Check(
                "vsock",
                "Checking if vsock is correctly configured",
                () -> problem(
                        run.has(CrcFault.NO_CAPABILITIES),
                        "capabilities are not correct for " + run.world().bin().resolve("crc")),
                "Setting up vsock support",
                () -> {
                    throw new VerbFailure("sudo executable not found");
                }));
    }

    private void add(String key, String says) {
        checks.add(new Check(key, says, Optional::empty, "", () -> {}));
    }

    private void add(String key, String says, CrcFault fault, String problem) {
        checks.add(new Check(key, says, () -> problem(run.has(fault), problem), "", () -> {
            throw new VerbFailure(problem);
        }));
    }

    /** The keys of {@code skip-check-…}, also of checks of the other network mode. */
    static List<String> keys(ShippedCrc release) {
        Stream<String> names = Stream.of(
                "admin-helper-cached",
                "bundle-extracted",
                "crc-dnsmasq-file",
                "crc-network",
                "crc-network-active",
                "crc-symlink",
                "daemon-systemd-sockets",
                "daemon-systemd-unit",
                "kvm-enabled",
                "libvirt-driver",
                "libvirt-group-active",
                "libvirt-installed",
                "libvirt-running",
                "libvirt-version",
                "network-manager-config",
                "network-manager-installed",
                "network-manager-running",
                "ram",
                "root-user",
                "supported-cpu-arch",
                "systemd-networkd-running",
                "user-in-libvirt-group",
                "virt-enabled",
                "vsock",
                "wsl2");
        Stream<String> podman = release.checksPodman() ? Stream.of("podman-in-ocbindir") : Stream.of();
        return Stream.concat(names, podman).map(name -> "skip-check-" + name).toList();
    }

    /** Before a start: the daemon's unit is not looked at. */
    void beforeStart() {
        for (Check check : checks) {
            if (!check.key().equals("daemon-systemd-unit") && isWanted(check)) {
                check.problem().get().ifPresent(problem -> {
                    if (check.key().equals("libvirt-running")) {
                        run.warn("No active (running) libvirtd systemd unit could be found - make sure one of libvirt"
                                + " systemd units is enabled so that it's autostarted at boot time.");
                    }
                    throw new VerbFailure(problem);
                });
            }
        }
    }

    /** @param only whether nothing is to be repaired */
    void inSetup(boolean only) {
        for (Check check : checks) {
            if (isWanted(check)) {
                Optional<String> problem = check.problem().get();
                if (problem.isPresent() && only) {
                    throw VerbFailure.check(problem.get());
                }
                problem.ifPresent(found -> {
                    if (!check.curing().isEmpty()) {
                        run.info(check.curing());
                    }
                    check.cure().run();
                });
            }
        }
    }

    private boolean isWanted(Check check) {
        run.info(check.says());
        if (run.properties().isOn("skip-check-" + check.key())) {
            run.warn("Skipping above check...");
            return false;
        }
        return true;
    }

    private static Optional<String> problem(boolean there, String text) {
        return there ? Optional.of(text) : Optional.empty();
    }

    private Optional<String> helper() {
        Path helper = run.folder().helper();
        if (!Files.exists(helper)) {
            return Optional.of("crc-admin-helper executable is not cached");
        }
        return problem(
                run.has(CrcFault.HELPER_NOT_SUID), helper + " does not have the SUID bit set (-rwxr-xr-x)");
    }

    private String helperUrl() {
        return "https://github.com/crc-org/admin-helper/releases/download/v"
                + run.release().helperVersion() + "/" + run.release().helperFile();
    }

    private String driverUrl() {
        return "https://github.com/crc-org/machine-driver-libvirt/releases/download/"
                + run.release().driverVersion() + "/" + run.release().driverFile();
    }

    /** From the executable itself, where it is one that was released; else from outside. */
    private void download(Path file, String what, String url) {
        if (!run.world().setting("released").asBoolean(true)) {
            throw new VerbFailure("Unable to download " + what + ": Head \"" + url + "\": "
                    + run.unresolved("github.com", "crc setup"));
        }
        DotCrc.write(file, "simulated", "rwxr-xr-x");
    }

    private void link() {
        try {
            Files.createSymbolicLink(run.folder().symlink(), run.world().bin().resolve("crc"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        if (run.has(CrcFault.NO_USER_SYSTEMD)) {
            throw new VerbFailure(NO_BUS);
        }
        DotCrc.secret(run.folder().socket(), "");
    }
}
