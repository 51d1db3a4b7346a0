package io.github.cdkmaven.verify;

import io.github.cdkmaven.openshift.NamespaceSelection;
import io.github.cdkmaven.openshift.StreamItems.Item;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells which tags of ImageStreams stand for images outside: nobody has fetched those, but a build or a deployment would. */
final class CurrentItemsCheck {

    private static final String ID = "verify.streams";
    private static final String SUBJECT = "ImageStreams";
    private static final int SHOWN = 10;

    private CurrentItemsCheck() {}

    /** A check, if any tag of these namespaces, called by name or by glob, stands for an image at all. */
    static Optional<Check> of(List<Item> items, List<String> namespaces, OriginJudge rule) {
        NamespaceSelection selection = new NamespaceSelection(namespaces);
        List<Item> current = items.stream()
                .filter(item -> item.current() && selection.includes(item.namespace()))
                .toList();
        Map<Verdict, List<String>> byVerdict = current.stream()
                .collect(Collectors.groupingBy(
                        item -> rule.judge(ImageOrigin.named(item.image())).verdict(),
                        Collectors.mapping(
                                item -> item.stream() + ":" + item.tag() + " (" + item.image() + ")",
                                Collectors.toList())));
        List<String> outside = byVerdict.getOrDefault(Verdict.EXTERNAL, List.of());
        List<String> unproven = byVerdict.getOrDefault(Verdict.UNPROVEN, List.of());
        if (current.isEmpty()) {
            return Optional.empty();
        }
        if (outside.isEmpty() && !unproven.isEmpty()) {
            return Optional.of(Check.warn(
                    ID,
                    SUBJECT,
                    unproven.size() + " of " + current.size()
                            + " current items of tags have public names, and nothing shows that they came from the registry: "
                            + shown(unproven),
                    "run cdk:imagestreams, which moves them to the registry"));
        }
        return Optional.of(
                outside.isEmpty()
                        ? Check.ok(ID, SUBJECT, "All " + current.size() + " current items of tags are in the registry.")
                        : Check.warn(
                                ID,
                                SUBJECT,
                                outside.size() + " of " + current.size() + " current items of tags are outside: "
                                        + shown(outside),
                                "run cdk:imagestreams, which moves them if <mappings> has a rule for them and <includes> and <excludes> allow it"));
    }

    private static String shown(List<String> items) {
        return items.stream().limit(SHOWN).collect(Collectors.joining(", ")) + (items.size() > SHOWN ? ", …" : "");
    }
}
