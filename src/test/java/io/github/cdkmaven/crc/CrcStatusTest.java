package io.github.cdkmaven.crc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.crc.CrcStatus.Situation;
import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.engine.State.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The state of a VM of crc")
class CrcStatusTest {

    @TempDir
    Path account;

    private CrcFiles files;

    @BeforeEach
    void account() {
        files = CrcFiles.of(account);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @DisplayName("is what crc and its API tell together")
    @CsvSource({
        "Stopped, Stopped, STOPPED, STOPPED",
        "Running, Running, RUNNING, RUNNING",
        "Running, Starting, RUNNING, RUNNING",
        "Running, Degraded, RUNNING, RUNNING",
        "Running, Stopped, RUNNING, RUNNING", // an operator is not available
        "Running, Unreachable, UNREACHABLE, INCOMPLETE",
        "Starting, Starting, STARTING, OTHER",
        "Stopping, Stopping, STOPPING, OTHER",
        "Error, Stopped, BROKEN, OTHER",
        "Paused, Stopped, UNKNOWN, OTHER",
    })
    void table(String vm, String openshift, Situation situation, Phase phase) {
        CrcStatus status = CrcStatus.of(CrcAnswers.status(vm, openshift), files);

        assertThat(status.situation()).isEqualTo(situation);
        assertThat(status.toState().phase()).isEqualTo(phase);
        assertThat(status.toState().openshift().isPresent()).isEqualTo(phase == Phase.RUNNING);
        assertThat(status.toState()).hasToString("CRC VM: " + vm + ", OpenShift: " + openshift);
    }

    @Test
    @DisplayName("has a message of its own wherever a start would do nothing")
    void obstacles() {
        assertThat(obstacle("Running", "Unreachable")).contains("does not answer", "'crc stop -f'");
        assertThat(obstacle("Starting", "Starting")).contains("is starting the VM", "wait");
        assertThat(obstacle("Stopping", "Stopping")).contains("is stopping the VM", "wait");
        assertThat(obstacle("Error", "Stopped")).contains("an error", "virsh");
        assertThat(CrcStatus.of(CrcAnswers.status("Stopped", "Stopped"), files)
                        .toState()
                        .obstacle())
                .isEmpty();
    }

    private String obstacle(String vm, String openshift) {
        State state = CrcStatus.of(CrcAnswers.status(vm, openshift), files).toState();
        return String.join("\n", state.obstacle().orElseThrow().toLines());
    }

    @Test
    @DisplayName("is told apart where crc is not set up, has no daemon, or has no VM")
    void withoutVm() throws IOException {
        CrcAnswer noDaemon = CrcAnswers.failed("crc does not seem to be setup correctly, have you run 'crc setup'?");

        CrcStatus never = CrcStatus.of(noDaemon, files);
        assertThat(never.situation()).isEqualTo(Situation.NOT_SET_UP);
        assertThat(never.words()).isEqualTo("there is no VM, and crc is not set up");
        assertThat(never.toState().isStopped()).isTrue();

        Files.createDirectories(files.home().resolve("bin"));
        assertThat(CrcStatus.of(noDaemon, files).words()).contains("daemon does not answer");

        Files.createDirectories(files.home().resolve("machines/crc"));
        Files.createFile(files.home().resolve("machines/crc/.crc-exist"));
        CrcStatus vm = CrcStatus.of(noDaemon, files);
        assertThat(vm.situation()).isEqualTo(Situation.NO_DAEMON);
        assertThat(vm.toState().isStopped()).isFalse();
        assertThat(vm.toState().obstacle().orElseThrow().fix()).contains("systemctl --user start crc-http.socket");

        assertThat(CrcStatus.of(CrcAnswers.failed("Machine does not exist. Use 'crc start' to create it"), files)
                        .toState()
                        .phase())
                .isEqualTo(Phase.ABSENT);
    }
}
