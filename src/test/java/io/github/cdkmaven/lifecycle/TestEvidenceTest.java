package io.github.cdkmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Evidence of a failed test")
class TestEvidenceTest {

    @TempDir
    Path folder;

    private final ReportBuilder report = new ReportBuilder("stop");

    private void collect() {
        Secrets secrets = Secrets.of(List.of("hunter2-hunter2"));
        new TestEvidence(new HandedFiles(folder), new CommandRunner(Secrets.NONE), secrets).collect(report);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3.11.0", "4.19.0"})
    @DisplayName(
            "is the pod that is not ready with the end of its log, the warnings and the routes of its namespace, without secrets")
    void collected(String openshift) throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.builder().openshift(openshift).pacing(false).start()) {
            hand(cluster);
            String token = Json.parse(Files.readString(folder.resolve("kubeconfig")))
                    .at("/users/0/user/token")
                    .asText();
            assertThat(token).isNotEmpty();
            cluster.state().pods(List.of(Json.parse("""
                    {"metadata": {"namespace": "shop", "name": "web-1-x", "annotations": {"simulation/log":
                        "connecting with hunter2-hunter2\\npassword: topsecret\\nBearer %s\\nconnection refused\\n"}},
                     "spec": {"containers": [{"name": "web", "image": "web"}]},
                     "status": {"phase": "Running", "containerStatuses": [{"name": "web", "ready": false,
                        "state": {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 10s"}}}]}}
                    """.formatted(token)), Json.parse("""
                    {"metadata": {"namespace": "shop", "name": "db-1-x"}, "spec": {"containers": [{"name": "db", "image": "db"}]},
                     "status": {"phase": "Running", "containerStatuses": [{"name": "db", "ready": true}]}}
                    """), Json.parse("""
                    {"metadata": {"namespace": "others", "name": "theirs"}, "spec": {"containers": [{"name": "x", "image": "x"}]},
                     "status": {"phase": "Pending"}}
                    """)));
            cluster.state().object("events", """
                    {"metadata": {"namespace": "shop", "name": "e1"}, "type": "Warning", "reason": "BackOff",
                     "message": "Back-off restarting", "involvedObject": {"kind": "Pod", "name": "web-1-x"}}
                    """);
            cluster.state().object("events", """
                    {"metadata": {"namespace": "shop", "name": "e2"}, "type": "Normal", "reason": "Pulled", "message": "fine",
                     "involvedObject": {"kind": "Pod", "name": "db-1-x"}}
                    """);
            cluster.state().object("routes.route.openshift.io", """
                    {"metadata": {"namespace": "shop", "name": "web"},
                     "spec": {"host": "web.apps.example", "to": {"name": "web"}}}
                    """);

            collect();

            assertThat(report.build().checks())
                    .extracting(Check::id, Check::subject, Check::outcome)
                    .containsExactly(
                            tuple("evidence.pod", "shop: web-1-x", CheckOutcome.WARN),
                            tuple("evidence.log", "shop: web-1-x/web", CheckOutcome.OK),
                            tuple("evidence.event", "shop: Pod web-1-x", CheckOutcome.OK),
                            tuple("evidence.route", "shop: web", CheckOutcome.OK));
            String all = report.build().checks().toString();
            assertThat(all)
                    .contains("CrashLoopBackOff", "back-off 10s", "connection refused", "Back-off restarting")
                    .contains("web.apps.example to web")
                    .doesNotContain("hunter2", "topsecret", token);
            assertThat(report.build().notes().toString()).contains("shop").doesNotContain("others");
        }
    }

    private void hand(SimulatedCluster cluster) throws Exception {
        Path file = folder.resolve("kubeconfig");
        Files.writeString(
                file, Kubeconfig.toText(Kubeconfig.parse(cluster.kubeconfigYaml("kube:admin"), file), "shop"));
    }

    @Test
    @DisplayName("that cannot be had is told in a note, and stops nothing")
    void unreachable() throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.builder().openshift("v3.11.0").start()) {
            hand(cluster);
        }

        collect();

        assertThat(report.build().checks()).isEmpty();
        assertThat(report.build().problem()).isEmpty();
    }

    @Test
    @DisplayName("is not looked for where no cluster was handed over")
    void nothingHanded() {
        collect();

        assertThat(report.build().notes()).isEmpty();
        assertThat(report.build().steps()).isEmpty();
    }
}
