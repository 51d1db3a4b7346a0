package io.github.cdkmaven.crc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.Captures;
import io.github.cdkmaven.crc.CrcStatus.Situation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What crc really printed")
@EnabledIf("io.github.cdkmaven.Captures#present")
class CrcCapturesTest {

    private static final String[] FOLDERS = {"crc-2.53.0", "crc-2.25.0"};

    @TempDir
    Path account;

    @ParameterizedTest
    @DisplayName("tells its version")
    @CsvSource({"crc-2.53.0/version-json, 2.53.0, 4.19.3, USER", "crc-2.25.0/version-json, 2.25.0, 4.13.6, SYSTEM"})
    void version(String capture, String crc, String openshift, Generation.Network network) {
        CrcVersion version = CrcVersion.of(CrcAnswers.captured(capture).json());

        assertThat(version.crc()).hasToString(crc);
        assertThat(version.openshift()).isEqualTo(openshift);
        assertThat(Generation.of(version).network()).isEqualTo(network);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("tells the state of the VM")
    @CsvSource({
        "crc-2.53.0/status-before-setup-json, NOT_SET_UP",
        "crc-2.53.0/status-daemon-absent-json, ABSENT",
        "crc-2.53.0/status-after-delete-json, ABSENT",
        "crc-2.53.0/status-after-create-failed-json, ABSENT",
        "crc-2.53.0/status-stopped-json, STOPPED",
        "crc-2.53.0/status-after-forced-stop-json, STOPPED",
        "crc-2.53.0/status-running-json, RUNNING",
        "crc-2.53.0/status-running-degraded-json, RUNNING",
        "crc-2.53.0/status-running-unavailable-json, RUNNING",
        "crc-2.53.0/status-operators-progressing-json, RUNNING",
        "crc-2.53.0/status-running-unreachable-json, UNREACHABLE",
        "crc-2.53.0/status-during-api-start-json, STARTING",
        "crc-2.25.0/status-before-setup-json, NOT_SET_UP",
        "crc-2.25.0/status-absent-json, ABSENT",
        "crc-2.25.0/status-stopped-json, STOPPED",
        "crc-2.25.0/status-running-json, RUNNING",
    })
    void status(String capture, Situation situation) {
        assertThat(CrcStatus.of(CrcAnswers.captured(capture), CrcFiles.of(account))
                        .situation())
                .isEqualTo(situation);
    }

    @Test
    @DisplayName("when a start or a look at the set-up failed has an advice, and shows no secret")
    void failures() {
        List<String> failed = Captures.names("start", FOLDERS).stream()
                .filter(name -> name.endsWith("-json"))
                .filter(name -> !CrcAnswers.captured(name).succeeded())
                .toList();

        assertThat(failed).hasSizeGreaterThan(25);
        assertThat(failed).allSatisfy(name -> assertThat(KnownFailure.of(CrcAnswers.captured(name)))
                .as(CrcAnswers.captured(name).error())
                .isPresent());
        assertThat(Captures.names("setup-check-only", FOLDERS))
                .filteredOn(name -> !CrcAnswers.captured(name).error().isEmpty())
                .hasSizeGreaterThan(4)
                .allSatisfy(name ->
                        assertThat(KnownFailure.of(CrcAnswers.captured(name))).isPresent());
    }

    @Test
    @DisplayName("when the VM was started, stopped or deleted is a success where it was one")
    void successes() {
        assertThat(CrcAnswers.captured("crc-2.25.0/start-create-json").succeeded())
                .isTrue();
        assertThat(VmStart.foundItRunning(CrcAnswers.captured("crc-2.25.0/start-create-json")))
                .isFalse();
        assertThat(VmStart.foundItRunning(CrcAnswers.captured("crc-2.53.0/start-already-running-unreachable-json")))
                .isTrue();
        assertThat(VmStart.gaveUpWaiting(CrcAnswers.captured("crc-2.53.0/start-create-not-ready-json")))
                .isTrue();
        assertThat(CrcAnswers.captured("crc-2.53.0/stop-running-json").succeeded())
                .isTrue();
        assertThat(CrcAnswers.captured("crc-2.53.0/stop-stopped-json").error()).contains("already stopped");
        assertThat(CrcStatus.saysNoMachine(CrcAnswers.captured("crc-2.53.0/delete-absent-force-json")))
                .isTrue();
    }

    @Test
    @DisplayName("becomes lines without passwords")
    void lines() {
        String shown = CrcAnswers.captured("crc-2.53.0/start-already-running-json")
                .result()
                .shown();

        assertThat(shown)
                .contains("\"password\": \"********\"")
                .doesNotContain("\"developer\"\n")
                .doesNotContain("LS0t");
        assertThat(shown.lines().flatMap(line -> Crc.message(line).stream()))
                .contains("A CRC VM for OpenShift 4.19.3 is already running");
    }

    @Test
    @DisplayName("is not read where the VM's own files tell it")
    void files() throws IOException {
        CrcFiles files = CrcFiles.of(account);
        assertThat(files.hasMachine()).isFalse();
        assertThat(files.lastStart()).isEmpty();

        Path machine = Files.createDirectories(files.home().resolve("machines/crc"));
        Files.createFile(machine.resolve(".crc-exist"));
        Files.writeString(
                machine.resolve("config.json"),
                "{\"Driver\": {\"BundleName\": \"crc_libvirt_4.19.3_amd64\", \"CPU\": 4}}");

        assertThat(files.hasMachine()).isTrue();
        assertThat(files.driver().path("CPU").asInt()).isEqualTo(4);
        assertThat(files.lastStart()).isPresent();
    }
}
