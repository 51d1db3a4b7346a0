package io.github.cdkmaven.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.engine.ClusterConfiguration;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.RunReport;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.sim.cluster.ClusterFaults;
import io.github.cdkmaven.sim.cluster.JournalEntry;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Namespaces by glob")
class NamespaceGlobsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static ObjectNode streams(int count) {
        return streams(count, "registry.redhat.io/lab/app:1");
    }

    private static ObjectNode streams(int count, String source) {
        ObjectNode list = JSON.createObjectNode().put("kind", "ImageStreamList");
        for (int i = 0; i < count; i++) {
            ObjectNode stream = list.withArray("items").addObject();
            stream.putObject("metadata").put("name", "app-" + i);
            ObjectNode tag =
                    stream.putObject("spec").putArray("tags").addObject().put("name", "1");
            tag.putObject("from").put("kind", "DockerImage").put("name", source);
        }
        return list;
    }

    private static SimulatedCluster.Builder cluster() {
        return SimulatedCluster.builder().openshift("4.19.0").pacing(false).importController(false);
    }

    private static SimulatedRegistry registry() {
        SimulatedRegistry registry = SimulatedRegistry.start();
        registry.image("lab/app:1");
        return registry;
    }

    private static StreamMoving moving(SimulatedRegistry registry, String... namespaces) {
        return new StreamMoving(
                Registries.of(Registry.to(registry.host()).withInsecure(true)), Streams.of(List.of(namespaces)));
    }

    private static RunReport move(
            SimulatedCluster cluster, String user, SimulatedRegistry registry, String... namespaces) {
        ReportBuilder report = new ReportBuilder("imagestreams");
        moving(registry, namespaces).run(ApiOf.user(cluster, user).api(), ClusterConfiguration.OTHERS, report);
        return report.build();
    }

    private static Problem failure(
            SimulatedCluster cluster, String user, SimulatedRegistry registry, String... namespaces) {
        return catchThrowableOfType(ProblemException.class, () -> move(cluster, user, registry, namespaces))
                .problem();
    }

    private static List<String> namespaces(RunReport report) {
        return report.imageStreams().stream()
                .map(StreamResult::namespace)
                .distinct()
                .toList();
    }

    private static List<String> paths(SimulatedCluster cluster, int from, String part) {
        List<JournalEntry> requests = cluster.state().requests();
        return requests.subList(from, requests.size()).stream()
                .map(JournalEntry::path)
                .filter(path -> path.contains(part))
                .toList();
    }

    @Test
    @DisplayName("move 1,000 streams of 200 namespaces in one run, by one list of all where the user may read it")
    void many() {
        SimulatedCluster.Builder builder = cluster().imageStreams("other", streams(1));
        IntStream.range(0, 200).forEach(i -> builder.imageStreams("team-" + i, streams(5)));
        try (SimulatedRegistry registry = registry();
                SimulatedCluster cluster = builder.start()) {
            RunReport report = move(cluster, "kube:admin", registry, "team-*");

            assertThat(report.summary().streams()).isEqualTo(1_000);
            assertThat(report.summary().imported()).isEqualTo(1_000);
            assertThat(namespaces(report)).hasSize(200).doesNotContain("other");

            int before = cluster.state().requests().size();
            int changes = cluster.state().changes().size();
            RunReport again = move(cluster, "kube:admin", registry, "team-*");
            assertThat(again.summary().unchanged()).isEqualTo(1_000);
            assertThat(cluster.state().changes()).hasSize(changes);
            assertThat(paths(cluster, before, "")).hasSizeLessThan(8);
            assertThat(paths(cluster, before, "/namespaces/team-")).isEmpty();
        }
    }

    @Test
    @DisplayName("of a user who may list no namespaces are those of the user's projects")
    void ownProjects() {
        try (SimulatedRegistry registry = registry();
                SimulatedCluster cluster = cluster()
                        .editor("jane", "team-a", "team-b", "private")
                        .imageStreams("team-a", streams(2))
                        .imageStreams("team-b", streams(1))
                        .imageStreams("team-c", streams(1))
                        .imageStreams("private", streams(1))
                        .start()) {
            RunReport report = move(cluster, "jane", registry, "team-*");

            assertThat(namespaces(report)).containsExactly("team-a", "team-b");
            assertThat(report.summary().imported()).isEqualTo(3);
            assertThat(report.checks()).noneMatch(check -> check.id().equals("imagestreams.permission"));
            assertThat(namespaces(move(cluster, "jane", registry, "*"))).contains("private", "team-a");
        }
    }

    @Test
    @DisplayName("leave out a namespace whose streams this user may not even read, unless it is called by name")
    void unreadable() {
        try (SimulatedRegistry registry = registry();
                SimulatedCluster cluster = cluster()
                        .imageStreams("team-a", streams(1))
                        .imageStreams("team-b", streams(2))
                        .start()) {
            cluster.state().faults(ClusterFaults.none().withoutRightsIn("team-b"));

            RunReport report = move(cluster, "kube:admin", registry, "team-*");

            assertThat(namespaces(report)).containsExactly("team-a");
            assertThat(failure(cluster, "kube:admin", registry, "team-a", "team-b")
                            .what())
                    .contains("'team-b'");
        }
    }

    @Test
    @DisplayName("tell each namespace whose streams are seen and may not be changed, with what grants it")
    void seenAndNotChanged() {
        try (SimulatedRegistry registry = registry();
                SimulatedCluster cluster = cluster()
                        .editor("jane", "team-a")
                        .viewer("jane", "team-b")
                        .imageStreams("team-a", streams(1))
                        .imageStreams("team-b", streams(2))
                        .start()) {
            RunReport told = move(cluster, "jane", registry, "*");
            assertThat(told.summary().imported()).isEqualTo(1);
            assertThat(told.summary().skipped()).isEqualTo(2);
            Check check = told.checks().stream()
                    .filter(found -> found.id().equals("imagestreams.permission"))
                    .findFirst()
                    .orElseThrow();
            assertThat(check.subject()).contains("team-b");
            assertThat(check.message()).contains("update imagestreams");
            assertThat(check.fix().orElseThrow()).contains("oc adm policy add-role-to-user edit", "-n team-b");
        }
    }

    @Test
    @DisplayName("that match nothing are refused by name")
    void nothing() {
        try (SimulatedRegistry registry = registry();
                SimulatedCluster cluster = cluster()
                        .editor("jane", "team-a")
                        .imageStreams("team-a", streams(1))
                        .start()) {
            Problem problem = failure(cluster, "jane", registry, "team-*", "prod-*");

            assertThat(problem.what()).contains("'prod-*'").doesNotContain("team-*");
            assertThat(problem.fix()).contains("<namespaces>", "-Dcdk.namespaces");
            assertThat(cluster.state().changes()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "want no right beforehand but in namespaces that are called by name, and the login where it is needed alone")
    void rightsAndSecrets() {
        try (SimulatedRegistry registry = SimulatedRegistry.builder()
                        .basicAuth("mirror", "s3cr3t")
                        .start();
                SimulatedCluster cluster = cluster()
                        .imageStreams("team-a", streams(1))
                        .imageStreams("team-b", streams(1, "quay.io/lab/app:1"))
                        .start()) {
            registry.image("lab/app:1");
            StreamMoving moving = new StreamMoving(
                    Registries.of(Registry.to(registry.host())
                            .withInsecure(true)
                            .withCredentials(new Credentials("mirror", "s3cr3t"))),
                    Streams.of(List.of("team-*", "mine")));
            assertThat(moving.permissions()).extracting(Permission::namespace).containsOnly("mine");

            moving.run(
                    ApiOf.user(cluster, "kube:admin").api(),
                    ClusterConfiguration.OTHERS,
                    new ReportBuilder("imagestreams"));

            assertThat(cluster.state().secrets("team-a")).hasSize(1);
            assertThat(cluster.state().secrets("mine"))
                    .as("nothing moves there")
                    .isEmpty();
            assertThat(cluster.state().secrets("team-b")).isEmpty();
        }
    }
}
