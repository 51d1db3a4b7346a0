package io.github.cdkmaven.report;

import io.github.cdkmaven.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that one goal did and found. A {@link ReportBuilder} collects it.
 *
 * @param goal the goal without its prefix, such as {@code start}
 * @param outcome how it ended
 * @param registry the company's registry, host[:port][/prefix]
 * @param cdk what is known of the CDK
 * @param checks in the order they were made
 * @param imageStreams by namespace and name
 * @param images in the order they were found
 * @param steps in the order they began
 * @param notes sentences worth reading that are neither a check nor a problem
 * @param problem what ended the goal, where something did
 * @param started when the goal began
 * @param took how long it ran
 */
public record RunReport(
        String goal,
        Outcome outcome,
        Optional<String> registry,
        CdkFacts cdk,
        List<Check> checks,
        List<StreamResult> imageStreams,
        List<ImageFinding> images,
        List<Step> steps,
        List<String> notes,
        Optional<Problem> problem,
        Instant started,
        Duration took) {

    public RunReport {
        checks = List.copyOf(checks);
        imageStreams = List.copyOf(imageStreams);
        images = List.copyOf(images);
        steps = List.copyOf(steps);
        notes = List.copyOf(notes);
    }

    /** What is to be found on disk while the goal runs, and for ever if it is killed: neither nothing, nor how an earlier run ended. */
    public RunReport unfinished() {
        Problem unfinished = Problem.of(
                "cdk:" + goal + " has not finished: it is still running, or it was killed.",
                "When no build is running any more, check the VM with 'mvn cdk:status', and run the goal again.");
        return new RunReport(
                goal,
                Outcome.FAILED,
                registry,
                cdk,
                checks,
                imageStreams,
                images,
                steps,
                notes,
                Optional.of(unfinished),
                started,
                took);
    }

    /** The run in numbers. */
    public Summary summary() {
        return Summary.of(imageStreams, images, took);
    }

    /** Whether a line stands in the evidence of what ended the goal, so that it needs no second place beside it. */
    boolean isEvidence(String line) {
        return evidence().anyMatch(told -> told.contains(line));
    }

    /** Whether what ended the goal tells of a cause. */
    boolean isEvidence(Cause cause) {
        return cause.checks().size() == 1
                ? isEvidence(cause.checks().get(0).toLine())
                : isEvidence(cause.toLine()) || evidence().anyMatch(told -> told.startsWith(cause.id() + ":"));
    }

    /** Whether what ended the goal tells of a tag, or of one that failed of the same reason. */
    boolean isEvidence(StreamTag failed) {
        return isEvidence(failed.fullName())
                || failedTags().anyMatch(one -> one.reason() == failed.reason() && isEvidence(one.fullName()));
    }

    private Stream<String> evidence() {
        return problem.stream().flatMap(known -> known.evidence().stream());
    }

    /** The checks that came out like this. */
    public List<Check> checks(CheckOutcome wanted) {
        return checks.stream().filter(check -> check.outcome() == wanted).toList();
    }

    /** The images with this verdict. */
    public List<ImageFinding> images(Verdict wanted) {
        return images.stream().filter(image -> image.verdict() == wanted).toList();
    }

    /** The tags that failed, each with its stream. */
    public Stream<StreamTag> failedTags() {
        return tags(TagOutcome.FAILED);
    }

    /** The tags that were left where they point to, by the registry that they name. */
    Map<String, List<StreamTag>> outsideTags() {
        return tags(TagOutcome.OUTSIDE)
                .collect(Collectors.groupingBy(one -> one.tag().source(), TreeMap::new, Collectors.toList()));
    }

    private Stream<StreamTag> tags(TagOutcome outcome) {
        return imageStreams.stream().flatMap(stream -> stream.tags().stream()
                .filter(tag -> tag.outcome() == outcome)
                .map(tag -> new StreamTag(stream, tag)));
    }

    /** A tag and its stream. */
    public record StreamTag(StreamResult stream, TagResult tag) {

        /** As OpenShift writes it: {@code openshift/jenkins:2}. */
        public String fullName() {
            return stream.fullName() + ":" + tag.tag();
        }

        /** The reason, {@link Reason#OTHER} where none was given. */
        public Reason reason() {
            return tag.reason().orElse(Reason.OTHER);
        }
    }
}
