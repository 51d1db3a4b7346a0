package io.github.cdkmaven.verify;

import io.github.cdkmaven.openshift.Pods;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.report.Cause;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the findings come to.
 *
 * <p>What fails: an image from outside in a pod or in a container of the cluster, an image in the VM's store that a registry outside gave, and
 * an image that a pod cannot get. What only warns: an image in store that no registry gave, since somebody loaded or built it, if nothing of
 * the cluster runs it; everything in
 * the store of somebody's own machine (generic driver), which serves other purposes too; a container on such a machine whose image no registry
 * gave.
 *
 * @param counted the findings that count, for the cluster or against it
 * @param running what the cluster runs on somebody's own machine, and no registry gave
 * @param stored what lies in the VM, and nothing of the cluster runs
 */
record VerificationResult(List<LocatedImage> counted, List<LocatedImage> running, List<LocatedImage> stored) {

    private static final int SHOWN = 20;

    VerificationResult {
        counted = List.copyOf(counted);
        running = List.copyOf(running);
        stored = List.copyOf(stored);
    }

    /** Sorts what an inspection finds. */
    static VerificationResult of(Inspection inspection, List<Pods.Container> pods, boolean external) {
        List<LocatedImage> counted = new ArrayList<>(inspection.pods(pods));
        List<LocatedImage> running = new ArrayList<>();
        for (LocatedImage finding : inspection.containers(pods)) {
            (external && finding.isUntraced() ? running : counted).add(finding);
        }
        Set<String> run = Stream.concat(counted.stream(), running.stream())
                .map(LocatedImage::fullName)
                .collect(Collectors.toSet());
        List<LocatedImage> stored = new ArrayList<>();
        for (LocatedImage finding : inspection.stored()) {
            if (!finding.isUntraced() && !(external && finding.isExternal())) {
                counted.add(finding);
            } else if (!run.contains(finding.fullName())) {
                stored.add(finding);
            }
        }
        return new VerificationResult(counted, running, stored);
    }

    /** The warnings about what is only worth a word. */
    List<Check> warnings() {
        List<Check> warnings = new ArrayList<>();
        if (!running.isEmpty()) {
            List<String> places = running.stream()
                    .map(finding -> finding.image() + " (" + finding.location() + ")")
                    .toList();
            warnings.add(
                    Check.warn(
                            "verify.running",
                            "the machine",
                            count(running.size())
                                    + " of containers that the cluster runs did not come from a registry: "
                                    + String.join(", ", shortened(places, "more")),
                            "make that machine pull it from the registry, or accept it: <allowedImages> (-Dcdk.allowedImages)"));
        }
        List<String> images =
                stored.stream().map(LocatedImage::image).distinct().toList();
        if (!images.isEmpty()) {
            warnings.add(Check.warn(
                    "verify.stored",
                    "the VM",
                    count(images.size())
                            + " in the VM, which the cluster does not run, did not come from the registry: "
                            + String.join(", ", shortened(images, "more")),
                    "remove it from the VM's docker, or accept it: <allowedImages> (-Dcdk.allowedImages)"));
        }
        unproven().ifPresent(warnings::add);
        return warnings;
    }

    /** About images of which nothing shows where they came from. */
    private Optional<Check> unproven() {
        List<String> images = counted.stream()
                .filter(finding -> finding.judgement().verdict() == Verdict.UNPROVEN)
                .map(LocatedImage::image)
                .distinct()
                .toList();
        return images.isEmpty()
                ? Optional.empty()
                : Optional.of(Check.warn(
                        "verify.unproven",
                        "the nodes",
                        "nothing shows that the registry delivered " + count(images.size()) + ": "
                                + String.join(", ", shortened(images, "more")),
                        "let the pods name the registry's images; for public names, set mirrorSourcePolicy: NeverContactSource in the mirror"
                                + " sets, so that nodes only contact the registry; for ImageStreams that this user may not see, log in as one"
                                + " who may"));
    }

    private static String count(int images) {
        return images + (images == 1 ? " image" : " images");
    }

    /** What fails the goal; empty if all is well. */
    Optional<Problem> problem(String registry, List<Check> checks) {
        List<LocatedImage> external =
                counted.stream().filter(LocatedImage::isExternal).toList();
        List<Check> failed = checks.stream()
                .filter(check -> check.outcome() == CheckOutcome.FAIL)
                .toList();
        if (external.isEmpty() && failed.isEmpty()) {
            return Optional.empty();
        }
        List<String> what = new ArrayList<>();
        if (!external.isEmpty()) {
            what.add(external.size() + (external.size() == 1 ? " image is" : " images are") + " not from the registry "
                    + registry);
        }
        if (!failed.isEmpty()) {
            what.add(failed.size() + (failed.size() == 1 ? " check" : " checks") + " of the running OpenShift failed");
        }
        List<Cause> causes = Cause.of(failed);
        boolean one = external.isEmpty() && causes.size() == 1;
        List<String> evidence =
                new ArrayList<>(external.stream().map(LocatedImage::toLine).toList());
        for (Cause cause : causes) {
            evidence.add(cause.checks().size() == 1 ? cause.checks().get(0).toLine() : cause.toLine());
            cause.fix().filter(fix -> !one).ifPresent(fix -> evidence.add("  Fix: " + fix));
        }
        String each = external.isEmpty()
                ? "Fix each check as described below it."
                : "Apply the fix shown beside each image; list images that you accept in <allowedImages>"
                        + " (-Dcdk.allowedImages=quay.io/team/*).";
        return Optional.of(Problem.of(
                        String.join(", and ", what) + ".",
                        one ? causes.get(0).fix().orElse("see the report") : each)
                .with(shortened(evidence, "more, which the report lists")));
    }

    private static List<String> shortened(List<String> all, String rest) {
        List<String> shown = new ArrayList<>(all.stream().limit(SHOWN).toList());
        all.stream().skip(SHOWN).findFirst().ifPresent(first -> shown.add("and " + (all.size() - SHOWN) + " " + rest));
        return shown;
    }
}
