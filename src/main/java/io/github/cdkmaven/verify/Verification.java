package io.github.cdkmaven.verify;

import io.github.cdkmaven.minishift.VmShell;
import io.github.cdkmaven.openshift.CurrentItems;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Pods;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.RegistryClient;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.report.ReportBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves where the images of a running CDK came from.
 *
 * <p>What fails: an image from outside in a pod or in a container of the cluster, an image in the VM's store that a registry outside gave, and
 * an image that a pod cannot get. What only warns: an image in store that no registry gave, since somebody loaded or built it; everything in
 * the store of somebody's own machine (generic driver), which serves other purposes too; a container on such a machine whose image no registry
 * gave; an ImageStream's tag that stands for an image outside, which nobody has fetched.
 */
public final class Verification {

    private static final Logger LOG = LoggerFactory.getLogger(Verification.class);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final int SHOWN = 20;

    private final VerifyOrder order;
    private final VmShell shell;
    private final OpenShiftApi api;

    /** A proof that is still to be made. */
    public Verification(VerifyOrder order, VmShell shell, OpenShiftApi api) {
        this.order = order;
        this.shell = shell;
        this.api = api;
    }

    /**
     * Makes it.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if an image came from outside, if a pod cannot get its image, or if the cluster or
     *     the VM cannot be asked
     */
    public void run(ReportBuilder report) {
        AllowedImages allowed = new AllowedImages(order.policy().allowedImages());
        List<Pods.Container> pods = Pods.settled(api, Deadline.in(order.policy().timeout()));
        VmContents vm = VmContents.read(shell, limit());
        OriginRule rule = new OriginRule(order.registries(), allowed, vm.search());
        List<Finding> counted = new ArrayList<>();
        List<Finding> noted = new ArrayList<>();
        try (RegistryClient client = new RegistryClient(order.access())) {
            Inspection inspection = new Inspection(
                    rule,
                    new Prevention(order, vm.options()),
                    new RegistryProof(client, order.relocation()),
                    vm,
                    order.generic());
            counted.addAll(inspection.pods(pods));
            inspection.containers(pods).forEach(finding -> (isOnlyNoted(finding, order.generic()) ? noted : counted)
                    .add(finding));
            inspection.stored().forEach(finding -> (order.generic() && finding.isExternal()
                                    || isOnlyNoted(finding, true)
                            ? noted
                            : counted)
                    .add(finding));
        }
        report.images(counted.stream().map(Finding::toReport).toList());
        List<Check> checks = checks(vm, pods, allowed, noted);
        CurrentItemsCheck.of(CurrentItems.of(api, order.namespaces()), rule).ifPresent(checks::add);
        report.checks(checks);
        LOG.info("Looked at {} images of {} containers and of the VM", counted.size() + noted.size(), pods.size());
        judge(counted.stream().filter(Finding::isExternal).toList(), checks);
    }

    /** Whether nothing outside is known to have given the image, where that is enough. */
    private static boolean isOnlyNoted(Finding finding, boolean enough) {
        return enough && finding.isExternal() && finding.judgement().source().isEmpty();
    }

    private List<Check> checks(VmContents vm, List<Pods.Container> pods, AllowedImages allowed, List<Finding> noted) {
        List<Check> checks = new ArrayList<>();
        DaemonOptions asked = DaemonOptions.asked(order.settings());
        checks.add(DaemonCheck.of(vm, asked));
        ProxyAuthority.find(vm.authorities()).ifPresent(checks::add);
        checks.addAll(PodChecks.of(pods, allowed));
        if (!noted.isEmpty()) {
            checks.add(
                    Check.warn(
                            "verify.stored",
                            "the VM",
                            noted.size() + " images of the VM are not from the registry, and no pod runs them: "
                                    + String.join(
                                            ", ",
                                            noted.stream()
                                                    .map(Finding::image)
                                                    .distinct()
                                                    .limit(SHOWN)
                                                    .toList()),
                            "remove them with 'minishift ssh -- docker rmi IMAGE', or accept them: <allowedImages> (-Dcdk.allowedImages)"));
        }
        if (order.policy().probeBlocked()) {
            checks.addAll(BlockedProbe.run(shell, asked.blocked(), limit()));
        }
        return checks;
    }

    /** The pods may have used up the time; the VM still gets enough to answer. */
    private Duration limit() {
        Duration timeout = order.policy().timeout();
        return timeout.compareTo(SHORTEST) < 0 ? SHORTEST : timeout;
    }

    private void judge(List<Finding> external, List<Check> checks) {
        List<Check> failed = checks.stream()
                .filter(check -> check.outcome() == CheckOutcome.FAIL)
                .toList();
        if (external.isEmpty() && failed.isEmpty()) {
            return;
        }
        String registry = order.settings().registry().toString();
        List<String> what = new ArrayList<>();
        if (!external.isEmpty()) {
            what.add(external.size() + (external.size() == 1 ? " image is" : " images are") + " not from the registry "
                    + registry);
        }
        if (!failed.isEmpty()) {
            what.add(failed.size() + (failed.size() == 1 ? " check" : " checks") + " of the running CDK failed");
        }
        List<String> evidence = Stream.concat(
                        external.stream().map(Finding::toLine),
                        failed.stream().map(check -> check.subject() + ": " + check.message()))
                .toList();
        List<String> shown = new ArrayList<>(evidence.subList(0, Math.min(SHOWN, evidence.size())));
        if (shown.size() < evidence.size()) {
            shown.add("and " + (evidence.size() - shown.size()) + " more, which the report lists");
        }
        throw Problem.of(
                        String.join(", and ", what) + ".",
                        external.isEmpty()
                                ? failed.get(0).fix().orElse("see the report")
                                : "what stands beside each image prevents it; an image that is to be accepted goes into <allowedImages>"
                                        + " (-Dcdk.allowedImages=quay.io/team/*)")
                .with(shown)
                .toException();
    }
}
