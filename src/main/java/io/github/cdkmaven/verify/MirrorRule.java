package io.github.cdkmaven.verify;

import io.github.cdkmaven.engine.Contents;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.References;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.openshift.MirrorSets;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.verify.RegistryProof.Held;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides where an image came from on an OpenShift 4, whose nodes pull through mirrors: what they have pulled from one keeps the name of its source, so
 * that a public name proves neither. Its digest does: what the registry does not hold cannot have come from it.
 *
 * @param names what is known by the names
 * @param machine what is known of the machine: what came with its image, and what its runtime is told
 * @param sets from where the nodes pull
 * @param blocked what they never ask, as far as the cluster tells
 * @param registries the company's registries
 * @param proof asks them
 */
record MirrorRule(
        OriginRule names,
        Contents machine,
        MirrorSets sets,
        List<String> blocked,
        Registries registries,
        RegistryProof proof)
        implements OriginJudge {

    MirrorRule {
        blocked = List.copyOf(blocked);
    }

    @Override
    public OriginVerdict judge(ImageOrigin evidence) {
        Optional<ImageReference> pulled =
                evidence.pulledAs().stream().findFirst().or(() -> References.parse(evidence.named()));
        if (pulled.flatMap(ImageReference::digest)
                .filter(machine.bundled()::contains)
                .isPresent()) {
            return OriginVerdict.bundled("came with the VM's own image");
        }
        OriginVerdict byName = names.judge(evidence);
        return switch (byName.verdict()) {
            case INTERNAL ->
                pulled.filter(this::mayBeElsewhere)
                        .map(image -> OriginVerdict.unproven(
                                byName.why() + ", but a mirror set sends that registry's images elsewhere"))
                        .orElse(byName);
            case EXTERNAL ->
                pulled.flatMap(names::source)
                        .map(image -> byDigest(image, byName))
                        .orElse(byName);
            default -> byName;
        };
    }

    private boolean mayBeElsewhere(ImageReference image) {
        return sets.targets(image).stream()
                .map(References::host)
                .flatMap(Optional::stream)
                .anyMatch(host -> !names.isInternal(host));
    }

    private OriginVerdict byDigest(ImageReference source, OriginVerdict byName) {
        if (sets.known() && !sets.covers(source)) {
            return byName;
        }
        if (source.digest().isEmpty()) {
            return OriginVerdict.unproven(byName.why() + ", perhaps by a mirror");
        }
        Held held = proof.holds(places(source).toList());
        String host = References.host(source);
        return switch (held) {
            case NO ->
                OriginVerdict.externalFrom(
                        host,
                        byName.why() + ", but the registry does not hold this digest: the pull bypassed the mirror");
            case UNKNOWN ->
                OriginVerdict.unproven(byName.why() + ", and the registry did not say whether it holds this digest");
            case YES ->
                isNeverAsked(source)
                        ? OriginVerdict.allowed("the registry holds its digest, and the nodes never contact " + host)
                        : OriginVerdict.unproven(byName.why()
                                + "; the registry holds this digest, but nothing keeps the nodes from contacting "
                                + host);
        };
    }

    /** Where the registry may have it. */
    private Stream<ImageReference> places(ImageReference source) {
        return Stream.concat(
                        sets.targets(source).stream()
                                .flatMap(name -> References.parse(name + source.suffix()).stream()),
                        registries.relocation().move(source).stream())
                .filter(place -> registries.hosts().contains(place.registry().orElse("")))
                .distinct();
    }

    /** As the node has it where its files can be read, else as the cluster says that it should be. */
    private boolean isNeverAsked(ImageReference source) {
        String name = Relocation.fullName(source);
        return machine.policy()
                .map(policy -> policy.blocked().stream().anyMatch(entry -> MirrorSets.isAtOrBelow(name, entry)))
                .orElseGet(() ->
                        sets.spares(source) || blocked.stream().anyMatch(entry -> MirrorSets.isAtOrBelow(name, entry)));
    }
}
