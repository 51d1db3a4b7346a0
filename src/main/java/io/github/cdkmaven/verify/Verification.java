package io.github.cdkmaven.verify;

import io.github.cdkmaven.minishift.VmShell;
import io.github.cdkmaven.minishift.VmShell.Output;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Pods;
import io.github.cdkmaven.openshift.StreamItems;
import io.github.cdkmaven.openshift.StreamItems.Item;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.RegistryClient;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ReportBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Proves where the images of a running CDK came from: asks the VM and the cluster, and tells what that comes to. */
public final class Verification {

    private static final Logger LOG = LoggerFactory.getLogger(Verification.class);
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private final VerifyOrder order;
    private final VmShell shell;
    private final OpenShiftApi api;
    private final ProxyAuthority authority;

    /** A proof that is still to be made. */
    public Verification(VerifyOrder order, VmShell shell, OpenShiftApi api) {
        this(order, shell, api, ProxyAuthority.OF_MINISHIFT);
    }

    Verification(VerifyOrder order, VmShell shell, OpenShiftApi api, ProxyAuthority authority) {
        this.order = order;
        this.shell = shell;
        this.api = api;
        this.authority = authority;
    }

    /**
     * Makes it.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if an image came from outside, if a pod cannot get its image, or if the cluster or
     *     the VM cannot be asked
     */
    public void run(ReportBuilder report) {
        List<Pods.Container> pods =
                pods(api.within(Deadline.in(order.policy().timeout().plus(SHORTEST))));
        StreamItems streams = StreamItems.of(api.within(Deadline.in(limit())));
        List<Item> items = streams.items();
        VmContents vm = VmContents.of(shell.run(limit(), VmContents.QUESTIONS));
        AllowedImages allowed = new AllowedImages(order.policy().allowedImages());
        OriginRule rule =
                new OriginRule(order.registries(), allowed, vm.search(), streams.registry(), new PullThrough(items));
        VerificationResult ruling = rule(pods, vm, rule);
        List<Check> checks = new ArrayList<>();
        checks.addAll(somethingRuns(pods, vm));
        checks.add(DaemonCheck.of(vm, order.asked(), order.recreate()));
        authority.find(vm.authorities()).ifPresent(checks::add);
        checks.addAll(PodChecks.of(pods, allowed));
        ruling.warning().ifPresent(checks::add);
        CurrentItemsCheck.of(items, order.namespaces(), rule).ifPresent(checks::add);
        checks.addAll(probe());
        report.images(ruling.counted().stream().map(LocatedImage::toReport).toList())
                .checks(checks);
        LOG.info(
                "Looked at the containers of pods ({}), the containers in the VM ({}) and the images in its store ({})",
                pods.size(),
                vm.containers().size(),
                vm.store().images().size());
        Optional<Problem> problem = ruling.problem(order.settings().registry().toString(), checks);
        if (problem.isPresent()) {
            throw problem.get().toException();
        }
    }

    private List<Pods.Container> pods(OpenShiftApi timed) {
        return Pods.explained(
                timed, Pods.settled(timed, Deadline.in(order.policy().timeout())));
    }

    /** OpenShift itself runs in the VM's docker: where neither tells of anything, nothing was looked at. */
    private static List<Check> somethingRuns(List<Pods.Container> pods, VmContents vm) {
        return pods.isEmpty()
                        && vm.containers().isEmpty()
                        && vm.store().images().isEmpty()
                ? List.of(Check.fail(
                        "verify.contents",
                        "docker in the VM",
                        "Neither the cluster nor docker tells of a container or an image, though OpenShift runs there, so nothing is"
                                + " proven.",
                        "look at 'minishift ssh -- docker ps' and 'minishift ssh -- docker images'"))
                : List.of();
    }

    private VerificationResult rule(List<Pods.Container> pods, VmContents vm, OriginRule rule) {
        try (RegistryClient client = new RegistryClient(order.access())) {
            return VerificationResult.of(
                    new Inspection(
                            rule,
                            new Prevention(order, vm.options()),
                            new RegistryProof(client, order.relocation()),
                            vm,
                            order.generic()),
                    pods,
                    order.generic());
        }
    }

    private List<Check> probe() {
        if (!order.policy().probeBlocked()) {
            return List.of();
        }
        BlockedProbe probe = BlockedProbe.of(order.asked().blocked());
        List<Output> pulls = shell.run(limit(), probe.pulls());
        shell.run(limit(), probe.removals(pulls));
        return probe.checks(pulls, order.recreate());
    }

    /** The pods may have used up the time; the VM still gets enough to answer. */
    private Duration limit() {
        return Collections.max(List.of(order.policy().timeout(), SHORTEST));
    }
}
