package io.github.cdkmaven.crc;

import io.github.cdkmaven.engine.Proxies;
import io.github.cdkmaven.registry.Registries;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the user wants of a start of OpenShift Local.
 *
 * @param registries the registries that images come from
 * @param blockedRegistries registries that the VM must not pull from
 * @param bundle what the VM is made of; absent for what crc has unpacked
 * @param pullSecretFile the user's own pull secret; absent for one that is made of the registries' logins
 * @param size the VM's properties
 * @param nameserver a DNS server of the VM
 * @param proxies the proxies of crc and the VM
 * @param configure when cluster objects are written
 */
public record CrcStartSettings(
        Registries registries,
        List<String> blockedRegistries,
        Optional<BundleSource> bundle,
        Optional<Path> pullSecretFile,
        Size size,
        Optional<String> nameserver,
        Proxies proxies,
        Configure configure) {

    public CrcStartSettings {
        blockedRegistries = List.copyOf(blockedRegistries);
    }

    /** Settings that say nothing of the VM but where its images come from, and where they must not come from. */
    public static CrcStartSettings of(Registries registries, List<String> blocked) {
        return new CrcStartSettings(
                registries,
                blocked,
                Optional.empty(),
                Optional.empty(),
                new Size(Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty(),
                Proxies.NONE,
                Configure.AUTO);
    }

    /** The same settings with these proxies. */
    public CrcStartSettings with(Proxies other) {
        return new CrcStartSettings(
                registries, blockedRegistries, bundle, pullSecretFile, size, nameserver, other, configure);
    }

    /** The same settings with a bundle and a size of the VM. */
    public CrcStartSettings with(Optional<BundleSource> otherBundle, Size otherSize) {
        return new CrcStartSettings(
                registries, blockedRegistries, otherBundle, pullSecretFile, otherSize, nameserver, proxies, configure);
    }

    /** The same settings with these properties of the start itself. */
    public CrcStartSettings with(Optional<Path> secret, Optional<String> server, Configure when) {
        return new CrcStartSettings(registries, blockedRegistries, bundle, secret, size, server, proxies, when);
    }

    /**
     * The size of the VM, each absent where crc's own setting counts.
     *
     * @param cpus the number of CPUs
     * @param memory in MiB
     * @param disk in GiB
     */
    public record Size(Optional<Integer> cpus, Optional<Integer> memory, Optional<Integer> disk) {}

    /** Whether cluster objects are written. */
    public enum Configure {
        /** On a VM that a build of ours has started. */
        AUTO,
        /** Also on one that a person has started. */
        TRUE,
        /** Never. */
        FALSE;

        /** Whether it means a VM. */
        boolean writes(boolean startedByBuild) {
            return this == TRUE || this == AUTO && startedByBuild;
        }
    }
}
