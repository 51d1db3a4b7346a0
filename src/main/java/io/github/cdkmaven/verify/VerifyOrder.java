package io.github.cdkmaven.verify;

import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.registry.RegistryAccess;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything that a proof of origin goes by.
 *
 * @param access how this machine speaks to the company's registry
 * @param relocation where images go
 * @param namespaces whose ImageStreams are looked at
 * @param settings what the VM is to have been started with
 * @param vm the VM that is looked at
 * @param generic whether the VM is somebody's machine, whose docker may hold and run other things beside the cluster
 * @param policy how the proof is to be made
 */
public record VerifyOrder(
        RegistryAccess access,
        Relocation relocation,
        List<String> namespaces,
        StartSettings settings,
        MachineFiles vm,
        boolean generic,
        VerifyPolicy policy) {

    public VerifyOrder {
        namespaces = List.copyOf(namespaces);
    }

    /** The registries from which an image may come. */
    Set<String> registries() {
        Set<String> registries = new LinkedHashSet<>();
        registries.add(settings.registry().host());
        registries.addAll(relocation.targetHosts());
        return registries;
    }

    /** What helps a VM that keeps what it was created with. */
    String recreate() {
        return vm.goal("delete") + ", then start again";
    }

    /** What the VM's docker was to be told. */
    DaemonOptions asked() {
        return DaemonOptions.asked(settings);
    }
}
