package io.github.cdkmaven.minishift.checks;

import io.github.cdkmaven.engine.ByteSize;
import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.StartOption;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.report.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** This machine: its hypervisor, and disk and memory for a VM that is still to be made. */
public final class HostCheck implements Supplier<List<Check>> {

    /** minishift's own defaults; before 1.23 it was content with 2 GB. */
    private static final String DEFAULT_MEMORY = "4GB";

    private static final String DEFAULT_DISK = "20GB";

    /** The ISO, a started OpenShift and its images take about this much of a disk that grows as it is written. */
    private static final long LEAST_DISK = bytes("5GB");

    private final StartSettings settings;
    private final MachineFiles files;
    private final Host host;

    public HostCheck(StartSettings settings, MachineFiles files, Host host) {
        this.settings = settings;
        this.files = files;
        this.host = host;
    }

    @Override
    public List<Check> get() {
        if (settings.isGeneric()) {
            return List.of(generic());
        }
        if (files.hasMachine()) {
            return List.of(Check.ok("host.vm", files.profile(), "the VM exists; its size and driver stay as they are"));
        }
        List<Check> checks = new ArrayList<>();
        checks.add(driver());
        checks.add(memory());
        checks.add(disk());
        return checks;
    }

    /** The generic driver takes a machine that is there, and has to be told where. */
    private Check generic() {
        List<String> missing = new ArrayList<>();
        for (StartOption option :
                List.of(StartOption.REMOTE_IP_ADDRESS, StartOption.REMOTE_SSH_USER, StartOption.REMOTE_SSH_KEY)) {
            if (!settings.options().containsKey(option)) {
                missing.add(option.parameter());
            }
        }
        return missing.isEmpty()
                ? Check.ok("host.driver", "generic", "a machine of your own, reached by SSH")
                : Check.fail(
                        "host.driver",
                        "generic",
                        "the driver 'generic' needs a machine: " + String.join(", ", missing)
                                + (missing.size() == 1 ? " is" : " are") + " missing",
                        "<" + missing.get(0) + "> (-Dcdk." + missing.get(0) + "=…)"
                                + (missing.size() == 1 ? "" : " and the other ones"));
    }

    /** A warning, since minishift itself says it in the first seconds, and knows more places to look. */
    private Check driver() {
        String driver = settings.first(StartOption.VM_DRIVER, host.system().defaultDriver());
        List<String> missing = new ArrayList<>();
        switch (driver) {
            case "kvm" -> {
                if (!Files.isReadable(host.kvm()) || !Files.isWritable(host.kvm())) {
                    missing.add(host.kvm() + " that this user may read and write");
                }
                need(missing, "docker-machine-driver-kvm");
            }
            case "virtualbox" -> need(missing, "VBoxManage");
            case "hyperkit", "xhyve" -> need(missing, "docker-machine-driver-" + driver);
            case "vmwarefusion" -> need(missing, "vmrun");
            case "hyperv" -> need(missing, "powershell");
            default -> {
                // minishift says itself what it does not know
            }
        }
        return missing.isEmpty()
                ? Check.ok("host.driver", driver, "found")
                : Check.warn(
                        "host.driver",
                        driver,
                        "the hypervisor seems not to be ready: there is no " + String.join(" and no ", missing),
                        "set it up as the CDK's installation guide says, or choose another: <vmDriver>virtualbox</vmDriver>"
                                + " (-Dcdk.vmDriver=…)");
    }

    private void need(List<String> missing, String program) {
        boolean found = host.search().stream()
                .anyMatch(folder -> Files.isExecutable(folder.resolve(program))
                        || Files.isExecutable(folder.resolve(program + ".exe")));
        if (!found) {
            missing.add(program + " on the PATH");
        }
    }

    /** None for a text that is no size, which is the settings' own finding. */
    private static long bytes(String size) {
        return ByteSize.parse(size).map(ByteSize::bytes).orElse(0L);
    }

    private Check memory() {
        String wanted = settings.first(StartOption.MEMORY, DEFAULT_MEMORY);
        String seen = "the VM takes " + ByteSize.words(bytes(wanted)) + " of " + ByteSize.words(host.memory());
        return bytes(wanted) < host.memory()
                ? Check.ok("host.memory", wanted, seen)
                : Check.warn(
                        "host.memory",
                        wanted,
                        seen + ", so this machine will swap",
                        "set a smaller <memory> (-Dcdk.memory=…), or use a machine with more");
    }

    private Check disk() {
        String wanted = settings.first(StartOption.DISK_SIZE, DEFAULT_DISK);
        Path folder = HomeCheck.existing(files.home().toAbsolutePath());
        long usable = host.usable().applyAsLong(folder);
        String seen =
                ByteSize.words(usable) + " are free, but the VM's disk may grow to " + ByteSize.words(bytes(wanted));
        String fix = "free disk space, or set another <home> (-Dcdk.home=…) or <diskSize> (-Dcdk.diskSize=…)";
        if (usable < Math.min(LEAST_DISK, bytes(wanted))) {
            return Check.fail("host.disk", folder.toString(), seen, fix);
        }
        return usable < bytes(wanted)
                ? Check.warn("host.disk", folder.toString(), seen, fix)
                : Check.ok("host.disk", folder.toString(), seen);
    }
}
