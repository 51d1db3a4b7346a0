package io.github.cdkmaven.streams;

import io.github.cdkmaven.engine.ClusterConfiguration;
import io.github.cdkmaven.openshift.MirrorSets;
import io.github.cdkmaven.openshift.NamespaceSelection;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.openshift.SamplesConfig;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Beside;
import io.github.cdkmaven.process.Retry.Pause;
import io.github.cdkmaven.registry.ImageFormats;
import io.github.cdkmaven.registry.Parallel;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the ImageStreams, tells of it as it goes, and fails if tags failed that count. */
public final class StreamMoving {

    private static final Logger LOG = LoggerFactory.getLogger(StreamMoving.class);

    /** Each is one more connection to the cluster. */
    private static final int STORED_AT_ONCE = 4;

    private final Registries registries;
    private final Streams streams;
    private Optional<Reading> begun = Optional.empty();

    /** What is read of a cluster before anything is moved, side by side. */
    private record Reading(
            MoveLog log, ImageStreamMove move, Beside<List<StreamPlan>> plans, Beside<ImporterSettings> importer) {}

    /** A move that is still to be run. */
    public StreamMoving(Registries registries, Streams streams) {
        this.registries = registries;
        this.streams = streams;
    }

    /** What the user behind an API must be allowed to do, so that the streams of the namespaces that are called by name can be moved. */
    public List<Permission> permissions() {
        return permissions(new NamespaceSelection(streams.namespaces()).named());
    }

    private List<Permission> permissions(List<String> namespaces) {
        if (streams.skip()) {
            return List.of();
        }
        List<Permission> permissions = new ArrayList<>(Permission.toMove(namespaces));
        if (!streams.dryRun() && wantsLogin()) {
            permissions.addAll(Permission.toStoreSecrets(namespaces));
        }
        return permissions;
    }

    private boolean wantsLogin() {
        return registries.all().stream()
                .anyMatch(registry -> registry.credentials().isPresent());
    }

    /** What would let the move fail on an OpenShift 4 that is not to be configured, whatever the registry holds. */
    public Optional<Check> obstacle(OpenShiftApi api) {
        return SamplesStreams.foresee(api, registries, streams.namespaces());
    }

    /** Begins to read the streams, beside what else has to be known before they are moved. A failure shows when they are to be moved. */
    public synchronized void begin(OpenShiftApi api) {
        if (!streams.skip() && begun.isEmpty()) {
            begun = Optional.of(read(api));
        }
    }

