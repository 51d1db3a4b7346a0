package io.github.cdkmaven.verify;

import io.github.cdkmaven.openshift.NamespaceSelection;
import io.github.cdkmaven.openshift.StreamItems.Item;
import io.github.cdkmaven.report.Check;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells which tags of ImageStreams stand for images outside: nobody has fetched those, but a build or a deployment would. */
final class CurrentItemsCheck {

    private static final String ID = "verify.streams";
    private static final String SUBJECT = "ImageStreams";
    private static final int SHOWN = 10;

    private CurrentItemsCheck() {}

    /** A check, if any tag of these namespaces, called by name or by glob, stands for an image at all. */
    static Optional<Check> of(List<Item> items, List<String> namespaces, OriginRule rule) {
        NamespaceSelection selection = new NamespaceSelection(namespaces);
        List<Item> current = items.stream()
                .filter(item -> item.current() && selection.includes(item.namespace()))
                .toList();
        List<String> outside = current.stream()
                .filter(item -> rule.judge(ImageOrigin.named(item.image())).isExternal())
                .map(item -> item.stream() + ":" + item.tag() + " (" + item.image() + ")")
                .toList();
        if (current.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                outside.isEmpty()
                        ? Check.ok(ID, SUBJECT, "All " + current.size() + " current items of tags are in the registry.")
                        : Check.warn(
                                ID,
                                SUBJECT,
                                outside.size() + " of " + current.size() + " current items of tags are outside: "
                                        + outside.stream().limit(SHOWN).collect(Collectors.joining(", "))
                                        + (outside.size() > SHOWN ? ", …" : ""),
                                "cdk:imagestreams moves them, where <mappings> has a rule for them and <includes> and <excludes> let it"));
    }
}
