package io.github.cdkmaven.preflight;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.mirror.Inventory;
import io.github.cdkmaven.mirror.MirrorImage;
import io.github.cdkmaven.mirror.MirrorPlan;
import io.github.cdkmaven.mirror.Purpose;
import io.github.cdkmaven.registry.ManifestAnswer;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.RegistryFailure;
import io.github.cdkmaven.report.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The images: each one that will be needed is there, in a form that OpenShift 3.x reads, or it is told why not. */
final class ImagesCheck {

    /** What the check of an image is called that the registry does not hold. */
    static final String MISSING = "image.missing";

    /** More are counted, and told by the lists. */
    private static final int SHOWN = 3;

    private final MirrorPlan plan;
    private final Inventory inventory;
    private final Predicate<Purpose> mayLack;
    private final String lists;
    private final Registries registries;

    /**
     * A check of what was found.
     *
     * @param mayLack whether a goal goes on without the image of a use
     * @param lists where the lists of what is missing are, for messages
     * @param registries who was asked, with which login
     */
    ImagesCheck(MirrorPlan plan, Inventory inventory, Predicate<Purpose> mayLack, String lists, Registries registries) {
        this.plan = plan;
        this.inventory = inventory;
        this.mayLack = mayLack;
        this.lists = lists;
        this.registries = registries;
    }

    List<Check> run() {
        List<Check> checks = new ArrayList<>();
        long usable = inventory.usable();
        // On a cluster whose streams were moved already, none may be needed: then there is nothing to say of it.
        if (!plan.isEmpty()) {
            checks.add(
                    usable == 0
                            ? Check.warn(
                                    "image.found",
                                    hosts(),
                                    "none of the " + plan.images().size() + " images is in the registry",
                                    "if they are mirrored already, correct the path in <registry> (-Dcdk.registry=…) or in <mappings>"
                                            + " (-Dcdk.mappings=…)")
                            : Check.ok(
                                    "image.found",
                                    hosts(),
                                    usable + " of " + plan.images().size() + " images are in the registry"));
        }
        checks.addAll(unanswered());
        checks.addAll(unproven());
        Set<MirrorImage> closed = closed(checks);
        inventory.answers().forEach((image, answer) -> {
            if (!closed.contains(image)
                    && !(answer instanceof ManifestAnswer.Unproven)
                    && !isAboutTheRegistry(answer)
                    && (!Inventory.isUsable(answer) || Inventory.isToMirror(answer))) {
                checks.add(finding(image, answer));
            }
        });
        checks.addAll(unmapped());
        return checks;
    }

