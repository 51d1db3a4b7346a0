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
        Comparison found = ClusterObjects.compare(new ConfigurationApi(timed), wanted);
        List<Check> checks = new ArrayList<>(obstacles(found));
        if (!write) {
            trouble.ifPresent(problem ->
                    checks.add(Check.warn("cluster.pool", "machineconfigpool/master", problem.what(), problem.fix())));
            checks.addAll(onlyTold(found.changes()));
            return told(checks);
        }
        if (trouble.isPresent()) {
            throw trouble.get().toException();
        }
        for (ObjectChange change : found.changes()) {
            new ConfigurationApi(timed).write(change);
            LOG.info("Changed in the cluster: {}", change);
            checks.add(Check.ok(ID, change.object(), "changed: " + change.what()));
        }
        List<String> open = pool.await(found.onNode(), deadline);
        if (!open.isEmpty()) {
            checks.add(
                    Check.warn(
                            "cluster.blocked",
                            String.join(", ", open),
                            "the machine-config operator does not block it, though image.config says so: it never blocks the registry of its own release without"
                                    + " a digest mirror of that",
                            "mirror the release ('oc adm release mirror'), and add a mapping for its repository to <mappings> (-Dcdk.mappings)"));
        }
        if (!found.changes().isEmpty()) {
            ClusterOperators.await(api, deadline, turn, "'crc status'");
        }
        return told(checks);
    }

    private static List<Check> obstacles(Comparison found) {
        return found.obstacles().stream()
                .map(what -> Check.warn(
                        ID,
                        what.split(" has | sends ", 2)[0],
                        what,
                        "remove it there, or leave out the mapping or the blocked registry that it stands against"))
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
