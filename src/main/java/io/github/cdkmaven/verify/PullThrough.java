package io.github.cdkmaven.verify;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.References;
import io.github.cdkmaven.openshift.StreamItems.Item;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What stands behind the cluster's own registry: an image that nobody pushed there, it fetches from where the ImageStream's item names it,
 * whenever somebody asks (pull-through; the rule for tags with {@code referencePolicy: Local}, which all of xPaaS 3.11 have). It does so past
 * the options of the VM's docker.
 *
 * @param items the items of the ImageStreams that were looked at
 * @param namespaces in which namespaces; none for all
 */
record PullThrough(List<Item> items, List<String> namespaces) {

    PullThrough {
        items = List.copyOf(items);
        namespaces = List.copyOf(namespaces);
    }

    /** Whether the stream of an image in the cluster's own registry would be among the items, so that it can be told what stands behind it. */
    boolean covers(ImageReference image) {
        return namespaces.isEmpty() || namespaces.contains(image.path().replaceFirst("/.*", ""));
    }

    /** Whether a tag stands or stood for an image, which tells where it came from: what was pushed there has such an item, too. */
    boolean knows(ImageReference image) {
        return !itemsOf(image).isEmpty();
    }

    /** By its digest; what has none is what its tag stands for now. */
    private List<Item> itemsOf(ImageReference image) {
        String tag = image.tag().orElse("latest");
        return items.stream()
                .filter(item -> item.stream().equals(image.path()))
                .filter(item -> image.digest()
                        .map(item.digest()::equals)
                        .orElseGet(() -> item.current() && item.tag().equals(tag)))
                .toList();
    }

    /**
     * The item through which an image came from outside; empty where it was pushed, or came from inside.
     *
     * <p>What a tag stands for now is tried before what it stood for (origin {@code pkg/dockerregistry/server/remoteblobgetter.go}). Of several
     * that stand for the image now, one from inside is enough; of the older ones, one from outside is too many.
     */
    Optional<Item> outside(ImageReference image, Predicate<String> isInternal) {
        List<Item> same = itemsOf(image);
        List<Item> current = same.stream().filter(Item::current).toList();
        Predicate<Item> isOutside =
                item -> References.host(item.image()).filter(isInternal).isEmpty();
        if (current.isEmpty()) {
            return same.stream().filter(isOutside).findFirst();
        }
        return current.stream().allMatch(isOutside) ? Optional.of(current.get(0)) : Optional.empty();
    }
}
