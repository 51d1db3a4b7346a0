package io.github.cdkmaven.minishift;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Command;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.CommandRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code oc} that minishift keeps of an OpenShift. Every start needs it, and one that does not find it asks GitHub or mirror.openshift.com,
 * which takes 44 seconds to fail without Internet access (run on minishift 1.34.3).
 */
final class OcCache {

    private static final Logger LOG = LoggerFactory.getLogger(OcCache.class);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** {@code oc v3.11.0+0cbc58b} is the one of v3.11.0. */
    private static final Pattern VERSION = Pattern.compile("(?m)^oc (v[0-9.]+)");

    private final CommandRunner runner;
    private final MachineFiles files;
    private final Optional<Path> given;

    /**
     * A cache.
     *
     * @param given the {@code oc} that the user names, with which it can be filled
     */
    OcCache(CommandRunner runner, MachineFiles files, Optional<Path> given) {
        this.runner = runner;
        this.files = files;
        this.given = given;
    }

    /**
     * Where minishift gets its {@code oc} from.
     *
     * @param openshift the exact OpenShift that will run
     * @throws io.github.cdkmaven.problem.ProblemException if it would look outside
     */
    String source(String openshift) {
        if (files.cachedOpenShifts().contains(openshift)) {
            return "in minishift's cache";
        }
        return suitable(openshift) + " has this version; the start puts it into minishift's cache";
    }

    /**
     * Puts the user's {@code oc} into the cache where minishift has none.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if there is none of this version
     */
    void fill(String openshift) {
        if (files.cachedOpenShifts().contains(openshift)) {
            return;
        }
        Path oc = suitable(openshift);
        Path target = files.cachedOc(openshift);
        try {
            Files.createDirectories(target.getParent());
            Path copy = target.resolveSibling(target.getFileName() + ".new");
            Files.copy(oc, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target, e);
        }
        LOG.info("{} was added to minishift's cache for OpenShift {}", oc, openshift);
    }

    private Path suitable(String openshift) {
        Path oc = given.orElseThrow(() -> missing(openshift).toException());
        String version = version(oc);
        if (!version.equals(openshift)) {
            throw missing(openshift)
                    .with("<oc> names " + oc + ", which is "
                            + (version.isEmpty() ? "no oc of OpenShift 3" : "oc " + version))
                    .toException();
        }
        return oc;
    }

    /** Without a kubeconfig, so that it asks no cluster for its version too. */
    private String version(Path oc) {
        Map<String, String> nowhere =
                Map.of("KUBECONFIG", files.home().resolve("no-kubeconfig").toString());
        CommandResult result = runner.run(new Command(oc, List.of("version"), nowhere, LIMIT));
        Matcher version = VERSION.matcher(result.out());
        return version.find() ? version.group(1) : "";
    }

    private Problem missing(String openshift) {
        List<String> cached = files.cachedOpenShifts();
        return Problem.of(
                "minishift has no oc of OpenShift " + openshift + " in its cache"
                        + (cached.isEmpty() ? "" : " (only of " + String.join(", ", cached) + ")")
                        + ", and would download it from the Internet.",
                "<oc>/path/to/oc</oc> (-Dcdk.oc=…) with an oc " + openshift + ", or put one there by hand: "
                        + files.cachedOc(openshift)
                        + (cached.isEmpty()
                                ? "; a CDK brings its own: 'minishift setup-cdk' with MINISHIFT_HOME=" + files.home()
                                : "; or <openshiftVersion>" + cached.get(cached.size() - 1) + "</openshiftVersion>"
                                        + " (-Dcdk.openshiftVersion=" + cached.get(cached.size() - 1) + ")"));
    }
}
