package io.github.cdkmaven.streams;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.openshift.ImageStreams;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Retry.Pause;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.Reason;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import io.github.cdkmaven.report.TagResult;
import io.github.cdkmaven.streams.TagPlan.Action;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Moves the ImageStreams of a cluster: reads them once, plans, imports in lanes, and reads them again to see that it is so. */
public final class ImageStreamMove {

    /** Told of each stream that had something to be done, when it is done; from any thread, one call at a time. */
    @FunctionalInterface
    public interface Progress {
        void finished(StreamResult result, int done, int all, Duration took);
    }

    private static final Duration READ_BACK = Duration.ofSeconds(10);

    private final OpenShiftApi api;
    private final Registries registries;
    private final Streams streams;
    private final Progress progress;
    private final Pause pause;
    private final Planner planner;
    private final Deadline deadline;

    /** A move that is still to be run; its time begins now. */
    public ImageStreamMove(OpenShiftApi api, Registries registries, Streams streams, Progress progress) {
        this(api, registries, streams, progress, Pause.real());
    }

    ImageStreamMove(OpenShiftApi api, Registries registries, Streams streams, Progress progress, Pause pause) {
        this.api = api;
        this.registries = registries;
        this.streams = streams;
        this.progress = progress;
        this.pause = pause;
        this.planner = new Planner(registries, streams);
        this.deadline = Deadline.in(streams.limit());
    }

    /**
     * Moves all streams.
     *
     * @return what became of every tag of every stream, in the server's order
     * @throws io.github.cdkmaven.problem.ProblemException if the streams cannot be read at all
     */
    public List<StreamResult> run() {
        return run(plan());
    }

    /**
     * Reads all streams, and decides what is to be done with each.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the streams cannot be read at all
     */
    List<StreamPlan> plan() {
        return ImageStreams.read(api.within(deadline), streams.namespaces(), pause, planner::plan);
    }

    /** Until when all of it has to be done. */
    Deadline deadline() {
        return deadline;
    }

    /** What a stream would come to be, were it there. */
    StreamPlan plan(JsonNode stream) {
        return planner.plan(stream);
    }

    /** Asks the cluster's importer for what is to be imported, which it fetches and stores nowhere. */
    Map<StreamPlan, Map<TagPlan, ImportVerdict>> ask(List<StreamPlan> plans) {
        return new ImageStreamMove(api, registries, streams.planned(), (stream, done, all, took) -> {}, pause)
                .importAll(plans, Map.of(), new Refusals(false));
    }

    /** Does what was planned. */
    List<StreamResult> run(List<StreamPlan> plans) {
        return run(plans, Map.of(), new Refusals(!streams.dryRun()));
    }

    /**
     * Does what was planned on an OpenShift 4, but for what its configuration refuses.
     *
     * @param refused the tags that are not imported, and why
     */
    List<StreamResult> run(List<StreamPlan> plans, Map<StreamPlan, Map<TagPlan, ImportVerdict>> refused) {
        return run(plans, refused, new Refusals(false));
    }

    private List<StreamResult> run(
            List<StreamPlan> plans, Map<StreamPlan, Map<TagPlan, ImportVerdict>> refused, Refusals refusals) {
        Map<StreamPlan, Map<TagPlan, ImportVerdict>> verdicts = importAll(plans, refused, refusals);
        if (!verdicts.isEmpty() && !streams.dryRun()) {
            // Also when the imports have used up the time: what was imported is to be known.
            OpenShiftApi after = api.within(Deadline.in(deadline.left().plus(READ_BACK)));
            new ReadBack(after, pause).check(planner, verdicts);
        }
        return plans.stream()
                .map(plan -> result(plan, verdicts.getOrDefault(plan, Map.of())))
                .toList();
    }

