package io.github.cdkmaven.crc;

import io.github.cdkmaven.crc.objects.ClusterObjects;
import io.github.cdkmaven.crc.objects.ClusterObjects.Comparison;
import io.github.cdkmaven.crc.objects.ConfigurationApi;
import io.github.cdkmaven.crc.objects.MachinePool;
import io.github.cdkmaven.crc.objects.ObjectChange;
import io.github.cdkmaven.crc.objects.WantedObjects;
import io.github.cdkmaven.openshift.ClusterOperators;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.report.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the cluster in the VM of the company's registries in one pass, and waits once until its node has it; or tells what it would do. */
final class CompanyConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(CompanyConfiguration.class);
    private static final String ID = "cluster.objects";

    /** How often the objects are compared, should somebody else change them at the same time. */
    private static final int ATTEMPTS = 10;

    private final WantedObjects wanted;
    private final NodeShell node;
    private final Duration turn;

    /**
     * A pass that is still to be made.
     *
     * @param turn the time between two looks at what is waited for
     */
    CompanyConfiguration(CrcStartSettings settings, NodeShell node, Duration turn) {
        this.wanted = new WantedObjects(
                settings.registries(),
                settings.blockedRegistries(),
                PullSecretFile.logins(settings.pullSecretFile(), settings.registries()));
        this.node = node;
        this.turn = turn;
    }

    /**
     * Makes it.
     *
     * @param write whether objects may be changed
     * @return what was changed, or would be
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster refuses, or if nothing would reach its node
     */
    List<Check> apply(OpenShiftApi api, boolean write, Deadline deadline) {
        OpenShiftApi timed = api.within(deadline);
        MachinePool pool = new MachinePool(timed, node.typed("sudo systemctl enable kubelet"), turn);
        Optional<Problem> trouble = pool.trouble();
        List<Check> checks = new ArrayList<>();
        if (!write) {
            Comparison found = ClusterObjects.compare(new ConfigurationApi(timed), wanted);
            checks.addAll(obstacles(found));
            trouble.ifPresent(problem ->
                    checks.add(Check.warn("cluster.pool", "machineconfigpool/master", problem.what(), problem.fix())));
            checks.addAll(onlyTold(found.changes()));
            return told(checks);
        }
        if (trouble.isPresent()) {
            throw trouble.get().toException();
        }
        Comparison found = write(new ConfigurationApi(timed), checks);
        boolean changed = !checks.isEmpty();
        checks.addAll(0, obstacles(found));
        List<String> open = pool.await(found.onNode(), deadline);
        if (!open.isEmpty()) {
            checks.add(
                    Check.warn(
                            "cluster.blocked",
                            String.join(", ", open),
                            "the machine-config operator does not block it, although image.config says so: it never blocks the registry of its own release without"
                                    + " a digest mirror for that release",
                            "mirror the release ('oc adm release mirror'), and add a mapping for its repository to <mappings> (-Dcdk.mappings)"));
        }
        if (changed) {
            ClusterOperators.await(api, deadline, turn, "'crc status'");
        }
        return told(checks);
    }

    /** Writes what differs; what somebody else changes at the same moment is compared anew. */
    private Comparison write(ConfigurationApi api, List<Check> checks) {
        Optional<ObjectChange> overtaken = Optional.empty();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Comparison found = ClusterObjects.compare(api, wanted);
            overtaken = found.changes().stream()
                    .filter(change -> !write(api, change, checks))
                    .findFirst();
            if (overtaken.isEmpty()) {
                return found;
            }
            LOG.info(
                    "{} was changed by somebody else in the meantime; comparing it again",
                    overtaken.get().object());
        }
        throw Problem.of(
                        "Somebody else keeps changing "
                                + overtaken.map(ObjectChange::object).orElse("the cluster")
                                + " while this build changes it.",
                        "find out who does from its metadata.managedFields; then run the build again")
                .toException();
    }

    private static boolean write(ConfigurationApi api, ObjectChange change, List<Check> checks) {
        boolean written = api.write(change);
        if (written) {
            LOG.info("Changed in the cluster: {}", change);
            checks.add(Check.ok(ID, change.object(), "changed: " + change.what()));
        }
        return written;
    }

    private static List<Check> obstacles(Comparison found) {
        return found.obstacles().stream()
                .map(what -> Check.warn(
                        ID,
                        what.split(" has | sends ", 2)[0],
                        what,
                        "remove it there, or remove the mapping or the blocked registry that conflicts with it"))
                .toList();
    }

    private static List<Check> onlyTold(List<ObjectChange> changes) {
        return changes.isEmpty()
                ? List.of()
                : List.of(Check.warn(
                        ID,
                        CrcFiles.MACHINE,
                        "The cluster lacks "
                                + changes.stream().map(ObjectChange::toString).collect(Collectors.joining("; "))
                                + ". It is left as it is",
                        "<configureCluster>true</configureCluster> (-Dcdk.configureCluster=true) writes it, also on a VM that a person has"
                                + " started"));
    }

    private static List<Check> told(List<Check> checks) {
        checks.stream()
                .filter(check -> check.fix().isPresent())
                .forEach(check ->
                        LOG.warn("{}. Fix: {}", check.message(), check.fix().orElse("")));
        return checks;
    }
}
