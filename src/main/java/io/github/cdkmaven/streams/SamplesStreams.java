package io.github.cdkmaven.streams;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.engine.ClusterConfiguration;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.References;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.openshift.ImageConfig;
import io.github.cdkmaven.openshift.ImageStreams;
import io.github.cdkmaven.openshift.NamespaceSelection;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.SamplesConfig;
import io.github.cdkmaven.openshift.SamplesConfig.Sight;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Retry.Pause;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import io.github.cdkmaven.streams.TagPlan.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of the samples operator of an OpenShift 4, which puts back what it does not know of, and fetches from outside what could not be
 * imported (measured on 4.19). So nothing of theirs is imported before it is known to be there, and where the cluster may be configured, the operator
 * itself is told of the registry.
 */
final class SamplesStreams {

    private static final Logger LOG = LoggerFactory.getLogger(SamplesStreams.class);
    private static final String ID = "imagestreams.samples";
    private static final String SUBJECT = "samples operator";
    private static final String NOT_TRIED =
            "; it was only tried, not imported, since the samples operator fetches failed images from outside";

    private final OpenShiftApi api;
    private final Registries registries;
    private final Streams streams;
    private final ImageStreamMove move;
    private final ClusterConfiguration configuration;
    private final Pause pause;

    /**
     * Streams that nobody has looked at yet.
     *
     * @param move asks the importer, and knows what has to move
     * @param configuration whether the operator may be told of the registry
     */
    SamplesStreams(
            OpenShiftApi api,
            Registries registries,
            Streams streams,
            ImageStreamMove move,
            ClusterConfiguration configuration,
            Pause pause) {
        this.api = api.within(move.deadline());
        this.registries = registries;
        this.streams = streams;
        this.move = move;
        this.configuration = configuration;
        this.pause = pause;
    }

    /**
     * What is left to be done once the operator has done its part.
     *
     * @param plans what is to be done with each stream
     * @param refused the tags that are not to be tried, and why
     * @param lasting tells at the end how long the moved streams stay so
     */
    record Prepared(
            List<StreamPlan> plans, Map<StreamPlan, Map<TagPlan, ImportVerdict>> refused, Optional<Lasting> lasting) {

        static Prepared as(List<StreamPlan> plans) {
            return new Prepared(plans, Map.of(), Optional.empty());
        }
    }

    /**
     * How long streams stay moved that only we have moved.
     *
     * @param names the streams
     * @param check what is told if any of them is moved
     */
    record Lasting(Set<String> names, Check check) {

        /** What is told, if any of the streams names the registry. */
        Optional<Check> of(List<StreamResult> results) {
            return results.stream()
                            .filter(stream -> names.contains(stream.fullName()))
                            .anyMatch(stream -> stream.count(TagOutcome.IMPORTED)
                                            + stream.count(TagOutcome.UNCHANGED)
                                            + stream.count(TagOutcome.PLANNED)
                                    > 0)
                    ? Optional.of(check)
                    : Optional.empty();
        }
    }

    /**
     * Prepares the move of some streams, of which only the operator's concern it.
     *
     * @param importer what the importer is told
     * @param again reads all streams anew
     * @throws io.github.cdkmaven.problem.ProblemException if the operator has taken its streams away and nobody may bring them back, or if it does not
     *     do as it is told
     */
    Prepared prepare(
            List<StreamPlan> plans, ImageConfig importer, Supplier<List<StreamPlan>> again, ReportBuilder report) {
        NamespaceSelection selection = new NamespaceSelection(streams.namespaces());
        if (!selection.includes(SamplesConfig.NAMESPACE)) {
            return Prepared.as(plans);
        }
        List<StreamPlan> own = plans.stream().filter(StreamPlan::samples).toList();
        SamplesConfig config = SamplesConfig.of(api);
        boolean named = selection.named().contains(SamplesConfig.NAMESPACE);
        if (own.isEmpty() && !(config.isRemoved() && named && configuration.ours())) {
            missing(plans, config, named).ifPresent(report::check);
            return Prepared.as(plans);
        }
        if (config.sight() == Sight.NONE) {
            return Prepared.as(plans);
        }
        Map<String, Map<String, ImageReference>> images = images(own);
        SamplesWay way = SamplesWay.of(config, images, registries, streams, importer, configuration);
        config.invalid().ifPresent(reason -> report.check(invalid(reason)));
        return switch (way.means()) {
            case SAMPLES_REGISTRY ->
                byOperator(plans, own, config, images, way.prefix().orElseThrow(), again, report);
            case SKIPPED -> skipped(plans, own, config, way, report);
            case IMPORTS -> byImports(plans, own, config, way);
        };
    }

