package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.openshift.ImageStreamMove;
import io.github.cdkmaven.openshift.MovePolicy;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.RegistrySecret;
import io.github.cdkmaven.openshift.Right;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.RegistryClient;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import io.github.cdkmaven.report.TagResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the ImageStreams, tells of it as it goes, and fails if tags failed that count. */
final class StreamMoving {

    private static final Logger LOG = LoggerFactory.getLogger(StreamMoving.class);

    private final StreamOrder order;

    StreamMoving(StreamOrder order) {
        this.order = order;
    }

    /** What the user behind an API must be allowed to do, so that an order can be carried out. */
    static List<Right> rights(StreamOrder order) {
        List<String> namespaces = order.policy().namespaces();
        List<Right> rights = new ArrayList<>(Right.toMove(namespaces));
        if (order.access().credentials().isPresent() && !order.policy().dryRun()) {
            rights.addAll(Right.toStoreSecrets(namespaces));
        }
        return rights;
    }

    void run(OpenShiftApi api, ReportBuilder report) {
        MovePolicy policy = order.policy();
        if (!policy.dryRun()) {
            order.access().credentials().ifPresent(login -> store(api, login));
        }
        List<StreamResult> results =
                new OciQuestion(order).ask(new ImageStreamMove(api, policy, StreamMoving::tell).run());
        report.streams(results);
        if (policy.dryRun()) {
            tellPlan(results);
        }
        if (results.isEmpty()) {
            LOG.warn("There are no ImageStreams in {}", policy.namespaces());
        } else if (results.stream().allMatch(stream -> isQuiet(stream))) {
            LOG.info("All {} ImageStreams are in place; nothing was changed", results.size());
        }
        Optional<Problem> problem =
                FailedTags.problem(results, order.failures(), order.registry().toString());
        if (problem.isPresent()) {
            throw problem.get().toException();
        }
    }

    private void store(OpenShiftApi api, Credentials login) {
        RegistrySecret secret =
                new RegistrySecret(order.registry().host(), tokenHost(), login.user(), login.password());
        for (String namespace : order.policy().namespaces()) {
            if (secret.store(api, namespace)) {
                LOG.info("The registry's credentials are stored as {} in namespace {}", RegistrySecret.NAME, namespace);
            }
        }
    }

    private Optional<String> tokenHost() {
        try (RegistryClient client = new RegistryClient(order.access())) {
            return client.tokenHost();
        }
    }

    /** The plan as a diff: what stands in each stream, and what would. */
    private static void tellPlan(List<StreamResult> results) {
        for (StreamResult stream : results) {
            for (TagResult tag : stream.tags()) {
                if (tag.outcome() == TagOutcome.PLANNED || tag.outcome() == TagOutcome.FAILED) {
                    LOG.info("{}:{}", stream.fullName(), tag.tag());
                    LOG.info("  - {}", tag.from().orElse(""));
                    LOG.info(
                            "  + {}{}",
                            tag.to().orElse(""),
                            tag.digest().map(digest -> "  " + digest).orElse(""));
                    tag.reason()
                            .ifPresent(reason -> LOG.info(
                                    "    {}: {}", reason.word(), tag.message().orElse("")));
                }
            }
        }
    }

    private static boolean isQuiet(StreamResult stream) {
        return stream.count(TagOutcome.UNCHANGED) + stream.count(TagOutcome.SKIPPED)
                == stream.tags().size();
    }

    private static void tell(StreamResult stream, int done, int all, Duration took) {
        long failed = stream.count(TagOutcome.FAILED);
        long planned = stream.count(TagOutcome.PLANNED);
        String counts = planned > 0
                ? tags(planned) + " would be imported"
                : tags(stream.count(TagOutcome.IMPORTED)) + " imported";
        LOG.info(
                "[{}/{}] {}: {}{}, {} s",
                done,
                all,
                stream.name(),
                counts,
                failed > 0 ? ", " + failed + " failed" : "",
                String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0));
    }

    private static String tags(long count) {
        return count + (count == 1 ? " tag" : " tags");
    }
}
