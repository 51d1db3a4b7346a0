package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.openshift.NamespaceEvidence;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.problem.ForeignFailure;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ReportBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects, after a failed test and before its cluster is stopped, what people would ask for, from the namespaces that the tests used: the one
 * that was handed to them, and those that came into being since.
 */
public final class TestEvidence {

    private static final Logger LOG = LoggerFactory.getLogger(TestEvidence.class);

    /** For all of it: a stop is not to wait for long. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** The clock of the cluster may be behind that of the build. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final HandedFiles files;
    private final CommandRunner runner;
    private final Secrets secrets;

    /**
     * Evidence that is still to be collected.
     *
     * @param files what the tests were given
     * @param runner runs the plug-in that the kubeconfig may name
     * @param secrets what must not be seen beside what is in the kubeconfig
     */
    public TestEvidence(HandedFiles files, CommandRunner runner, Secrets secrets) {
        this.files = files;
        this.runner = runner;
        this.secrets = secrets;
    }

    /** Collects it. What fails of that is told, and keeps nothing from being stopped. */
    public void collect(ReportBuilder report) {
        Path kubeconfig = files.kubeconfig();
        if (!Files.isReadable(kubeconfig)) {
            return;
        }
        try {
            report.step("Collect evidence of the failure", () -> {
                collect(kubeconfig, report);
                return true;
            });
        } catch (IOException | RuntimeException e) {
            report.note("No evidence of the failure could be collected: " + ForeignFailure.words(e));
            LOG.debug("No evidence", ForeignFailure.of(e));
        }
    }

    private void collect(Path kubeconfig, ReportBuilder report) throws IOException {
        ClusterAccess access = Kubeconfig.read(kubeconfig.toString(), Optional.empty(), runner, System.getenv());
        Secrets login = Kubeconfig.secrets(kubeconfig);
        OpenShiftApi api = new OpenShiftApi(access).within(Deadline.in(LIMIT));
        NamespaceEvidence evidence = new NamespaceEvidence(api, text -> DebugBundle.masked(login, secrets.mask(text)));
        List<String> namespaces = Stream.concat(
                        Kubeconfig.namespace(kubeconfig.toString(), access.context()).stream(),
                        evidence
                                .projectsSince(Files.getLastModifiedTime(kubeconfig)
                                        .toInstant()
                                        .minus(TOLERANCE))
                                .stream())
                .distinct()
                .toList();
        List<String> told = new ArrayList<>();
        for (String namespace : namespaces) {
            List<Check> checks = evidence.of(namespace);
            report.checks(checks);
            if (!checks.isEmpty()) {
                told.add(namespace);
            }
        }
        report.note(
                told.isEmpty()
                        ? "A test failed. All pods of " + String.join(", ", namespaces)
                                + " are ready, and there are no warning events."
                        : "A test failed. The evidence from " + String.join(", ", told)
                                + " is among the checks of this report.");
    }
}
