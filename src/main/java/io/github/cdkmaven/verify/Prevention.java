package io.github.cdkmaven.verify;

import io.github.cdkmaven.engine.RegistryPolicy;
import io.github.cdkmaven.image.References;
import io.github.cdkmaven.registry.Registries;
import java.util.Optional;

/** Says which setting would have kept an image from outside away. */
final class Prevention {

    /**
     * What a VM refuses.
     *
     * @param wanted what the POM asks for
     * @param actual what the VM has
     * @param recreate how to get a new VM
     */
    record Blocking(RegistryPolicy wanted, Optional<RegistryPolicy> actual, String recreate) {

        private String of(String source) {
            if (!wanted.blocks(source)) {
                return "<blockedRegistries> with " + source + " (-Dcdk.blockedRegistries) would have refused it";
            }
            return actual.filter(options -> options.blocks(source)).isPresent()
                    ? source + " is blocked now, but was not when it was pulled; for a clean VM: " + recreate
                    : source + " is in <blockedRegistries>, but this VM was created without it: " + recreate;
        }
    }

    private final Registries registries;
    private final Optional<Blocking> blocking;

    /**
     * Speaks of a cluster.
     *
     * @param blocking what its VM refuses; absent where it is not ours to say what is refused
     */
    Prevention(Registries registries, Optional<Blocking> blocking) {
        this.registries = registries;
        this.blocking = blocking;
    }

    /** How the verdict came about, and what would have prevented it. */
    String explain(String image, OriginVerdict verdict) {
        if (verdict.stream().isPresent()) {
            return verdict.why() + "; cdk:imagestreams moves that ImageStream if <mappings> has a rule for "
                    + verdict.source().orElse("its source");
        }
        return verdict.why() + "; "
                + verdict.source().map(this::block).orElse("make it be pulled from the registry instead")
                + name(image);
    }

    private String block(String source) {
        return blocking.map(vm -> vm.of(source))
                .orElse("let the pod name the registry's image, or let an administrator redirect " + source
                        + " to the registry with a mirror set");
    }

    private String name(String image) {
        return References.parse(image)
                .filter(reference -> !References.host(reference)
                        .equals(References.registry(registries.own().host())))
                .map(reference -> registries
                        .relocation()
                        .move(reference)
                        .map(target -> "; the registry's name for it is " + target)
                        .orElseGet(() -> "; <mappings> has no rule that sends it to "
                                + registries.own().name()))
                .orElse("");
    }
}
