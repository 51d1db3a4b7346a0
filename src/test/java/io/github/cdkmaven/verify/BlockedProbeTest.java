package io.github.cdkmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.engine.MachineEngine.Pull;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A pull that must fail")
class BlockedProbeTest {

    private static final String RECREATE = "'mvn cdk:delete -Dcdk.home=/vms -Dcdk.profile=ci', then start again";

    private static Check check(int status, String text) {
        return BlockedProbe.check(new Pull("docker.io/library/hello-world:latest", status == 0, text, text), RECREATE);
    }

    @Test
    @DisplayName("is a failure when it succeeds")
    void pulled() {
        assertThat(check(0, "Status: Downloaded newer image").outcome()).isEqualTo(CheckOutcome.FAIL);
        assertThat(check(0, "Status: Downloaded newer image").message()).contains("could pull it");
        assertThat(check(0, "Status: Downloaded newer image").fix().orElseThrow())
                .contains(RECREATE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "manifest for docker.io/library/hello-world:latest not found",
                "pull access denied for a/b",
                "unauthorized: authentication required"
            })
    @DisplayName("is a failure when the registry itself refused it")
    void reached(String text) {
        assertThat(check(1, "Trying to pull repository ...\n" + text + "\n").outcome())
                .isEqualTo(CheckOutcome.FAIL);
        assertThat(check(1, text).message()).contains("reached its registry").contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"All endpoints blocked.", "dial tcp: lookup registry-1.docker.io: no such host"})
    @DisplayName("is well when docker or the network refused it")
    void blocked(String text) {
        assertThat(check(1, text + "\n\n"))
                .isEqualTo(Check.ok(
                        "verify.blocked", "docker.io/library/hello-world:latest", "cannot be pulled: " + text));
    }

    @Test
    @DisplayName("is tried for each registry that can be named")
    void images() {
        assertThat(BlockedProbe.of(List.of("all", "quay.io", "public", "hub.example:5000"))
                        .images())
                .containsExactly("quay.io/openshift/origin-pod:latest", "hub.example:5000/library/hello-world:latest");
    }
}
