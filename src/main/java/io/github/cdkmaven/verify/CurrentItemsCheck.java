package io.github.cdkmaven.verify;

import io.github.cdkmaven.openshift.CurrentItems.Item;
import io.github.cdkmaven.report.Check;
import java.util.List;
import java.util.Optional;

/** Tells which tags of ImageStreams stand for images outside: nobody has fetched those, but a build or a deployment would. */
final class CurrentItemsCheck {

    private static final String ID = "verify.streams";
    private static final String SUBJECT = "ImageStreams";
    private static final int SHOWN = 10;

    private CurrentItemsCheck() {}

    /** A check, if any tag stands for an image at all. */
    static Optional<Check> of(List<Item> items, OriginRule rule) {
        List<String> outside = items.stream()
                .filter(item -> rule.judge(Evidence.named(item.image())).isExternal())
                .map(item -> item.stream() + ":" + item.tag() + " (" + item.image() + ")")
                .toList();
        if (items.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                outside.isEmpty()
                        ? Check.ok(ID, SUBJECT, "All " + items.size() + " current items of tags are in the registry.")
                        : Check.warn(
                                ID,
                                SUBJECT,
                                outside.size() + " of " + items.size() + " current items of tags are outside: "
                                        + String.join(", ", outside.subList(0, Math.min(SHOWN, outside.size())))
                                        + (outside.size() > SHOWN ? ", …" : ""),
                                "cdk:imagestreams moves them, where <mappings> has a rule for them and <includes> and <excludes> let it"));
    }
}
