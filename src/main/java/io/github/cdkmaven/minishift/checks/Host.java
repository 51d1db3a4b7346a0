package io.github.cdkmaven.minishift.checks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What a VM finds on a machine.
 *
 * @param system its operating system
 * @param memory its memory in bytes
 * @param usable how many bytes can still be written to the disk of a folder that exists
 * @param search where programs are looked for
 * @param kvm the device of the kernel's hypervisor
 * @param directory where programs are run
 */
public record Host(
        OperatingSystem system, long memory, ToLongFunction<Path> usable, List<Path> search, Path kvm, Path directory) {

    /** The kinds of system that minishift runs on. */
    public enum OperatingSystem {
        LINUX("kvm"),
        MAC("hyperkit"),
        WINDOWS("hyperv");

        private final String driver;

        OperatingSystem(String driver) {
            this.driver = driver;
        }

        /** The hypervisor that minishift takes when it is not told (hyperkit since 1.32). */
        String defaultDriver() {
            return driver;
        }

        static OperatingSystem of(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            return lower.startsWith("windows") ? WINDOWS : lower.startsWith("mac") ? MAC : LINUX;
        }
    }

    /** The machine that this runs on. */
    public static Host thisMachine(List<Path> search) {
        OperatingSystemMXBean bean = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Host(
                OperatingSystem.of(System.getProperty("os.name", "")),
                bean.getTotalMemorySize(),
                folder -> folder.toFile().getUsableSpace(),
                search,
                Path.of("/dev/kvm"),
                Path.of("").toAbsolutePath());
    }
}
