package io.github.cdkmaven.verify;

import io.github.cdkmaven.engine.RegistryPolicy;
import io.github.cdkmaven.image.References;
import io.github.cdkmaven.registry.Registries;
import java.util.Optional;

/** Says which setting would have kept an image from outside away. */
final class Prevention {

    private final RegistryPolicy wanted;
    private final Optional<RegistryPolicy> actual;
    private final Registries registries;
    private final String recreate;

    /**
     * Speaks of a VM.
     *
     * @param recreate how to get a new one
     */
    Prevention(Registries registries, RegistryPolicy wanted, Optional<RegistryPolicy> actual, String recreate) {
        this.registries = registries;
        this.wanted = wanted;
        this.actual = actual;
        this.recreate = recreate;
    }

    /** How the verdict came about, and what would have prevented it. */
    String explain(String image, OriginVerdict verdict) {
        if (verdict.stream().isPresent()) {
            return verdict.why() + "; cdk:imagestreams moves that ImageStream, where <mappings> has a rule for "
                    + verdict.source().orElse("its source");
        }
        return verdict.why() + "; "
                + verdict.source().map(this::block).orElse("let the VM pull it from the registry instead")
                + name(image);
    }

    private String block(String source) {
        if (!wanted.blocks(source)) {
            return "<blockedRegistries> with " + source + " (-Dcdk.blockedRegistries) would have refused it";
        }
        return actual.filter(options -> options.blocks(source)).isPresent()
                ? source + " is blocked now, but was not when it was pulled; for a clean VM: " + recreate
                : source + " is in <blockedRegistries>, but this VM was created without: " + recreate;
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
