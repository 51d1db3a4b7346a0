package io.github.cdkmaven.mirror;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.registry.ManifestAnswer;
import io.github.cdkmaven.registry.ManifestQuery;
import io.github.cdkmaven.registry.RegistryClient;
import io.github.cdkmaven.registry.RegistryClients;
import io.github.cdkmaven.registry.RegistryFailure;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the registry answers about the images of a plan.
 *
 * @param answers one for each image, in the plan's order
 */
public record Inventory(Map<MirrorImage, ManifestAnswer> answers) {

    /** How many times the limit of one question all images together may take. */
    private static final int ROUNDS = 4;

    /** How many images are asked for at once, of each registry. */
    public static final int PARALLELISM = 8;

    /** Asks for all images of a plan, in a time that follows from the limit of one question. */
    public static Inventory take(MirrorPlan plan, RegistryClients clients) {
        return take(plan, clients, limit(clients));
    }

    /** Asks for all images of a plan, with the configuration and the layers of each, in a time that follows from the limit of one question. */
    public static Inventory ofWholeImages(MirrorPlan plan, RegistryClients clients) {
        return ofWholeImages(plan, clients, limit(clients));
    }

    /** The same within some time. */
    public static Inventory ofWholeImages(MirrorPlan plan, RegistryClients clients, Duration within) {
        return take(plan, clients, (client, queries) -> client.wholeImages(queries, PARALLELISM, within));
    }

    private static Duration limit(RegistryClients clients) {
        return clients.registries().own().timeout().multipliedBy(ROUNDS);
    }

    /** A question for many images of one registry. */
    private interface Question {
        Map<ManifestQuery, ManifestAnswer> ask(RegistryClient client, Collection<ManifestQuery> queries);
    }

    /**
     * Asks for all images of a plan.
     *
     * @param within the time for all of it, for each registry
     */
    public static Inventory take(MirrorPlan plan, RegistryClients clients, Duration within) {
        return take(plan, clients, (client, queries) -> client.manifests(queries, PARALLELISM, within));
    }

    private static Inventory take(MirrorPlan plan, RegistryClients clients, Question question) {
        Map<String, List<MirrorImage>> byHost = plan.images().stream()
                .collect(Collectors.groupingBy(
                        image -> image.target().registry().orElseThrow(), TreeMap::new, Collectors.toList()));
        Map<MirrorImage, ManifestAnswer> found = new LinkedHashMap<>();
        byHost.forEach((host, images) -> found.putAll(ask(clients.client(host), images, question)));
        Map<MirrorImage, ManifestAnswer> inOrder = new LinkedHashMap<>();
        plan.images().forEach(image -> inOrder.put(image, found.get(image)));
        return new Inventory(inOrder);
    }

    private static Map<MirrorImage, ManifestAnswer> ask(
            RegistryClient client, List<MirrorImage> images, Question question) {
        Map<MirrorImage, ManifestQuery> queries = new LinkedHashMap<>();
        images.forEach(image -> queries.put(image, query(image.target())));
        Map<ManifestQuery, ManifestAnswer> answers = question.ask(client, queries.values());
        Map<MirrorImage, ManifestAnswer> byImage = new LinkedHashMap<>();
        queries.forEach((image, query) -> byImage.put(image, answers.get(query)));
        return byImage;
    }

    private static ManifestQuery query(ImageReference target) {
        return new ManifestQuery(target.path(), target.tagOrDigest());
    }

    /** Whether OpenShift can use what is there. */
    public static boolean isUsable(ManifestAnswer answer) {
        return answer instanceof ManifestAnswer.Unproven
                || answer instanceof ManifestAnswer.Found found && !found.otherArchitecture();
    }

    /**
     * Whether mirroring the image (again) is what helps, or may help: registries such as Quay and Harbor refuse access to what they do not hold, so
     * that nobody learns what there is.
     */
    public static boolean isToMirror(ManifestAnswer answer) {
        return answer instanceof ManifestAnswer.Missing
                || answer instanceof ManifestAnswer.Incomplete
                || isRefused(answer)
                || answer instanceof ManifestAnswer.OciOnly
                || answer instanceof ManifestAnswer.Found found && (found.otherArchitecture() || found.schema1());
    }

    /** Whether the registry refuses access to this image. */
    public static boolean isRefused(ManifestAnswer answer) {
        return answer instanceof RegistryFailure.Unauthorized || answer instanceof RegistryFailure.Forbidden;
    }

    /** The part of a plan that is still to be mirrored. */
    public MirrorPlan missingOf(MirrorPlan plan) {
        return plan.only(image -> isToMirror(answers.get(image)));
    }

    /** How large those are that OpenShift can use, by their manifests. */
    public HeldSize size(RegistryClients clients) {
        return HeldSize.of(this, clients);
    }

    /** How many images OpenShift can use. */
    public long usable() {
        return answers.values().stream().filter(Inventory::isUsable).count();
    }
}
