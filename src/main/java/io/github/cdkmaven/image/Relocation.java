package io.github.cdkmaven.image;

import io.github.cdkmaven.problem.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Moves references from the public registries to the company's, by ordered rules of which the longest match wins.
 *
 * <p>Only the matched prefix is replaced: the rest of the path, the tag and the digest keep their bytes. A reference that lies at a
 * target already is left alone, whatever else would match, so that moving twice equals moving once.
 */
public final class Relocation {

    private final List<Mapping> mappings;

    /**
     * Takes the rules.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if one rule can never apply
     */
    public Relocation(List<Mapping> mappings) {
        this.mappings = List.copyOf(mappings);
        for (int i = 0; i < mappings.size(); i++) {
            checkReachable(i);
        }
    }

    /** The rules that serve most sites: Red Hat's two registries and Docker Hub, each to the given registry. */
    public static Relocation byDefault(RegistryName registry) {
        return new Relocation(List.of("registry.access.redhat.com", "registry.redhat.io", Mapping.HUB).stream()
                .filter(host -> !Mapping.canonical(registry.host()).equals(host))
                .map(host -> new Mapping(host, registry.toString()))
                .toList());
    }

    private void checkReachable(int index) {
        Mapping rule = mappings.get(index);
        for (int i = 0; i < mappings.size(); i++) {
            Mapping other = mappings.get(i);
            if (i < index && other.from().equals(rule.from())) {
                throw unreachable(rule, "an earlier rule is for the same source");
            }
            if (rule.from().equals(Mapping.canonical(other.to())) || other.isTargetOf(rule.from())) {
                throw unreachable(
                        rule,
                        "its source lies at the target '" + other.to()
                                + "', and images at a target are not moved again");
            }
        }
    }

    private static RuntimeException unreachable(Mapping rule, String why) {
        return Problem.of(
                        "Parameter 'mappings' holds '" + rule.from() + "=" + rule.to() + "', which can never apply: "
                                + why + ".",
                        "remove this <mapping> from <mappings> (-Dcdk.mappings), or give it another source")
                .toException();
    }

    /** The rules, in their order. */
    public List<Mapping> mappings() {
        return mappings;
    }

    /** The registries to which the rules send images, each once. */
    public List<String> targetHosts() {
        return mappings.stream()
                .map(mapping -> mapping.to().split("/", 2)[0])
                .distinct()
                .toList();
    }

    /** Where the reference goes; empty when no rule is for it or when it is there already. */
    public Optional<ImageReference> move(ImageReference reference) {
        return isAtTarget(reference) ? Optional.empty() : newName(reference).map(reference::under);
    }

    /** Where a repository's name goes; the same rules as for whole references. */
    private Optional<String> newName(ImageReference reference) {
        String fullName = fullName(reference);
        return mappings.stream()
                .filter(mapping -> mapping.restOf(fullName).isPresent())
                .max(Comparator.comparingInt((Mapping mapping) -> mapping.from().length()))
                .flatMap(mapping -> mapping.restOf(fullName).map(rest -> mapping.to() + rest));
    }

    /** Whether the reference lies where one of the rules sends images. */
    public boolean isAtTarget(ImageReference reference) {
        return mappings.stream().anyMatch(mapping -> mapping.isTargetOf(reference.name()));
    }

    /** Whether a rule would still move the reference. */
    public boolean isMapped(ImageReference reference) {
        return !isAtTarget(reference) && newName(reference).isPresent();
    }

    /**
     * The name in full and in one spelling: with what Docker Hub's short forms leave out ({@code mysql} is {@code docker.io/library/mysql}), and
     * with its host in lower case and without the default port.
     */
    public static String fullName(ImageReference reference) {
        String registry = reference.registry().map(Mapping::canonical).orElse(Mapping.HUB);
        boolean official = registry.equals(Mapping.HUB) && !reference.path().contains("/");
        return registry + "/" + (official ? "library/" : "") + reference.path();
    }
}
