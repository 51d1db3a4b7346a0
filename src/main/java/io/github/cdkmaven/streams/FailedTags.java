package io.github.cdkmaven.streams;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.Reason;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import io.github.cdkmaven.report.TagResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides whether tags that could not be moved fail the goal, and says which and why. */
final class FailedTags {

    private static final int SHOWN = 20;

    /** A failed tag, with its stream. */
    private record Failed(String fullName, TagResult tag) {

        Reason reason() {
            return tag.reason().orElse(Reason.OTHER);
        }

        String cause() {
            return reason().word() + ": " + tag.message().orElse("");
        }

        String toLine() {
            return fullName + "  " + tag.to().orElse("") + "  " + cause();
        }

        /** The registry that the whitelist lacks. */
        Optional<String> unlisted() {
            return tag.message()
                    .filter(Refusals::isWhitelist)
                    .flatMap(message -> tag.to())
                    .map(to -> to.split("/", 2)[0]);
        }
    }

    private final Streams streams;
    private final Registries registries;
    private final ImporterSettings settings;
    private final List<Failed> failed = new ArrayList<>();
    private long tried;
    private long inPlace;

    private FailedTags(List<StreamResult> results, Streams streams, Registries registries, ImporterSettings settings) {
        this.streams = streams;
        this.registries = registries;
        this.settings = settings;
        for (StreamResult stream : results) {
            for (TagResult tag : stream.tags()) {
                tried += tag.outcome() == TagOutcome.SKIPPED || tag.outcome() == TagOutcome.OUTSIDE ? 0 : 1;
                inPlace += tag.outcome() == TagOutcome.IMPORTED || tag.outcome() == TagOutcome.UNCHANGED ? 1 : 0;
                if (tag.outcome() == TagOutcome.FAILED && !streams.mayFail(stream.name(), tag.tag())) {
                    failed.add(new Failed(stream.fullName() + ":" + tag.tag(), tag));
                }
            }
        }
    }

    /** The problem that the failed tags are; empty if there are none that count. */
    static Optional<Problem> problem(
            List<StreamResult> results, Streams streams, Registries registries, ImporterSettings settings) {
        FailedTags tags = new FailedTags(results, streams, registries, settings);
        return tags.failed.isEmpty() ? Optional.empty() : Optional.of(tags.problem());
    }

    private Problem problem() {
        return Problem.of(what(), fix()).with(lines());
    }

    private String what() {
        String registry = registries.own().name().toString();
        String failure = failed.size() + " of " + tried + " image stream tags ";
        if (streams.dryRun()) {
            return failure + "would not be imported from " + registry + "; nothing was changed.";
        }
        String others = inPlace == tried - failed.size() ? "all others are" : inPlace + " are";
        return failure + "could not be imported from " + registry + (inPlace == 0 ? "." : "; " + others + " in place.");
    }

    /** One line for each cause: the same words about many tags are told once. */
    private List<String> lines() {
        Map<String, List<Failed>> causes =
                failed.stream().collect(Collectors.groupingBy(Failed::cause, LinkedHashMap::new, Collectors.toList()));
        List<String> lines = new ArrayList<>();
        causes.values()
                .forEach(tags -> lines.add(
                        tags.size() == 1
                                ? tags.get(0).toLine()
                                : tags.size() + " tags, such as " + tags.get(0).toLine()));
        int all = lines.size();
        if (all > SHOWN) {
            lines.subList(SHOWN, all).clear();
            lines.add("and " + (all - SHOWN) + " more, all of them in report.html");
        }
        return lines;
    }

    private String fix() {
        Set<String> fixes = new LinkedHashSet<>();
        failed.stream()
                .filter(tag -> tag.unlisted().isEmpty())
                .sorted(Comparator.comparing(Failed::reason))
                .forEach(tag -> fixes.add(ofCluster(tag).orElse(tag.reason().fix())));
        failed.stream()
                .filter(tag -> tag.unlisted().isPresent())
                .forEach(tag -> fixes.add(
                        ofCluster(tag).orElseGet(() -> entry(tag.unlisted().orElseThrow()))));
        return String.join(" ", fixes);
    }

    private Optional<String> ofCluster(Failed tag) {
        return settings.fix(
                tag.reason(),
                tag.tag().message().orElse(""),
                tag.tag().to().orElse("").split("/", 2)[0],
                registries.own().insecure());
    }

    /** The very entry of the whitelist, since a host without its port, or an insecure one without the mark, is not found on it. */
    private String entry(String host) {
        return "Let an administrator add '- {domainName: " + host
                + (registries.own().insecure() ? ", insecure: true" : "")
                + "}' to imagePolicyConfig.allowedRegistriesForImport in /etc/origin/master/master-config.yaml on each master,"
                + " and restart the master: OpenShift 3.7 to 3.9 imports from no other registry.";
    }
}
