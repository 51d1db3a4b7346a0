package io.github.cdkmaven.verify;

import io.github.cdkmaven.openshift.Pods;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the findings come to.
 *
 * <p>What fails: an image from outside in a pod or in a container of the cluster, an image in the VM's store that a registry outside gave, and
 * an image that a pod cannot get. What only warns: an image in store that no registry gave, since somebody loaded or built it; everything in
 * the store of somebody's own machine (generic driver), which serves other purposes too; a container on such a machine whose image no registry
 * gave.
 *
 * @param counted the findings that count, for the cluster or against it
 * @param noted the images from outside that are only worth a word
 */
record VerificationResult(List<LocatedImage> counted, List<LocatedImage> noted) {

    private static final int SHOWN = 20;

    VerificationResult {
        counted = List.copyOf(counted);
        noted = List.copyOf(noted);
    }

    /** Sorts what an inspection finds. */
    static VerificationResult of(Inspection inspection, List<Pods.Container> pods, boolean external) {
        List<LocatedImage> counted = new ArrayList<>(inspection.pods(pods));
        List<LocatedImage> noted = new ArrayList<>();
        for (LocatedImage finding : inspection.containers(pods)) {
            (external && finding.isUnproven() ? noted : counted).add(finding);
        }
        for (LocatedImage finding : inspection.stored()) {
            (finding.isUnproven() || external && finding.isExternal() ? noted : counted).add(finding);
        }
        return new VerificationResult(counted, noted);
    }

    /** The warning about what is only worth a word. */
    Optional<Check> warning() {
        if (noted.isEmpty()) {
            return Optional.empty();
        }
        List<String> images = noted.stream().map(LocatedImage::image).distinct().toList();
        return Optional.of(Check.warn(
                "verify.stored",
                "the VM",
                images.size() + (images.size() == 1 ? " image" : " images")
                        + " in the VM, which no pod runs, did not come from the registry: "
                        + String.join(", ", shortened(images, "more")),
                "remove it from the VM's docker, or accept it: <allowedImages> (-Dcdk.allowedImages)"));
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
        List<String> evidence = Stream.concat(
                        external.stream().map(LocatedImage::toLine),
                        failed.stream().map(Check::toLine))
                .toList();
        String fix = external.isEmpty()
                ? failed.get(0).fix().orElse("see the report")
                : "Do what is said beside each image; one that is to be accepted goes into <allowedImages>"
                        + " (-Dcdk.allowedImages=quay.io/team/*).";
        return Optional.of(Problem.of(String.join(", and ", what) + ".", fix)
                .with(shortened(evidence, "more, which the report lists")));
    }

    private static List<String> shortened(List<String> all, String rest) {
        List<String> shown = new ArrayList<>(all.stream().limit(SHOWN).toList());
        all.stream().skip(SHOWN).findFirst().ifPresent(first -> shown.add("and " + (all.size() - SHOWN) + " " + rest));
        return shown;
    }
}
