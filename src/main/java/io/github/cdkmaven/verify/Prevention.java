package io.github.cdkmaven.verify;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.Relocation;
import java.util.Optional;

/** Says which setting would have kept an image from outside away. */
final class Prevention {

    private final DaemonOptions asked;
    private final Optional<DaemonOptions> actual;
    private final Relocation relocation;
    private final String registry;

    Prevention(VerifyOrder order, Optional<DaemonOptions> actual) {
        this.asked = DaemonOptions.asked(order.settings());
        this.actual = actual;
        this.relocation = order.relocation();
        this.registry = order.settings().registry().toString();
    }

    /** How the verdict came about, and what would have prevented it. */
    String explain(String image, Judgement judgement) {
        return judgement.why() + "; "
                + judgement.source().map(this::block).orElse("mirror it and name it by the registry") + name(image);
    }

    private String block(String source) {
        if (!asked.blocks(source)) {
            return "<blockedRegistries> with " + source + " (-Dcdk.blockedRegistries) would have refused it";
        }
        return actual.filter(options -> options.blocks(source)).isPresent()
                ? source
                        + " is blocked now, but was not when it was pulled: 'minishift delete --force' and a new start give a clean VM"
                : source
                        + " is in <blockedRegistries>, but this VM was created without: 'minishift delete --force', then start again";
    }

    private String name(String image) {
        Optional<ImageReference> reference = References.parse(image);
        if (reference.isEmpty()) {
            return "";
        }
        return reference
                .flatMap(relocation::move)
                .map(target -> "; the registry's name for it is " + target)
                .orElseGet(() -> "; <mappings> has no rule that sends it to " + registry);
    }
}