    /** By their public names; from the streams where the operator's own list may not be read. */
    private Map<String, Map<String, ImageReference>> images(List<StreamPlan> own) {
        Map<String, Map<String, ImageReference>> images = SamplesConfig.images(api);
        if (images.isEmpty()) {
            Map<String, Map<String, ImageReference>> named = new TreeMap<>();
            own.forEach(stream -> stream.tags().stream()
                    .filter(tag -> !tag.from().isEmpty() && tag.action() != Action.KEEP)
                    .forEach(tag -> References.parse(tag.from())
                            .filter(image -> !registries.relocation().isAtTarget(image))
                            .ifPresent(image -> named.computeIfAbsent(stream.name(), name -> new TreeMap<>())
                                    .put(tag.tag(), image))));
            return named;
        }
        return images;
    }

    /** What it means that there are none of the operator's streams; fails where the user counts on them. */
    private Optional<Check> missing(List<StreamPlan> plans, SamplesConfig config, boolean named) {
        boolean nothing = plans.stream()
                .filter(plan -> plan.namespace().equals(SamplesConfig.NAMESPACE))
                .allMatch(plan -> plan.tags().stream().allMatch(tag -> tag.why().equals(Planner.PAYLOAD)));
        boolean payload = plans.stream()
                .anyMatch(plan -> plan.tags().stream().anyMatch(tag -> tag.why().equals(Planner.PAYLOAD)));
        if (config.isRemoved() && named && nothing) {
            throw removed(registries, configuration).toException();
        }
        if (config.isRemoved() && nothing) {
            return Optional.of(Check.warn(
                    ID,
                    SUBJECT,
                    "it is set to Removed, so namespace openshift has none of its ImageStreams",
                    configuration.otherwise() + ", if you need them: " + managed(registries)));
        }
        return nothing && payload && named && config.sight() != Sight.SEEN
                ? Optional.of(Check.warn(
                        ID,
                        SUBJECT,
                        "namespace openshift has none of its ImageStreams: it is set to Removed, is not installed, or still waits for the Internet,"
                                + " as it does for 5 minutes",
                        "let an administrator look: 'oc get " + SamplesConfig.NAME + " -o yaml'"))
                : Optional.empty();
    }

    /** Nothing can be moved, since the operator has made nothing. */
    private static Problem removed(Registries registries, ClusterConfiguration configuration) {
        return Problem.of(
                        "There are no ImageStreams to move in namespace 'openshift': the samples operator is set to Removed, as it is on a"
                                + " cluster that was installed without Internet access.",
                        configuration.otherwise() + ": " + managed(registries)
                                + ", which creates them with the registry's names; or remove openshift from <namespaces>"
                                + " (-Dcdk.namespaces)")
                .with("managementState of " + SamplesConfig.NAME + ": Removed");
    }

    private static String managed(Registries registries) {
        return command("{\"spec\":{\"managementState\":\"Managed\",\"samplesRegistry\":\""
                + registries.own().name() + "\"}}");
    }

    /** The same as a finding, before anything is moved: empty where there are streams. */
    static Optional<Check> foresee(OpenShiftApi api, Registries registries, List<String> namespaces) {
        if (!new NamespaceSelection(namespaces).named().contains(SamplesConfig.NAMESPACE)
                || !SamplesConfig.of(api).isRemoved()
                || !ImageStreams.list(api, List.of(SamplesConfig.NAMESPACE)).stream()
                        .allMatch(ImageStreams::isOfPayload)) {
            return Optional.empty();
        }
        Problem problem = removed(registries, ClusterConfiguration.OTHERS);
        return Optional.of(Check.fail(ID, SUBJECT, problem.what(), problem.fix()));
    }

    private static Check invalid(String reason) {
        return Check.warn(
                ID,
                SUBJECT,
                "its configuration is not valid (" + reason + "), so it ignores every change",
                "let image.config.openshift.io/cluster allow what samplesRegistry of " + SamplesConfig.NAME
                        + " names: its whole value has to end with an entry of allowedRegistriesForImport, and to equal one of"
                        + " registrySources.allowedRegistries, where those are set");
    }

