package io.github.cdkmaven.verify;

import io.github.cdkmaven.engine.RegistryPolicy;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.References;
import io.github.cdkmaven.openshift.OwnRegistry;
import io.github.cdkmaven.openshift.StreamItems.Item;
import io.github.cdkmaven.report.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides where an image came from.
 *
 * <p>What docker remembers of a pull weighs more than a name: a name is a label that anybody can put on. An image that no registry gave was
 * loaded or built there; it counts as the registry's only when it is the same, byte for byte.
 *
 * @param registries the company's registries
 * @param allowed what the user accepts from elsewhere
 * @param searched where the VM's docker looks for a name without a registry, in its order
 * @param own the cluster's own registry
 * @param pullThrough what stands behind it
 */
record OriginRule(
        Set<String> registries, AllowedImages allowed, List<String> searched, OwnRegistry own, PullThrough pullThrough)
        implements OriginJudge {

    OriginRule {
        registries = registries.stream().map(References::registry).collect(Collectors.toUnmodifiableSet());
        searched = List.copyOf(searched);
    }

    /** Whether what comes from a registry counts as internal: the company's, or the cluster's own. */
    boolean isInternal(String registry) {
        return registries.contains(References.registry(registry)) || own.is(registry);
    }

    @Override
    public OriginVerdict judge(ImageOrigin evidence) {
        OriginVerdict found = evidence.pulledAs().isEmpty() ? byName(evidence) : byPulls(evidence.pulledAs());
        return found.isExternal() && allowed.matches(evidence.named())
                ? OriginVerdict.allowed("accepted by <allowedImages>")
                : found;
    }

    private OriginVerdict byPulls(List<ImageReference> pulls) {
        List<OriginVerdict> found =
                pulls.stream().map(pull -> byRegistry("pulled from", pull)).toList();
        return found.stream()
                .filter(OriginVerdict::isExternal)
                .findFirst()
                .or(() -> found.stream()
                        .filter(verdict -> verdict.verdict() == Verdict.UNPROVEN)
                        .findFirst())
                .orElse(found.get(0));
    }

    private OriginVerdict byName(ImageOrigin evidence) {
        Optional<ImageReference> reference = References.parse(evidence.named());
        boolean ours = reference.map(References::host).filter(this::isInternal).isPresent();
        if (evidence.sameAsRegistrys()) {
            String why = "not pulled from a registry, but its digest matches the registry's image";
            return ours ? OriginVerdict.internal(why) : OriginVerdict.allowed(why);
        }
        if (evidence.inStore()) {
            return OriginVerdict.untraced("loaded or built in the VM" + (ours ? " under the registry's name" : "")
                    + ", but different from the registry's");
        }
        return reference
                .map(this::byName)
                .orElseGet(() -> OriginVerdict.untraced("it has no name, and nothing shows where it came from"));
    }

    /** Docker Hub's names are searched for like those without a registry: the node takes the host away before it asks (OpenShift 3.9). */
    private OriginVerdict byName(ImageReference reference) {
        if (!References.host(reference).equals(RegistryPolicy.HUB)) {
            return byRegistry("named by", reference);
        }
        Optional<String> outside =
                searched.stream().filter(registry -> !isInternal(registry)).findFirst();
        return outside.map(registry -> OriginVerdict.externalFrom(registry, "docker looks for it in " + registry))
                .orElseGet(() -> OriginVerdict.internal("docker looks for it in " + searched + " only"));
    }

    private OriginVerdict byRegistry(String how, ImageReference image) {
        String host = References.host(image);
        if (!isInternal(host)) {
            return OriginVerdict.externalFrom(host, how + " " + host);
        }
        if (registries.contains(host)) {
            return OriginVerdict.internal(how + " " + host);
        }
        if (!pullThrough.covers(image)) {
            return OriginVerdict.unproven(
                    how + " " + host + ", whose ImageStream this user may not see: " + image.path());
        }
        if (!pullThrough.knows(image)) {
            return OriginVerdict.unproven(
                    how + " " + host + ", and no ImageStream tells where it has it from: " + image.path());
        }
        return pullThrough
                .outside(image, this::isInternal)
                .map(item -> passedOn(how + " " + host, item))
                .orElseGet(() -> OriginVerdict.internal(how + " " + host));
    }

    /** The image outside for which one stands: itself, or what the cluster's own registry fetches for it. */
    Optional<ImageReference> source(ImageReference image) {
        return isInternal(References.host(image))
                ? pullThrough.outside(image, this::isInternal).flatMap(item -> References.parse(item.image()))
                : Optional.of(image);
    }

    private static OriginVerdict passedOn(String how, Item item) {
        String source = References.host(item.image()).orElse(item.image());
        return OriginVerdict.passedOn(
                source,
                item.stream(),
                how + ", which has it from " + source + " (ImageStream " + item.stream() + ":" + item.tag() + ")");
    }
}
