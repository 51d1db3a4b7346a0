package io.github.cdkmaven.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.engine.ClusterConfiguration;
import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Reason;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.sim.cluster.ImportableRegistry;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.streams.TinyCluster.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A cluster whose whitelist lacks the registry")
@Timeout(60)
class WhitelistTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COUNT = 30;

    @Test
    @DisplayName("is asked once, and the fix is the very entry and its file")
    void isAskedOnce() throws IOException {
        try (TinyCluster cluster = new TinyCluster()) {
            for (int i = 0; i < COUNT; i++) {
                cluster.with("s" + i, tags(i == 0 ? 7 : 5));
            }
            refuseAll(cluster);
            ReportBuilder report = new ReportBuilder("imagestreams");

            Problem problem = catchThrowableOfType(ProblemException.class, () -> moving(true)
                            .run(cluster.api(), ClusterConfiguration.OTHERS, report))
                    .problem();

            assertThat(cluster.imports()).hasSize(1);
            assertThat(report.build().imageStreams())
                    .flatExtracting(stream -> stream.tags())
                    .hasSize(COUNT * 5 + 2)
                    .allSatisfy(tag -> assertThat(tag.reason()).contains(Reason.FORBIDDEN))
                    .allSatisfy(
                            tag -> assertThat(tag.message().orElseThrow())
                                    .isEqualTo(
                                            "registry \"registry.corp:5000\" not allowed by whitelist: \"docker.io:443\", and 9 more ..."));
            assertThat(problem.what()).startsWith("152 of 152 ").doesNotContain("in place");
            assertThat(problem.evidence()).singleElement().asString().startsWith("152 tags, such as openshift/s0:0 ");
            assertThat(problem.fix())
                    .contains(
                            "{domainName: registry.corp:5000, insecure: true}",
                            "/etc/origin/master/master-config.yaml");
        }
    }

    @Test
    @DisplayName("is asked for the shortest stream that is imported, and nothing is rewritten either")
    void isAskedForTheShortest() throws IOException {
        try (TinyCluster cluster = new TinyCluster()) {
            for (int i = 0; i < COUNT; i++) {
                cluster.with("s" + i, tags(i == 20 ? 1 : 5));
            }
            cluster.with("rewritten", """
                    {"tags": [{"name": "1", "reference": true,
                      "from": {"kind": "DockerImage", "name": "registry.redhat.io/a/b:1"}}]}""");
            cluster.with("whole", "{\"dockerImageRepository\": \"registry.redhat.io/a/b\"}");
            refuseAll(cluster);

            Globs none = new Globs(List.of());
            // One at a time, since others may overtake the first.
            Streams streams =
                    new Streams(false, List.of("openshift"), none, none, true, none, 1, Duration.ofMinutes(1), false);

            catchThrowableOfType(ProblemException.class, () -> new StreamMoving(
                            Registries.of(Registry.to("registry.corp:5000")), streams)
                    .run(cluster.api(), ClusterConfiguration.OTHERS, new ReportBuilder("imagestreams")));

            assertThat(cluster.imports())
                    .singleElement()
                    .extracting(request -> request.at("/metadata/name").asText())
                    .isEqualTo("s20");
            assertThat(cluster.requests()).noneMatch(request -> request.startsWith("PUT"));
        }
    }

    @Test
    @DisplayName("refuses nothing else: what goes to another registry is imported")
    void refusesNothingElse() throws IOException {
        try (TinyCluster cluster = new TinyCluster()) {
            cluster.with("a", """
                    {"tags": [
                      {"name": "1", "from": {"kind": "DockerImage", "name": "registry.redhat.io/a/b:1"}},
                      {"name": "2", "from": {"kind": "DockerImage", "name": "quay.io/a/b:2"}}]}""");
            cluster.dictate("POST imagestreamimports", refusal());
            Registries registries = Registries.of(
                    Registry.to("registry.corp:5000"),
                    new Relocation(List.of(
                            new Mapping("registry.redhat.io", "registry.corp:5000"),
                            new Mapping("quay.io", "other.corp"))));
            ReportBuilder report = new ReportBuilder("imagestreams");

            Problem problem = catchThrowableOfType(
                            ProblemException.class, () -> new StreamMoving(registries, Streams.of(List.of("openshift")))
                                    .run(cluster.api(), ClusterConfiguration.OTHERS, report))
                    .problem();

            assertThat(problem.what()).startsWith("1 of 2 ").endsWith("; all others are in place.");
            assertThat(problem.fix()).contains("{domainName: registry.corp:5000}");
            assertThat(cluster.stream("a").at("/spec/tags/1/from/name").asText())
                    .isEqualTo("other.corp/a/b:2");
        }
    }

    @ParameterizedTest(name = "insecure: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("imports once it has the entry that the fix names")
    void importsWithTheEntry(boolean insecure) throws IOException {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = SimulatedCluster.builder()
                        .openshift("v3.9.31")
                        .imageStreams(JSON.readTree("""
                                {"items": [{"kind": "ImageStream", "metadata": {"name": "a"}, "spec": {"tags": [
                                  {"name": "1", "from": {"kind": "DockerImage", "name": "registry.redhat.io/a/b:1"}}]}}]}"""))
                        .pacing(false)
                        .importController(false)
                        .start()) {
            registry.image("a/b:1");
            cluster.state().whitelist(List.of(new ImportableRegistry("*.redhat.io", false)));
            Registries registries = Registries.of(Registry.to(registry.host()).withInsecure(true));
            StreamMoving moving = new StreamMoving(registries, Streams.of(List.of("openshift")));
            var api = ApiOf.kubeconfig(cluster.kubeconfigJson()).api();
            Problem problem = catchThrowableOfType(
                            ProblemException.class,
                            () -> moving.run(api, ClusterConfiguration.OTHERS, new ReportBuilder("imagestreams")))
                    .problem();
            assertThat(problem.fix()).contains("{domainName: " + registry.host() + ", insecure: true}");

            cluster.state().whitelist(List.of(new ImportableRegistry(registry.host(), insecure)));
            moving.run(api, ClusterConfiguration.OTHERS, new ReportBuilder("imagestreams"));
            assertThat(cluster.state()
                            .imageStream("openshift", "a")
                            .at("/spec/tags/0/from/name")
                            .asText())
                    .isEqualTo(registry.host() + "/a/b:1");
        }
    }

    private static void refuseAll(TinyCluster cluster) {
        cluster.dictate(
                "POST imagestreamimports",
                Collections.nCopies(COUNT * 7, refusal()).toArray(Reply[]::new));
    }

    private static StreamMoving moving(boolean insecure) {
        return new StreamMoving(
                Registries.of(Registry.to("registry.corp:5000").withInsecure(insecure)),
                Streams.of(List.of("openshift")));
    }

    /** As OpenShift 3.9 words it, for each place where the image would stand. */
    private static Reply refusal() {
        String words = "registry \"registry.corp:5000\" not allowed by whitelist: \"docker.io:443\", and 9 more ...";
        return Reply.of(
                422,
                "Invalid",
                "ImageStream \"s0\" is invalid: [spec.tags[0].from.name: Forbidden: " + words
                        + ", status.tags[0].items[0].dockerImageReference: Forbidden: " + words + "]");
    }

    private static String tags(int count) {
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tags.add("{\"name\": \"" + i
                    + "\", \"from\": {\"kind\": \"DockerImage\", \"name\": \"registry.redhat.io/a/b:" + i + "\"}}");
        }
        return "{\"tags\": [" + String.join(", ", tags) + "]}";
    }
}
