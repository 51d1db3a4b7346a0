package io.github.cdkmaven.streams;

import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.RegistryClient;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the ImageStreams, tells of it as it goes, and fails if tags failed that count. */
public final class StreamMoving {

    private static final Logger LOG = LoggerFactory.getLogger(StreamMoving.class);

    private final StreamOrder order;

    public StreamMoving(StreamOrder order) {
        this.order = order;
    }

    /** What the user behind an API must be allowed to do, so that an order can be carried out. */
    public static List<Permission> rights(StreamOrder order) {
        List<String> namespaces = order.policy().namespaces();
        List<Permission> rights = new ArrayList<>(Permission.toMove(namespaces));
        if (order.access().credentials().isPresent() && !order.policy().dryRun()) {
            rights.addAll(Permission.toStoreSecrets(namespaces));
        }
        return rights;
    }

    public void run(OpenShiftApi api, ReportBuilder report) {
        MovePolicy policy = order.policy();
        if (!policy.dryRun()) {
            order.access().credentials().ifPresent(login -> store(api, login));
        }
        List<StreamResult> results = new OciOnlyTags(order).ask(move(api));
        report.streams(results);
        if (policy.dryRun()) {
            MoveLog.plan(results).forEach(LOG::info);
        }
        if (results.isEmpty()) {
            LOG.warn("There are no ImageStreams in {}", policy.namespaces());
        } else if (results.stream().allMatch(stream -> isQuiet(stream))) {
            LOG.info("All {} ImageStreams are in place; nothing was changed", results.size());
        }
        Optional<Problem> problem =
                FailedTags.problem(results, order.failures(), order.registry().toString(), policy.dryRun());
        if (problem.isPresent()) {
            throw problem.get().toException();
        }
    }

    private List<StreamResult> move(OpenShiftApi api) {
        try (MoveLog log = MoveLog.here()) {
            return new ImageStreamMove(api, order.policy(), log).run();
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

    private static boolean isQuiet(StreamResult stream) {
        return stream.count(TagOutcome.UNCHANGED) + stream.count(TagOutcome.SKIPPED)
                == stream.tags().size();
    }
}