    private static String command(String patch) {
        return "'oc patch " + SamplesConfig.NAME + " --type=merge -p \"" + patch.replace("\"", "\\\"") + "\"'";
    }

    /** The operator takes its images from the registry from now on, over its next version, too. */
    private Prepared byOperator(
            List<StreamPlan> plans,
            List<StreamPlan> own,
            SamplesConfig before,
            Map<String, Map<String, ImageReference>> images,
            String prefix,
            Supplier<List<StreamPlan>> again,
            ReportBuilder report) {
        if (before.isManaged() && before.wanted().samplesRegistry().equals(prefix) && before.isSettled()) {
            return Prepared.as(plans);
        }
        if (streams.dryRun()) {
            report.note("A real run would set samplesRegistry of " + SamplesConfig.NAME + " to " + prefix + ".");
            return Prepared.as(plans);
        }
        List<StreamPlan> asked =
                before.isManaged() && before.wanted().samplesRegistry().isEmpty() ? own : made(images);
        Map<StreamPlan, Map<TagPlan, ImportVerdict>> answers = move.ask(asked);
        boolean anyThere = answers.values().stream()
                .flatMap(verdicts -> verdicts.values().stream())
                .anyMatch(ImportVerdict::isSuccess);
        if (!answers.isEmpty() && !anyThere) {
            LOG.warn(
                    "The importer cannot get any of the samples operator's images from {}; nothing is changed", prefix);
            return new Prepared(
                    Stream.concat(plans.stream().filter(plan -> !plan.samples()), asked.stream())
                            .toList(),
                    failures(answers),
                    Optional.empty());
        }
        SamplesPatch patch = new SamplesPatch(api, move.deadline(), pause);
        patch.settle();
        ObjectNode spec = JsonTree.object();
        spec.put("managementState", "Managed").put("samplesRegistry", prefix);
        patch.apply(spec, before, streamsDone());
        report.note("The samples operator takes its images from " + prefix + " from now on (samplesRegistry of "
                + SamplesConfig.NAME + "), also after an upgrade.");
        return Prepared.as(again.get());
    }

    /** Whether every stream of the operator names the registry, and has been imported, or could not be. */
    private SamplesPatch.Done streamsDone() {
        return new SamplesPatch.Done(stream -> move.plan(stream).tags().stream()
                .allMatch(tag -> tag.action() != Action.IMPORT || tag.from().equals(tag.to())));
    }

    /** Streams as the operator would make them. */
    private List<StreamPlan> made(Map<String, Map<String, ImageReference>> images) {
        List<StreamPlan> made = new ArrayList<>();
        images.forEach((name, tags) -> {
            ObjectNode stream = JsonTree.object();
            ObjectNode metadata = stream.putObject("metadata")
                    .put("namespace", SamplesConfig.NAMESPACE)
                    .put("name", name);
            metadata.putObject("labels").put("samples.operator.openshift.io/managed", "true");
            ArrayNode list = stream.putObject("spec").putArray("tags");
            tags.forEach((tag, image) -> list.addObject()
                    .put("name", tag)
                    .putObject("from")
                    .put("kind", "DockerImage")
                    .put("name", image.toString()));
            made.add(move.plan(stream));
        });
        return made;
    }

    /** We move them, after the operator was told to leave them alone: what it skips it neither puts back nor fetches. */
    private Prepared skipped(
            List<StreamPlan> plans, List<StreamPlan> own, SamplesConfig before, SamplesWay way, ReportBuilder report) {
        if (before.isRemoved()) {
            throw Problem.of(
                            "The samples operator is set to Removed, and samplesRegistry alone cannot bring its ImageStreams to the registry: "
                                    + way.obstacle().orElse("") + ".",
                            "correct that, or remove openshift from <namespaces> (-Dcdk.namespaces)")
                    .toException();
        }
        Set<String> names = new TreeSet<>(before.wanted().skipped());
        own.stream()
                .filter(stream -> stream.tags().stream()
                        .anyMatch(tag -> tag.action() == Action.IMPORT || tag.action() == Action.KEEP))
                .forEach(stream -> names.add(stream.name()));
        if (before.done().skipped().containsAll(names)) {
            return Prepared.as(plans);
        }
        String why = "skippedImagestreams of " + SamplesConfig.NAME + ", since "
                + way.obstacle().orElse("");
        if (streams.dryRun()) {
            report.note("A real run would add " + names.size() + " ImageStreams to " + why + ".");
            return Prepared.as(plans);
        }
        SamplesPatch patch = new SamplesPatch(api, move.deadline(), pause);
        patch.settle();
        ObjectNode spec = JsonTree.object();
        ArrayNode list = spec.putArray("skippedImagestreams");
        names.forEach(list::add);
        patch.apply(spec, before, new SamplesPatch.Done(stream -> true));
        report.note("The samples operator leaves " + names.size() + " ImageStreams alone from now on: " + why + ".");
        return Prepared.as(plans);
    }

