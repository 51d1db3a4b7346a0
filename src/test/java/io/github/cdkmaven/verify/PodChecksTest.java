package io.github.cdkmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.openshift.Pods;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A container that waits")
class PodChecksTest {

    private static List<Check> checks(String reason, String message, String... allowed) {
        Pods.Container container = new Pods.Container(
                "shop", "web", "app", false, "quay.io/a/b:1", Optional.empty(), Optional.of(reason), message);
        return PodChecks.of(List.of(container), new AllowedImages(List.of(allowed)));
    }

    @ParameterizedTest
    @CsvSource({
        "ErrImagePull, FAIL",
        "ImagePullBackOff, FAIL",
        "ErrImageNeverPull, FAIL",
        "InvalidImageName, FAIL",
        "ImageInspectError, FAIL",
        "RegistryUnavailable, FAIL",
        "ContainerCreating, WARN",
        "PodInitializing, WARN"
    })
    @DisplayName("for its image is a finding with the node's reason")
    void reasons(String reason, CheckOutcome outcome) {
        Check check = checks(reason, " denied ").get(0);

        assertThat(check.outcome()).isEqualTo(outcome);
        assertThat(check.subject()).isEqualTo("pod shop/web/app");
        assertThat(check.message()).endsWith(reason + ": quay.io/a/b:1: denied");
    }

    @Test
    @DisplayName("for something else is none of this goal's business")
    void otherReasons() {
        assertThat(checks("CrashLoopBackOff", "")).isEmpty();
    }

    @Test
    @DisplayName("for an image that the user allows is only a warning")
    void allowed() {
        assertThat(checks("ErrImagePull", "", "quay.io/a/*")).singleElement().satisfies(check -> {
            assertThat(check.outcome()).isEqualTo(CheckOutcome.WARN);
            assertThat(check.message()).isEqualTo("ErrImagePull: quay.io/a/b:1");
        });
    }
}
