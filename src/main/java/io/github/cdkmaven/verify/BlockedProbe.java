package io.github.cdkmaven.verify;

import io.github.cdkmaven.minishift.VmShell;
import io.github.cdkmaven.minishift.VmShell.Output;
import io.github.cdkmaven.report.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Tries to pull a public image from each registry that is to be blocked. All of that must fail, and must fail before the registry answers. */
final class BlockedProbe {

    /** A small image that exists there; other registries are asked for one that need not exist: an answer is enough. */
    private static final Map<String, String> SMALL = Map.of(
            "docker.io", "library/hello-world:latest",
            "registry.access.redhat.com", "openshift3/ose-pod:latest",
            "registry.redhat.io", "openshift3/ose-pod:latest",
            "quay.io", "openshift/origin-pod:latest");

    /** How docker passes on what only the registry itself can say. */
    private static final Pattern ANSWERED =
            Pattern.compile("(?i)not found|manifest unknown|denied|unauthorized|authentication required");

    private BlockedProbe() {}

    static List<Check> run(VmShell shell, List<String> blocked, Duration limit) {
        List<String> images = blocked.stream()
                .filter(registry -> !List.of("all", "public").contains(registry))
                .map(registry -> registry + "/" + SMALL.getOrDefault(registry, "library/hello-world:latest"))
                .toList();
        if (images.isEmpty()) {
            return List.of();
        }
        List<Output> outputs = shell.run(
                limit,
                images.stream().map(image -> "docker pull " + image + " 2>&1").toList());
        List<String> pulled = new ArrayList<>();
        List<Check> checks = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            checks.add(check(images.get(i), outputs.get(i)));
            if (outputs.get(i).succeeded()) {
                pulled.add("docker rmi " + images.get(i) + " 2>&1");
            }
        }
        if (!pulled.isEmpty()) {
            shell.run(limit, pulled);
        }
        return checks;
    }

    static Check check(String image, Output output) {
        String fix =
                "the VM keeps the <blockedRegistries> it was created with: 'minishift delete --force', then start again";
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
        return output.text()
                .lines()
                .filter(line -> !line.isBlank())
                .reduce("", (first, second) -> second)
                .strip();
    }
}
