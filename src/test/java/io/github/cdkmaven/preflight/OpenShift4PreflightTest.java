package io.github.cdkmaven.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An image that is there in OCI's form")
class OpenShift4PreflightTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "for {0}: {1}")
    @CsvSource({"4.19.0, OK", "v1.32.13, OK", "v3.11.0, FAIL"})
    @DisplayName("is there for an OpenShift that reads it, and no other")
    void oci(String openshift, CheckOutcome outcome) {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.put("ubi9/perl-532:latest", TinyImage.ociIndex("perl", "amd64", "arm64"));

            List<Check> checks = OneImagePreflight.of(
                    Registry.to(registry.host()).withInsecure(true),
                    List.of("ubi9/perl-532:latest"),
                    folder,
                    openshift);

            boolean isOk = outcome == CheckOutcome.OK;
            assertThat(checks)
                    .filteredOn(check -> check.id().equals("image.found"))
                    .allSatisfy(found ->
                            assertThat(found.message().contains("1 of 1")).isEqualTo(isOk));
            assertThat(checks.stream().anyMatch(check -> check.id().equals("image.ociOnly")))
                    .isNotEqualTo(isOk);
        }
    }
}
