package io.github.cdkmaven.verify;

import io.github.cdkmaven.openshift.Pods;
import io.github.cdkmaven.report.Check;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells of pods that do not get their images, or do not have them yet. */
final class PodChecks {

    /** What kubelet calls a pull that failed, or that cannot succeed (kubernetes {@code pkg/kubelet/images/types.go}). */
    private static final Set<String> FAILING = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "ErrImageNeverPull",
            "InvalidImageName",
            "ImageInspectError",
            "RegistryUnavailable");

    private PodChecks() {}

    /** One check for each container that waits for its image. */
    static List<Check> of(List<Pods.Container> containers, AllowedImages allowed) {
        return containers.stream()
                .map(container -> container.waiting().flatMap(reason -> of(container, reason, allowed)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Check> of(Pods.Container container, String reason, AllowedImages allowed) {
        String what = reason + ": " + container.image()
                + (container.message().isBlank()
                        ? ""
                        : ": " + container.message().strip());
        if (FAILING.contains(reason)) {
            String fix =
                    "mirror the image into the registry (cdk:images lists what is needed), or correct the pod's image;"
                            + " list images that you accept in <allowedImages> (-Dcdk.allowedImages)";
            return Optional.of(
                    allowed.matches(container.image())
                            ? Check.warn("verify.pull", container.location(), what, fix)
                            : Check.fail("verify.pull", container.location(), what, fix));
        }
        return Pods.isStarting(reason)
                ? Optional.of(Check.warn(
                        "verify.pull",
                        container.location(),
                        "still not running: " + what,
                        "<verifyTimeout>10m</verifyTimeout> (-Dcdk.verifyTimeout=10m) waits longer for it"))
                : Optional.empty();
    }
}
