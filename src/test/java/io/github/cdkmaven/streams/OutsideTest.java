package io.github.cdkmaven.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.engine.ClusterConfiguration;
import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.ConsoleSummary;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.world.Log;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A stream of which the mappings cover nothing, or not all")
@Timeout(60)
class OutsideTest {

    private static final Registry REGISTRY = Registry.to("registry.corp:5000");
    private static final String POSTGRESQL = """
            {"tags": [
              {"name": "13", "from": {"kind": "DockerImage", "name": "quay.io/sclorg/postgresql-13-c9s:latest"}, "generation": 1},
              {"name": "h", "from": {"kind": "DockerImage", "name": "registry.hub.docker.com/library/postgres:13"}, "generation": 1}]}""";

    private final ReportBuilder report = new ReportBuilder("imagestreams");

    @Test
    @DisplayName("is told in the log, the report and the summary, and is not called in place")
    void isTold() throws IOException {
        try (TinyCluster cluster = new TinyCluster()) {
            cluster.with("pg", POSTGRESQL);
            Relocation redHat = new Relocation(List.of(new Mapping("registry.redhat.io", REGISTRY.host())));

            String log = Log.of(() -> moving(redHat).run(cluster.api(), ClusterConfiguration.OTHERS, report));

            assertThat(log)
                    .contains("No tag of 1 ImageStream is in place, 2 outside")
                    .contains("1 tag outside, at quay.io", "1 tag outside, at registry.hub.docker.com");
            assertThat(report.build().summary().outside()).isEqualTo(2);
            assertThat(ConsoleSummary.lines(report.build()))
                    .anyMatch(line -> line.text().contains("outside, at quay.io"))
                    .anyMatch(line -> line.text().contains("2 outside"));
            assertThat(cluster.imports()).isEmpty();
        }
    }

    @Test
    @DisplayName("is moved where Docker Hub has a mapping, by whichever of its names, and the rest is told")
    void isMovedInPart() throws IOException {
        try (TinyCluster cluster = new TinyCluster()) {
            cluster.with("pg", POSTGRESQL);

            String log = Log.of(() -> moving(Relocation.byDefault(REGISTRY.name()))
                    .run(cluster.api(), ClusterConfiguration.OTHERS, report));

            assertThat(log).contains("1 tag outside, at quay.io").doesNotContain("nothing was changed");
            assertThat(cluster.stream("pg").at("/spec/tags/1/from/name").asText())
                    .isEqualTo("registry.corp:5000/library/postgres:13");
            assertThat(report.build().summary())
                    .satisfies(summary -> assertThat(summary.imported()).isEqualTo(1))
                    .satisfies(summary -> assertThat(summary.outside()).isEqualTo(1));
        }
    }

    private static StreamMoving moving(Relocation relocation) {
        return new StreamMoving(Registries.of(REGISTRY, relocation), Streams.of(List.of("openshift")));
    }
}