    private String hosts() {
        return plan.images().stream()
                .flatMap(image -> image.target().registry().stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** No answer says nothing about the image: told once for each registry and reason. */
    private List<Check> unanswered() {
        Map<RegistryFailure, List<MirrorImage>> byReason = new LinkedHashMap<>();
        inventory.answers().forEach((image, answer) -> {
            if (isAboutTheRegistry(answer)) {
                byReason.computeIfAbsent((RegistryFailure) answer, reason -> new ArrayList<>())
                        .add(image);
            }
        });
        List<Check> checks = new ArrayList<>();
        byReason.forEach((reason, images) -> checks.add(Check.fail(
                id(reason),
                images.get(0).target().registry().orElseThrow(),
                images.size() + (images.size() == 1 ? " image" : " images") + " could not be checked: "
                        + reason.words(),
                reason.fix())));
        return checks;
    }

    /** Who has no login, or one that opens nothing, is refused many images for one reason: told once for each registry. */
    private Set<MirrorImage> closed(List<Check> checks) {
        Map<String, List<MirrorImage>> byHost = new TreeMap<>();
        inventory.answers().forEach((image, answer) -> {
            String host = image.target().registry().orElseThrow();
            if (Inventory.isRefused(answer)
                    && (registries.at(host).credentials().isEmpty() || opensNothing(host))) {
                byHost.computeIfAbsent(host, key -> new ArrayList<>()).add(image);
            }
        });
        byHost.values().removeIf(images -> images.size() <= SHOWN);
        byHost.forEach((host, images) -> {
            ManifestAnswer answer = inventory.answers().get(images.get(0));
            String message = images.size()
                    + (registries.at(host).credentials().isEmpty()
                            ? " images require a login, but none was sent: "
                            : " images are refused for this login: ")
                    + answer.words();
            String fix =
                    answer.fix() + " Missing images may be refused in the same way: the lists are in " + lists + ".";
            checks.add(
                    images.stream().allMatch(this::goesOnWithout)
                            ? Check.warn(id(answer), host, message, fix)
                            : Check.fail(id(answer), host, message, fix));
        });
        return byHost.values().stream().flatMap(List::stream).collect(Collectors.toSet());
    }

    private boolean opensNothing(String host) {
        return inventory.answers().entrySet().stream()
                .filter(entry ->
                        entry.getKey().target().registry().orElseThrow().equals(host))
                .noneMatch(entry -> Inventory.isUsable(entry.getValue()));
    }

    /** A slow proxy repository, told once for each registry. */
    private List<Check> unproven() {
        Map<String, List<ManifestAnswer.Unproven>> byHost = new TreeMap<>();
        inventory.answers().forEach((image, answer) -> {
            if (answer instanceof ManifestAnswer.Unproven unproven) {
                byHost.computeIfAbsent(image.target().registry().orElseThrow(), host -> new ArrayList<>())
                        .add(unproven);
            }
        });
        List<Check> checks = new ArrayList<>();
        byHost.forEach((host, images) -> checks.add(Check.warn(
                "image.unproven",
                host,
                images.size()
                        + (images.size() == 1 ? " image is " : " images are ")
                        + images.get(0).words(),
                images.get(0).fix())));
        return checks;
    }

    private static boolean isAboutTheRegistry(ManifestAnswer answer) {
        return answer instanceof RegistryFailure && !Inventory.isRefused(answer);
    }

    private Check finding(MirrorImage image, ManifestAnswer answer) {
        String subject = image.target().toString();
        String message = answer.words() + "; needed for " + image.purpose();
        String fix = fix(answer)
                + (Inventory.isToMirror(answer)
                        ? " The lists of what to mirror, for the registry's team, are in " + lists + "."
                        : "");
        return Inventory.isUsable(answer) || goesOnWithout(image)
                ? Check.warn(id(answer), subject, message, fix)
                : Check.fail(id(answer), subject, message, fix);
    }

    /** The registry was content with the login, and not for this image: what Quay and Harbor also say of what they do not hold. */
    private static String fix(ManifestAnswer answer) {
        return Inventory.isRefused(answer)
                ? "Mirror the image (Quay and others also give this answer for images that they do not have), or grant pull access to the account in"
                        + " <registryServerId> (-Dcdk.registryServerId=…)."
                : answer.fix();
    }

    private boolean goesOnWithout(MirrorImage image) {
        return image.optional() || image.uses().stream().allMatch(mayLack);
    }

    private static String id(ManifestAnswer answer) {
        if (answer instanceof ManifestAnswer.Found found) {
            return found.otherArchitecture() ? "image.architecture" : "image.schema1";
        }
        if (answer instanceof ManifestAnswer.OciOnly) {
            return "image.ociOnly";
        }
        if (answer instanceof ManifestAnswer.Incomplete) {
            return "image.incomplete";
        }
        if (answer instanceof ManifestAnswer.Missing) {
            return MISSING;
        }
        if (answer instanceof RegistryFailure.Unauthorized) {
            return "image.unauthorized";
        }
        return answer instanceof RegistryFailure.Forbidden ? "image.forbidden" : "image.unanswered";
    }

    private List<Check> unmapped() {
        Map<String, Set<ImageReference>> byHost = plan.unmapped().stream()
                .collect(Collectors.groupingBy(
                        image -> image.registry().orElse("docker.io"), TreeMap::new, Collectors.toSet()));
        List<Check> checks = new ArrayList<>();
        byHost.forEach((host, images) -> checks.add(Check.warn(
                "image.unmapped",
                host,
                images.size() + (images.size() == 1 ? " image is" : " images are")
                        + " covered by no mapping and would be pulled from public registries: "
                        + images.stream()
                                .map(ImageReference::toString)
                                .sorted()
                                .limit(SHOWN)
                                .collect(Collectors.joining(", "))
                        + (images.size() > SHOWN ? " …" : ""),
                "<mapping>" + host
                        + "=…</mapping> in <mappings>, in addition to the others (-Dcdk.mappings=…), or <excludes>")));
        return checks;
    }
}
