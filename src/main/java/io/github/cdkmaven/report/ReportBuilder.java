package io.github.cdkmaven.report;

import io.github.cdkmaven.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Collects what a goal does and finds, from any thread, and gives a report at any moment.
 *
 * <p>A report says {@link Outcome#FAILED} until {@link #succeeded()} was called, so that one written while the goal
 * still ran, or died, never claims success.
 */
public final class ReportBuilder {

    private final String goal;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Instant started;
    private final long startedNanos;

    private Optional<String> registry = Optional.empty();
    private CdkFacts cdk = CdkFacts.none();
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, Map<String, Map<String, TagResult>>> streams = new TreeMap<>();
    private final List<ImageFinding> images = new ArrayList<>();
    private final List<RunningStep> steps = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<Problem> problem = Optional.empty();
    private boolean succeeded;
    private UnaryOperator<String> advice = UnaryOperator.identity();

    /** Starts the clock. The goal is named without its prefix, such as {@code start}. */
    public ReportBuilder(String goal) {
        this(goal, Clock.systemUTC(), System::nanoTime);
    }

    ReportBuilder(String goal, Clock clock, LongSupplier nanoTime) {
        this.goal = goal;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.started = clock.instant();
        this.startedNanos = nanoTime.getAsLong();
    }

    /** The company's registry, host[:port][/prefix]. */
    public synchronized ReportBuilder registry(String hostPortPrefix) {
        registry = Optional.of(hostPortPrefix);
        return this;
    }

    /** Facts about the CDK, which complete and overrule those already known. */
    public synchronized ReportBuilder cdk(CdkFacts facts) {
        cdk = cdk.updatedBy(facts);
        return this;
    }

    /** Fits each fix of a check to this build. */
    public synchronized ReportBuilder advising(UnaryOperator<String> fitting) {
        advice = fitting;
        return this;
    }

    /** A check. What two steps find alike is told once. */
    public synchronized ReportBuilder check(Check found) {
        Check check = new Check(
                found.id(),
                found.subject(),
                found.outcome(),
                found.message(),
                found.fix().map(advice));
        if (!checks.contains(check)) {
            checks.add(check);
        }
        return this;
    }

    /** What a check had doubts about has come out well since: it warns no longer. */
    public synchronized ReportBuilder settled(String id, String message) {
        checks.replaceAll(check -> check.id().equals(id) && check.outcome() == CheckOutcome.WARN
                ? Check.ok(id, check.subject(), message)
                : check);
        return this;
    }

    public synchronized ReportBuilder checks(Collection<Check> several) {
        several.forEach(this::check);
        return this;
    }

    /** A stream with its tags. A tag told before, such as planned, is replaced. */
    public synchronized ReportBuilder stream(StreamResult result) {
        Map<String, TagResult> tags = tagsOf(result.namespace(), result.name());
        result.tags().forEach(tag -> tags.put(tag.tag(), tag));
        return this;
    }

    /** Several streams, each as by {@link #stream}. */
    public synchronized ReportBuilder streams(Collection<StreamResult> results) {
        results.forEach(this::stream);
        return this;
    }

    /** One tag of a stream. If told before, such as planned, it is replaced and keeps its place. */
    public synchronized ReportBuilder tag(String namespace, String stream, TagResult tag) {
        tagsOf(namespace, stream).put(tag.tag(), tag);
        return this;
    }

    public synchronized ReportBuilder image(ImageFinding image) {
        images.add(image);
        return this;
    }

    public synchronized ReportBuilder images(Collection<ImageFinding> several) {
        images.addAll(several);
        return this;
    }

    /** A sentence worth reading that is neither a check nor a problem. */
    public synchronized ReportBuilder note(String sentence) {
        notes.add(sentence);
        return this;
    }

    /** What ended the goal. The first one tells the cause; what follows from it, as in a roll-back, becomes a note. */
    public synchronized ReportBuilder problem(Problem found) {
        if (problem.isEmpty()) {
            problem = Optional.of(found);
        } else {
            notes.add(found.what() + " Fix: " + found.fix());
        }
        return this;
    }

    /** The goal reached its end and is content. A problem outweighs it. */
    public synchronized ReportBuilder succeeded() {
        succeeded = true;
        return this;
    }

    /** A step that was timed elsewhere. */
    public synchronized ReportBuilder step(Step step) {
        steps.add(new RunningStep(step.name(), step.started(), 0, Optional.of(step.took())));
        return this;
    }

    /** Runs a piece of work as a step, which ends with it also when it fails. */
    public <T, X extends Exception> T step(String name, Work<T, X> work) throws X {
        RunningStep step = begin(name);
        try {
            return work.run();
        } finally {
            step.end();
        }
    }

    /** Begins a step. One that never ends is reported with its time so far. */
    public synchronized RunningStep begin(String name) {
        RunningStep step = new RunningStep(name, clock.instant(), nanoTime.getAsLong(), Optional.empty());
        steps.add(step);
        return step;
    }

    /** The report of what is known at this moment. */
    public synchronized RunReport build() {
        Outcome outcome = succeeded && problem.isEmpty() ? Outcome.OK : Outcome.FAILED;
        List<StreamResult> results = new ArrayList<>();
        streams.forEach((namespace, named) -> named.forEach(
                (name, tags) -> results.add(new StreamResult(namespace, name, List.copyOf(tags.values())))));
        return new RunReport(
                goal,
                outcome,
                registry,
                cdk,
                checks,
                results,
                images,
                steps.stream().map(RunningStep::toStep).toList(),
                notes,
                problem,
                started,
                since(startedNanos));
    }

    private Map<String, TagResult> tagsOf(String namespace, String stream) {
        return streams.computeIfAbsent(namespace, key -> new TreeMap<>())
                .computeIfAbsent(stream, key -> new LinkedHashMap<>());
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(nanoTime.getAsLong() - nanos);
    }

    /** A piece of work that gives a value and may fail. */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        T run() throws X;
    }

    /** A step that has begun. */
    public final class RunningStep {

        private final String name;
        private final Instant begun;
        private final long begunNanos;
        private Optional<Duration> took;

        private RunningStep(String name, Instant begun, long begunNanos, Optional<Duration> took) {
            this.name = name;
            this.begun = begun;
            this.begunNanos = begunNanos;
            this.took = took;
        }

        /** Ends the step. Ending it again changes nothing. */
        public void end() {
            synchronized (ReportBuilder.this) {
                if (took.isEmpty()) {
                    took = Optional.of(since(begunNanos));
                }
            }
        }

        private Step toStep() {
            return new Step(name, took.orElseGet(() -> since(begunNanos)), begun);
        }
    }
}