    /** We move them, and only what the importer is known to get: what fails, a Managed operator fetches from outside at once. */
    private Prepared byImports(List<StreamPlan> plans, List<StreamPlan> own, SamplesConfig config, SamplesWay way) {
        List<StreamPlan> kept = own.stream()
                .filter(stream -> !config.done().skipped().contains(stream.name()))
                .toList();
        List<StreamPlan> asked = kept.stream()
                .filter(stream ->
                        stream.imports().stream().anyMatch(tag -> !tag.from().equals(tag.to())))
                .toList();
        Map<StreamPlan, Map<TagPlan, ImportVerdict>> refused = streams.dryRun() ? Map.of() : failures(move.ask(asked));
        long count = refused.values().stream().mapToLong(Map::size).sum();
        if (count > 0) {
            LOG.warn(
                    "{} images of the samples operator's ImageStreams cannot be imported from the registry; their tags are left as they are, since the"
                            + " operator fetches failed images from outside",
                    count);
        }
        boolean lasts =
                way.prefix().filter(config.done().samplesRegistry()::equals).isPresent() && config.isManaged();
        Set<String> names = new HashSet<>();
        kept.forEach(stream -> names.add(stream.toString()));
        return new Prepared(
                plans, refused, lasts ? Optional.empty() : Optional.of(new Lasting(names, lasting(kept, config, way))));
    }

    private Check lasting(List<StreamPlan> kept, SamplesConfig config, SamplesWay way) {
        String until = config.sight() == Sight.HIDDEN
                ? "this user may not see the samples operator's configuration; unless it is Unmanaged, its next version"
                : config.isUnmanaged()
                        ? "the samples operator is Unmanaged; once somebody sets Managed, its next version"
                        : "the samples operator is Managed; its next version";
        boolean insecure = registries.own().insecure();
        ObjectNode spec = JsonTree.object();
        ObjectNode patch = spec.putObject("spec");
        if (way.prefix().isPresent()) {
            patch.put("samplesRegistry", way.prefix().get());
        } else {
            ArrayNode list = patch.putArray("skippedImagestreams");
            Stream.concat(kept.stream().map(StreamPlan::name), config.wanted().skipped().stream())
                    .distinct()
                    .sorted()
                    .forEach(list::add);
        }
        return Check.warn(
                ID,
                SUBJECT,
                until
                        + " (an upgrade of the cluster) makes the names of its ImageStreams public again, and imports them from outside"
                        + (insecure ? ", and drops the mark that the registry is insecure" : ""),
                configuration.otherwise() + " permanently: " + command(JsonTree.text(spec))
                        + (insecure && way.prefix().isPresent()
                                ? ", after adding the registry to insecureRegistries of image.config.openshift.io/cluster"
                                : ""));
    }

    private static Map<StreamPlan, Map<TagPlan, ImportVerdict>> failures(
            Map<StreamPlan, Map<TagPlan, ImportVerdict>> answers) {
        Map<StreamPlan, Map<TagPlan, ImportVerdict>> failures = new HashMap<>();
        answers.forEach((stream, verdicts) -> {
            Map<TagPlan, ImportVerdict> failed = new LinkedHashMap<>();
            verdicts.forEach((tag, verdict) -> {
                if (!verdict.isSuccess()) {
                    failed.put(
                            tag,
                            new ImportVerdict(
                                    Optional.empty(), verdict.reason(), verdict.message() + NOT_TRIED, false));
                }
            });
            if (!failed.isEmpty()) {
                failures.put(stream, failed);
            }
        });
        return failures;
    }
}