    /**
     * Does what has to succeed before anything is moved. Where it fails, what has begun is ended: the log of a later goal would tell how it goes
     * on.
     */
    public <T> T before(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            end();
            throw e;
        }
    }

    private synchronized void end() {
        begun.ifPresent(reading -> {
            reading.plans().end();
            reading.importer().end();
        });
    }

    private synchronized Reading reading(OpenShiftApi api) {
        return begun.orElseGet(() -> read(api));
    }

    private Reading read(OpenShiftApi api) {
        MoveLog log = MoveLog.here();
        ImageStreamMove move = new ImageStreamMove(api, registries, streams, log);
        return new Reading(
                log,
                move,
                Beside.begin("cdk-streams", move::plan),
                Beside.begin("cdk-importer", () -> ImporterSettings.of(api)));
    }

    /**
     * Moves them.
     *
     * @param configuration whether the operators of an OpenShift 4 may be told of the registry
     * @throws io.github.cdkmaven.problem.ProblemException if the streams cannot be read, or if tags failed that count
     */
    public void run(OpenShiftApi api, ClusterConfiguration configuration, ReportBuilder report) {
        Reading reading = reading(api);
        List<StreamResult> moved = move(api, configuration, reading, report);
        ImporterSettings settings = reading.importer().get();
        List<StreamResult> results = judged(moved, settings);
        report.streams(results);
        report.checks(settings.checks(registries));
        if (!settings.dialect().imageConfig() && anyFromRegistry(results)) {
            report.settled("cluster.additionalTrustedCA", "the importer of this cluster takes images from there");
        }
        if (streams.dryRun()) {
            MoveLog.plan(results).forEach(LOG::info);
            settings.unforeseen().ifPresent(report::note);
        }
        List<Check> empty = empty(results);
        report.checks(empty);
        if (!results.isEmpty()) {
            MoveLog.unchanged(results).ifPresent(LOG::info);
        } else if (empty.isEmpty()) {
            LOG.warn("There are no ImageStreams in {}", streams.namespaces());
        }
        MoveLog.payload(results, () -> MirrorSets.of(api)).ifPresent(report::note);
        MoveLog.outside(results, registries.own().name().toString()).forEach(LOG::warn);
        Optional<Problem> problem = FailedTags.problem(results, streams, registries, settings);
        if (problem.isPresent()) {
            throw problem.get().toException();
        }
    }

    /** A namespace that was not found is not refused to an administrator: it has nothing in it. */
    private List<Check> empty(List<StreamResult> results) {
        Set<String> found = results.stream().map(StreamResult::namespace).collect(Collectors.toSet());
        return new NamespaceSelection(streams.namespaces())
                .named().stream()
                        .filter(namespace -> !found.contains(namespace))
                        .map(namespace -> Check.warn(
                                "imagestreams.none",
                                "namespace " + namespace,
                                "has no ImageStreams, if it is there at all",
                                "see whether <namespaces> (-Dcdk.namespaces) names the right ones: 'oc get imagestreams -n "
                                        + namespace + "'"))
                        .toList();
    }

    /** Whether an image came from the registry, so that its certificate was accepted. */
    private boolean anyFromRegistry(List<StreamResult> results) {
        return results.stream()
                .flatMap(stream -> stream.tags().stream())
                .filter(tag -> tag.outcome() == TagOutcome.IMPORTED || tag.outcome() == TagOutcome.UNCHANGED)
                .filter(tag -> tag.digest().isPresent())
                .flatMap(tag -> tag.to().stream())
                .anyMatch(to -> to.startsWith(registries.own().host() + "/"));
    }

    private List<StreamResult> judged(List<StreamResult> moved, ImporterSettings settings) {
        List<StreamResult> results =
                settings.dialect().formats() == ImageFormats.DOCKER ? new OciOnlyTags(registries).ask(moved) : moved;
        return streams.dryRun() ? settings.foreseen(results, registries.own().insecure()) : results;
    }

    private List<StreamResult> move(
            OpenShiftApi api, ClusterConfiguration configuration, Reading reading, ReportBuilder report) {
        NamespaceSelection selection = new NamespaceSelection(streams.namespaces());
        ImageStreamMove move = reading.move();
        try {
            List<StreamPlan> plans = permitted(api, selection, reading.plans().get(), report);
            ImporterSettings settings = reading.importer().get();
            if (!streams.dryRun()) {
                Set<String> importing = importing(plans, selection.named());
                if (settings.dialect().imageConfig()
                        && configuration.ours()
                        && selection.includes(SamplesConfig.NAMESPACE)) {
                    // Where the samples operator was told to remove its streams, it is told to make them below.
                    importing.add(SamplesConfig.NAMESPACE);
                }
                RegistrySecret.of(registries).ifPresent(secret -> store(secret, api, importing));
            }
            if (!settings.dialect().imageConfig()) {
                return move.run(plans);
            }
            SamplesStreams.Prepared prepared = new SamplesStreams(
                            api, registries, streams, move, configuration, Pause.real())
                    .prepare(plans, settings.config(), () -> permitted(api, selection, move.plan(), report), report);
            List<StreamResult> results = move.run(prepared.plans(), prepared.refused());
            prepared.lasting().flatMap(lasting -> lasting.of(results)).ifPresent(report::check);
            return results;
        } finally {
            reading.log().close();
        }
    }

    /** The plans without what the user may not do in namespaces that a glob chose. */
    private List<StreamPlan> permitted(
            OpenShiftApi api, NamespaceSelection selection, List<StreamPlan> plans, ReportBuilder report) {
        Set<String> named = Set.copyOf(selection.named());
        List<String> chosen = plans.stream()
                .filter(plan -> !plan.isInPlace())
                .map(StreamPlan::namespace)
                .filter(namespace -> !named.contains(namespace))
                .distinct()
                .toList();
        Map<String, Permission> missing = NamespaceRights.missing(api, permissions(chosen));
        missing.forEach((namespace, permission) -> report.check(NamespaceRights.check(namespace, permission)));
        return plans.stream()
                .map(plan -> missing.containsKey(plan.namespace())
                        ? plan.leftAlone("this user may not change it; missing: " + missing.get(plan.namespace()))
                        : plan)
                .toList();
    }

    /**
     * Where streams move, and those namespaces called by name where some are in place: they are imported anew when a schedule says so, and
     * the cluster's own registry passes on their images, each time with the login that lies there.
     */
    private static Set<String> importing(List<StreamPlan> plans, List<String> named) {
        return plans.stream()
                .filter(plan -> !plan.isInPlace()
                        || named.contains(plan.namespace())
                                && !plan.tags(TagPlan.Action.KEEP).isEmpty())
                .map(StreamPlan::namespace)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void store(RegistrySecret secret, OpenShiftApi api, Set<String> namespaces) {
        Parallel.map(namespaces, STORED_AT_ONCE, namespace -> {
            if (secret.store(api, namespace)) {
                LOG.info("The registry's credentials are stored as {} in namespace {}", RegistrySecret.NAME, namespace);
            }
            return namespace;
        });
    }
}
