package io.github.cdkmaven.verify;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.Relocation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides where an image came from.
 *
 * <p>What docker remembers of a pull weighs more than a name: a name is a label that anybody can put on. An image that no registry gave was
 * loaded or built there; it counts as the registry's only when it is the same, byte for byte.
 *
 * @param registries the company's registries
 * @param allowed what the user accepts from elsewhere
 * @param search where the VM's docker looks for a name without a registry
 */
record OriginRule(Set<String> registries, AllowedImages allowed, SearchOrder search) {

    /** OpenShift 3's own registry: by the service network's addresses, of which it has the first, or by its service's name. */
    private static final Pattern INTEGRATED =
            Pattern.compile("(172\\.30\\.\\d+\\.\\d+|docker-registry\\.default\\.svc(\\.cluster\\.local)?)(:\\d+)?");

    OriginRule {
        registries = Set.copyOf(registries);
    }

    /** Whether what comes from a registry counts as internal: the company's, or the cluster's own. */
    boolean isInternal(String registry) {
        return registries.contains(registry) || INTEGRATED.matcher(registry).matches();
    }

    /** The verdict on one image. */
    Judgement judge(Evidence evidence) {
        Judgement found = evidence.pulledAs().isEmpty() ? byName(evidence) : byPulls(evidence.pulledAs());
        return found.isExternal() && allowed.matches(evidence.named())
                ? Judgement.allowed("accepted by <allowedImages>")
                : found;
    }

    private Judgement byPulls(List<ImageReference> pulls) {
        Optional<String> outside = pulls.stream()
                .map(OriginRule::host)
                .filter(host -> !isInternal(host))
                .findFirst();
        return outside.map(host -> Judgement.externalFrom(host, "pulled from " + host))
                .orElseGet(() -> Judgement.internal("pulled from " + host(pulls.get(0))));
    }

    private Judgement byName(Evidence evidence) {
        Optional<ImageReference> reference = References.parse(evidence.named());
        if (reference.flatMap(ImageReference::registry).filter(this::isInternal).isPresent()) {
            return Judgement.internal("named by the registry");
        }
        if (evidence.sameAsRegistrys()) {
            return Judgement.allowed(
                    "no registry gave it to the VM, and it is the same as the registry's, by its digest");
        }
        if (evidence.inStore()) {
            return Judgement.unproven("loaded or built in the VM, and not the same as the registry's");
        }
        return reference
                .map(this::byRegistry)
                .orElseGet(() -> Judgement.unproven("it has no name, and nothing tells where it came from"));
    }

    /** Docker Hub's names are searched for like those without a registry: the node takes the host away before it asks (OpenShift 3.9). */
    private Judgement byRegistry(ImageReference reference) {
        String host = host(reference);
        if (!host.equals(SearchOrder.HUB)) {
            return Judgement.externalFrom(host, "named by " + host);
        }
        Optional<String> outside = search.registries().stream()
                .filter(registry -> !isInternal(registry))
                .findFirst();
        return outside.map(registry -> Judgement.externalFrom(registry, "docker looks for it in " + registry))
                .orElseGet(() -> Judgement.internal("docker looks for it in " + search.registries() + " only"));
    }

    private static String host(ImageReference reference) {
        String name = Relocation.fullName(reference);
        return name.substring(0, name.indexOf('/'));
    }
}
