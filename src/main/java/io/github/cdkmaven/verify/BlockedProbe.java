package io.github.cdkmaven.verify;

import io.github.cdkmaven.minishift.VmShell.Output;
import io.github.cdkmaven.report.Check;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Tries to pull a public image from each registry that is to be blocked. All of that must fail, and must fail before the registry answers.
 *
 * @param images the images to try
 */
record BlockedProbe(List<String> images) {

    /** A small image that exists there; other registries are asked for one that need not exist: an answer is enough. */
    private static final Map<String, String> SMALL = Map.of(
            "docker.io", "library/hello-world:latest",
            "registry.access.redhat.com", "openshift3/ose-pod:latest",
            "registry.redhat.io", "openshift3/ose-pod:latest",
            "quay.io", "openshift/origin-pod:latest");

    /** What stands for more than one registry (Red Hat's docker), so that no image of it can be named. */
    private static final List<String> WORDS = List.of("all", "public");

    /** How docker passes on what only the registry itself can say. */
    private static final Pattern ANSWERED =
            Pattern.compile("(?i)not found|manifest unknown|denied|unauthorized|authentication required");

    static BlockedProbe of(List<String> blocked) {
        return new BlockedProbe(blocked.stream()
                .filter(registry -> !WORDS.contains(registry))
                .map(registry -> registry + "/" + SMALL.getOrDefault(registry, "library/hello-world:latest"))
                .toList());
    }

    /** What to run in the VM, one command for each image. */
    List<String> pulls() {
        return images.stream().map(image -> "docker pull " + image + " 2>&1").toList();
    }

    /** What to run afterwards, so that nothing is left of it. */
    List<String> removals(List<Output> pulls) {
        return IntStream.range(0, images.size())
                .filter(i -> pulls.get(i).succeeded())
                .mapToObj(i -> "docker rmi " + images.get(i) + " 2>&1")
                .toList();
    }

    /**
     * What came of the pulls, one check for each.
     *
     * @param recreate how to get a new VM
     */
    List<Check> checks(List<Output> pulls, String recreate) {
        return IntStream.range(0, images.size())
                .mapToObj(i -> check(images.get(i), pulls.get(i), recreate))
                .toList();
    }

    private static Check check(String image, Output output, String recreate) {
        String fix = "the VM keeps the <blockedRegistries> it was created with: " + recreate;
        if (output.succeeded()) {
            return Check.fail(
                    "verify.blocked", image, "The VM could pull it, though its registry is to be blocked.", fix);
        }
        if (ANSWERED.matcher(output.text()).find()) {
            return Check.fail(
                    "verify.blocked",
                    image,
                    "The VM reached its registry, though that is to be blocked: " + lastLine(output),
                    fix);
        }
        return Check.ok("verify.blocked", image, "cannot be pulled: " + lastLine(output));
    }

    private static String lastLine(Output output) {
        return output.shown()
                .lines()
                .filter(line -> !line.isBlank())
                .reduce("", (first, second) -> second)
                .strip();
    }
}
