package io.github.cdkmaven.verify;

import io.github.cdkmaven.image.Relocation;
import java.util.Optional;

/** Says which setting would have kept an image from outside away. */
final class Prevention {

    private final DaemonOptions asked;
    private final Optional<DaemonOptions> actual;
    private final Relocation relocation;
    private final String registry;
    private final String host;
    private final String recreate;

    Prevention(VerifyOrder order, Optional<DaemonOptions> actual) {
        this.asked = order.asked();
        this.actual = actual;
        this.relocation = order.relocation();
        this.registry = order.settings().registry().toString();
        this.host = order.settings().registry().host();
        this.recreate = order.recreate();
    }

    /** How the verdict came about, and what would have prevented it. */
    String explain(String image, OriginVerdict judgement) {
        if (judgement.stream().isPresent()) {
            return judgement.why() + "; cdk:imagestreams moves that ImageStream, where <mappings> has a rule for "
                    + judgement.source().orElse("its source");
        }
        return judgement.why() + "; "
                + judgement.source().map(this::block).orElse("let the VM pull it from the registry instead")
                + name(image);
    }

    private String block(String source) {
        if (!asked.blocks(source)) {
            return "<blockedRegistries> with " + source + " (-Dcdk.blockedRegistries) would have refused it";
        }
        return actual.filter(options -> options.blocks(source)).isPresent()
                ? source + " is blocked now, but was not when it was pulled; for a clean VM: " + recreate
                : source + " is in <blockedRegistries>, but this VM was created without: " + recreate;
    }

    private String name(String image) {
        return References.parse(image)
                .filter(reference -> !References.host(reference).equals(host))
                .map(reference -> relocation
                        .move(reference)
                        .map(target -> "; the registry's name for it is " + target)
                        .orElseGet(() -> "; <mappings> has no rule that sends it to " + registry))
                .orElse("");
    }
}