    private Map<StreamPlan, Map<TagPlan, ImportVerdict>> importAll(
            List<StreamPlan> plans, Map<StreamPlan, Map<TagPlan, ImportVerdict>> refused, Refusals refusals) {
        List<StreamPlan> work =
                new ArrayList<>(plans.stream().filter(plan -> !plan.isInPlace()).toList());
        // The longest first, so that none is still under way when all others are done. Before them the shortest that is
        // imported: all others may have to wait for its answer, also to know whether to rewrite what is never imported.
        work.sort(Comparator.comparingInt(ImageStreamMove::length).reversed());
        long importing = work.stream().filter(plan -> length(plan) > 0).count();
        Collections.rotate(work.subList(0, Math.toIntExact(importing)), 1);
        Map<StreamPlan, Map<TagPlan, ImportVerdict>> verdicts = new HashMap<>();
        if (work.isEmpty()) {
            return verdicts;
        }
        ConcurrencyLimit lanes = new ConcurrencyLimit(streams.parallelism());
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.min(streams.parallelism(), work.size()), runnable -> {
                    Thread thread = new Thread(runnable, "cdk-import");
                    thread.setDaemon(true);
                    return thread;
                });
        try {
            List<Future<Map<TagPlan, ImportVerdict>>> running = new ArrayList<>();
            int[] done = {0};
            for (StreamPlan plan : work) {
                running.add(threads.submit(() -> {
                    long begin = System.nanoTime();
                    Map<TagPlan, ImportVerdict> mine =
                            importOne(plan, refused.getOrDefault(plan, Map.of()), lanes, refusals);
                    synchronized (done) {
                        progress.finished(
                                result(plan, mine),
                                ++done[0],
                                work.size(),
                                Duration.ofNanos(System.nanoTime() - begin));
                    }
                    return mine;
                }));
            }
            for (int i = 0; i < work.size(); i++) {
                verdicts.put(work.get(i), running.get(i).get());
            }
            return verdicts;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of("The imports were interrupted.", "run the goal again: it continues where it stopped")
                    .toException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an import thread failed: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** How much there is to import; nobody knows how many tags a repository has. */
    private static int length(StreamPlan plan) {
        return plan.imports().stream().anyMatch(TagPlan::isWhole)
                ? Integer.MAX_VALUE
                : plan.imports().size();
    }

    private Map<TagPlan, ImportVerdict> importOne(
            StreamPlan plan, Map<TagPlan, ImportVerdict> refused, ConcurrencyLimit lanes, Refusals refusals)
            throws InterruptedIOException {
        List<TagPlan> imports =
                plan.imports().stream().filter(tag -> !refused.containsKey(tag)).toList();
        Map<TagPlan, ImportVerdict> verdicts = new LinkedHashMap<>(refused);
        verdicts.putAll(new StreamImport(api, lanes, refusals, deadline, pause, streams.dryRun()).run(plan, imports));
        List<TagPlan> rewrites = plan.tags(Action.REWRITE);
        List<TagPlan> sourceless = verdicts.keySet().stream()
                .filter(tag -> tag.asRead().isPresent() && verdicts.get(tag).isSuccess())
                .toList();
        // Whoever follows a repository would lose the images that only the old one has.
        Optional<TagPlan> repository = plan.movedRepository()
                .filter(whole -> !whole.from().equals(whole.to()))
                .filter(whole -> verdicts.entrySet().stream()
                        .filter(entry ->
                                entry.getKey().isOf(whole) || entry.getKey().equals(whole))
                        .allMatch(entry -> entry.getValue().isSuccess()));
        boolean rewrite = !(rewrites.isEmpty() && sourceless.isEmpty() && repository.isEmpty());
        ImportVerdict rewritten = (rewrite && !streams.dryRun()
                        ? new StreamRewrite(api, refusals, deadline, pause).run(plan, rewrites, sourceless, repository)
                        : Optional.<ImportVerdict>empty())
                .orElse(new ImportVerdict(Optional.of(""), Optional.empty(), "", false));
        rewrites.forEach(tag -> verdicts.put(tag, rewritten));
        if (!streams.dryRun()) {
            repository.ifPresent(whole -> verdicts.put(whole, rewritten));
        }
        return verdicts;
    }

    private StreamResult result(StreamPlan plan, Map<TagPlan, ImportVerdict> verdicts) {
        List<TagResult> tags = new ArrayList<>();
        boolean leftBehind = !streams.dryRun()
                && plan.movedRepository()
                        .filter(whole -> !whole.from().equals(whole.to()) && !verdicts.containsKey(whole))
                        .isPresent();
        for (TagPlan tag : plan.tags()) {
            TagResult result = result(tag, Optional.ofNullable(verdicts.get(tag)));
            tags.add(leftBehind && tag.asRead().isPresent() ? imageAlone(result) : result);
        }
        Map<TagPlan, ImportVerdict> found = new LinkedHashMap<>(verdicts);
        plan.tags().forEach(found::remove);
        plan.repository().ifPresent(found::remove);
        found.forEach((tag, verdict) -> tags.add(result(tag, Optional.of(verdict))));
        plan.repository()
                .flatMap(repository -> repository(repository, Optional.ofNullable(verdicts.get(repository))))
                .ifPresent(tags::add);
        return new StreamResult(plan.namespace(), plan.name(), tags);
    }

    private static TagResult imageAlone(TagResult tag) {
        return tag.outcome() == TagOutcome.IMPORTED
                ? new TagResult(
                        tag.tag(),
                        tag.from(),
                        tag.to(),
                        tag.outcome(),
                        tag.digest(),
                        tag.reason(),
                        Optional.of(
                                "spec.dockerImageRepository stays as it is, since other tags of the repository failed"))
                : tag;
    }

    /** A repository is no tag: it is told of where it was left behind, since the stream would go on following it, and in a plan. */
    private Optional<TagResult> repository(TagPlan repository, Optional<ImportVerdict> verdict) {
        if (repository.action() == Action.OUTSIDE) {
            return Optional.of(TagResult.outside(repository.tag(), repository.from()));
        }
        if (streams.dryRun() && verdict.isEmpty()) {
            return Optional.of(TagResult.planned(repository.tag(), repository.from(), repository.to()));
        }
        return verdict.filter(failure -> !failure.isSuccess())
                .map(failure -> TagResult.failed(
                        repository.tag(),
                        repository.from(),
                        repository.to(),
                        failure.reason().orElse(Reason.OTHER),
                        "spec.dockerImageRepository: " + failure.message()));
    }

    private TagResult result(TagPlan tag, Optional<ImportVerdict> verdict) {
        return switch (tag.action()) {
            case SKIP ->
                tag.from().isEmpty()
                        ? TagResult.skipped(tag.tag(), tag.why())
                        : new TagResult(
                                tag.tag(),
                                Optional.of(tag.from()),
                                Optional.empty(),
                                TagOutcome.SKIPPED,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(tag.why()));
            case OUTSIDE -> TagResult.outside(tag.tag(), tag.from());
            case KEEP ->
                new TagResult(
                        tag.tag(),
                        Optional.empty(),
                        Optional.of(tag.to()),
                        TagOutcome.UNCHANGED,
                        tag.digest(),
                        Optional.empty(),
                        Optional.empty());
            case IMPORT, REWRITE ->
                verdict.map(outcome -> acted(tag, outcome))
                        .orElseGet(() -> TagResult.planned(tag.tag(), tag.from(), tag.to()));
        };
    }

    private TagResult acted(TagPlan tag, ImportVerdict verdict) {
        if (!verdict.isSuccess()) {
            return TagResult.failed(
                    tag.tag(), tag.from(), tag.to(), verdict.reason().orElse(Reason.OTHER), verdict.message());
        }
        return new TagResult(
                tag.tag(),
                Optional.of(tag.from()),
                Optional.of(tag.to()),
                streams.dryRun() ? TagOutcome.PLANNED : TagOutcome.IMPORTED,
                verdict.digest().filter(digest -> !digest.isEmpty()),
                Optional.empty(),
                tag.action() == Action.REWRITE
                        ? Optional.of("reference only: rewritten, never imported")
                        : Optional.empty());
    }
}
