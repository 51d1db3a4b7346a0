package io.github.cdkmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.registry.DockerRegistry;
import io.github.cdkmaven.world.Mirror;
import io.github.cdkmaven.world.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Two real docker-registries, to which the mappings send images")
@EnabledIf("io.github.cdkmaven.sim.registry.DockerRegistry#available")
class TwoRegistriesTest {

    private static final Path SET = Path.of("src/test/resources/imagestreams/two-of-everything.json");

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "are treated alike from preflight to verify: checked, trusted, seeded from, imported from, and no surprise")
    void fromPreflightToVerify() {
        try (DockerRegistry own = DockerRegistry.start();
                DockerRegistry other = DockerRegistry.start();
                SimulatedCdk cdk = SimulatedCdk.in(folder.resolve("site"))
                        .version("cdk-3.10")
                        .imageStreams(SET)
                        .pacing(false)
                        .create()) {
            new Mirror(own).imageStreams(SET);
            own.image("openshift/origin-service-serving-cert-signer:v3.11");
            new Mirror(other).platform("openshift3/ose", "v3.11.141").imageStreams(SET);
            Site site = new Site(cdk, own, folder.resolve("reports"))
                    .preflight()
                    .relocation(new Relocation(List.of(
                            Mapping.parse("registry.redhat.io=" + own.host()),
                            Mapping.parse("docker.io=" + own.host()),
                            Mapping.parse("registry.access.redhat.com=" + other.host()))));

            site.start();

            JsonNode report = site.report();
            assertThat(report.path("outcome").asText()).isEqualTo("ok");
            assertThat(subjects(report, "registry.api", "ok")).containsExactlyInAnyOrder(own.host(), other.host());
            assertThat(subjects(report, "verify.daemon", "ok")).hasSize(1);
            assertThat(subjects(report, "verify.daemon", "warn")).isEmpty();
            assertThat(report.path("summary").path("imported").asInt()).isEqualTo(7);
            assertThat(report.path("imageStreams").findValuesAsText("to"))
                    .anyMatch(to -> to.startsWith(own.host()))
                    .anyMatch(to -> to.startsWith(other.host()));
            assertThat(report.path("images").findValuesAsText("image"))
                    .as("what was seeded from the second registry")
                    .contains("registry.access.redhat.com/openshift3/ose-control-plane:v3.11.141");
            assertThat(report.path("summary").path("external").asInt()).isZero();
        }
    }

    private static List<String> subjects(JsonNode report, String id, String outcome) {
        return StreamSupport.stream(report.path("checks").spliterator(), false)
                .filter(check -> check.path("id").asText().equals(id)
                        && check.path("outcome").asText().equals(outcome))
                .map(check -> check.path("subject").asText())
                .toList();
    }
}
