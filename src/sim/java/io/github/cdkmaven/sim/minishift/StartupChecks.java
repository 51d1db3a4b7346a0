package io.github.cdkmaven.sim.minishift;

import io.github.cdkmaven.sim.Lie;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The checks of a start, before and after the VM boots: {@code -- <text> ... OK|SKIP|FAIL}. */
final class StartupChecks {

    private static final String SETUP_TOPIC =
            "See the 'Setting Up the Virtualization Environment' topic (https://docs.okd.io/latest/minishift/"
                    + "getting-started/setting-up-virtualization-environment.html) for more information";
    private static final String USAGE_TOPIC = "See the 'Basic Usage' topic"
            + " (https://docs.okd.io/latest/minishift/using/basic-usage.html) for more information";

    private final Session session;
    private final Settings settings;
    private final OpenshiftVersion openshift;

    StartupChecks(Session session, Settings settings, OpenshiftVersion openshift) {
        this.session = session;
        this.settings = settings;
        this.openshift = openshift;
    }

    private boolean areSkipped() {
        return session.generation().canSkipStartupChecks() && settings.isOn("skip-startup-checks");
    }

    void beforeBoot() {
        if (areSkipped()) {
            return;
        }
        SimulatedGeneration generation = session.generation();
        String driver = settings.text("vm-driver", "kvm");
        if (generation.checksDeprecation()) {
            check("deprecation", "Check if deprecated options are used", () -> true, "");
        }
        if (generation.checksRelease()) {
            release();
        }
        if (generation.checksVersionAndNameservers()) {
            OpenshiftVersion oldest = OpenshiftVersion.of(generation.minimumOpenshift());
            check(
                    "openshift-version",
                    "Checking if requested OpenShift version '" + openshift.text() + "' is supported",
                    () -> !openshift.isOlderThan(oldest),
                    "Minishift does not support OpenShift version " + openshift.text()
                            + ". You need to use a version >= " + oldest.text() + "\n");
        }
        check(
                "vm-driver",
                "Checking if requested hypervisor '" + driver + "' is supported on this platform",
                () -> List.of("kvm", "virtualbox").contains(driver),
                SETUP_TOPIC);
        hypervisor(driver);
        check("iso-url", "Checking the ISO URL", this::isoIsThere, USAGE_TOPIC);
    }

    private void release() {
        String host = session.version().releaseHost();
        boolean reachable = reaches(host, "release check");
        if (session.generation().printsReachability()) {
            session.call()
                    .println("-- Checking if https://" + host + " is reachable ... " + (reachable ? "OK" : "FAIL"));
        }
        String text = "Checking if requested OpenShift version '" + openshift.text() + "' is valid";
        if (reachable) {
            check("openshift-release", text, () -> true, "");
        } else {
            session.call().println("-- " + text + " ... SKIP");
        }
    }

    private void hypervisor(String driver) {
        boolean there = session.world().hasHypervisor();
        if (driver.equals("virtualbox")) {
            check("vbox-installed", "Checking if VirtualBox is installed", () -> there, SETUP_TOPIC);
            return;
        }
        check("kvm-driver", "Checking if KVM driver is installed", () -> there && announceDriver(), SETUP_TOPIC);
        check("kvm-driver", "Checking if Libvirt is installed", () -> !lies(Lie.NO_LIBVIRT), SETUP_TOPIC);
        check(
                "kvm-driver",
                "Checking if Libvirt default network is present",
                () -> !lies(Lie.NO_LIBVIRT_NETWORK),
                SETUP_TOPIC);
        check(
                "kvm-driver",
                "Checking if Libvirt default network is active",
                () -> !lies(Lie.LIBVIRT_NETWORK_INACTIVE),
                SETUP_TOPIC);
    }

    private boolean lies(Lie lie) {
        return session.world().lies(lie);
    }

    private boolean announceDriver() {
        session.call()
                .print("\n   Driver is available at /usr/local/bin/docker-machine-driver-kvm ... \n"
                        + "   Checking driver binary is executable ... ");
        return true;
    }

    private boolean isoIsThere() {
        String iso = settings.text("iso-url", "");
        return !iso.startsWith("file:") || Files.exists(Path.of(URI.create(iso).getPath()));
    }

    void afterBoot() {
        if (areSkipped()) {
            return;
        }
        check("instance-ip", "Checking for IP address", () -> true, "Error determining IP address");
        if (session.generation().checksVersionAndNameservers()) {
            check("nameservers", "Checking for nameservers", () -> true, "VM does not have any nameserver setup");
        }
        checkOrWarn(
                "network-ping",
                "Checking if external host is reachable from the Minishift VM",
                this::ping,
                "VM is unable to ping external host");
        checkOrWarn(
                "network-http",
                "Checking HTTP connectivity from the VM",
                this::curl,
                "VM cannot connect to external URL with HTTP");
        check("storage-mount", "Checking if persistent storage volume is mounted", () -> true, "");
        boolean full = session.world().lies(Lie.DISK_FULL);
        check(
                "storage-usage",
                "Checking available disk space",
                () -> {
                    session.call().print((full ? "96" : "14") + "% used ");
                    return !full;
                },
                "Insufficient disk space on the persistent storage volume");
    }

    private boolean ping() {
        String host = settings.text("check-network-ping-host", "8.8.8.8");
        session.call().print("\n   Pinging " + host + " ... ");
        return reaches(host, "ping from the VM");
    }

    private boolean curl() {
        String url = settings.text("check-network-http-host", "http://minishift.io/index.html");
        session.call().print("\n   Retrieving " + url + " ... ");
        String host = url.contains("//") ? URI.create(url).getHost() : url;
        return reaches(String.valueOf(host), "curl from the VM");
    }

    private boolean reaches(String host, String by) {
        boolean inside = session.world().isInside(host);
        if (!inside) {
            session.world().outside(host, by);
        }
        return inside;
    }

    private void check(String property, String text, BooleanSupplier passes, String reason) {
        check(property, text, passes, reason, false);
    }

    private void checkOrWarn(String property, String text, BooleanSupplier passes, String reason) {
        check(property, text, passes, reason, true);
    }

    private void check(String property, String text, BooleanSupplier passes, String reason, boolean warns) {
        session.call().print("-- " + text + " ... ");
        if (settings.isOn("skip-check-" + property)) {
            session.call().println("SKIP");
        } else if (passes.getAsBoolean()) {
            session.call().println("OK");
        } else {
            session.call().println("FAIL");
            if (!settings.isOn("warn-check-" + property, warns)) {
                throw ExitException.failure("   " + reason);
            }
            session.call().println("   " + reason);
        }
    }
}
