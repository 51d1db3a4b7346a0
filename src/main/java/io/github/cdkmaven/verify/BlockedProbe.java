package io.github.cdkmaven.verify;

import io.github.cdkmaven.engine.MachineEngine.Pull;
import io.github.cdkmaven.report.Check;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

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

    /**
     * What a pull came to.
     *
     * @param recreate how to get a new VM
     */
    static Check check(Pull pull, String recreate) {
        String fix = "a VM keeps the <blockedRegistries> that it was created with: " + recreate;
        if (pull.succeeded()) {
            return Check.fail(
                    "verify.blocked",
                    pull.image(),
                    "The VM could pull it, although its registry should be blocked.",
                    fix);
        }
        if (ANSWERED.matcher(pull.text()).find()) {
            return Check.fail(
                    "verify.blocked",
                    pull.image(),
                    "The VM reached its registry, although that should be blocked: " + lastLine(pull),
                    fix);
        }
        return Check.ok("verify.blocked", pull.image(), "cannot be pulled: " + lastLine(pull));
    }

    /** The last line of what the runtime said. */
    static String lastLine(Pull pull) {
        return pull.shown()
                .lines()
                .filter(line -> !line.isBlank())
                .reduce("", (first, second) -> second)
                .strip();
    }
}
