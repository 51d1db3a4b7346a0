package io.github.cdkmaven.streams;

import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.StreamResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the ImageStreams, tells of it as it goes, and fails if tags failed that count. */
public final class StreamMoving {

    private static final Logger LOG = LoggerFactory.getLogger(StreamMoving.class);

    private final Registries registries;
    private final Streams streams;

    /** A move that is still to be run. */
    public StreamMoving(Registries registries, Streams streams) {
        this.registries = registries;
        this.streams = streams;
    }

    /** What the user behind an API must be allowed to do, so that the streams can be moved. */
    public List<Permission> permissions() {
        List<Permission> permissions = new ArrayList<>(Permission.toMove(streams.namespaces()));
        if (!streams.dryRun() && wantsLogin()) {
            permissions.addAll(Permission.toStoreSecrets(streams.namespaces()));
        }
        return permissions;
    }

    private boolean wantsLogin() {
        return registries.all().stream()
                .anyMatch(registry -> registry.credentials().isPresent());
    }

    public void run(OpenShiftApi api, ReportBuilder report) {
        if (!streams.dryRun()) {
            RegistrySecret.of(registries).ifPresent(secret -> store(secret, api));
        }
        List<StreamResult> results = new OciOnlyTags(registries).ask(move(api));
        report.streams(results);
        if (streams.dryRun()) {
            MoveLog.plan(results).forEach(LOG::info);
        }
        if (results.isEmpty()) {
            LOG.warn("There are no ImageStreams in {}", streams.namespaces());
        } else {
            MoveLog.unchanged(results).ifPresent(LOG::info);
        }
        MoveLog.outside(results, registries.own().name().toString()).forEach(LOG::warn);
        Optional<Problem> problem = FailedTags.problem(results, streams, registries);
        if (problem.isPresent()) {
            throw problem.get().toException();
        }
    }

    private List<StreamResult> move(OpenShiftApi api) {
        try (MoveLog log = MoveLog.here()) {
            return new ImageStreamMove(api, registries, streams, log).run();
        }
    }

    private void store(RegistrySecret secret, OpenShiftApi api) {
        for (String namespace : streams.namespaces()) {
            if (secret.store(api, namespace)) {
                LOG.info("The registry's credentials are stored as {} in namespace {}", RegistrySecret.NAME, namespace);
            }
        }
    }
}
