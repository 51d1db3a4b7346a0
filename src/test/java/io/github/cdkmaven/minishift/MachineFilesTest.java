package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("minishift's files")
class MachineFilesTest {

    @TempDir
    Path home;

    @Test
    @DisplayName("of the default profile lie in the home itself, those of every other one below profiles")
    void lieByProfile() {
        assertThat(new MachineFiles(home, "minishift").kubeconfig())
                .isEqualTo(home.resolve("machines/minishift_kubeconfig"));
        assertThat(new MachineFiles(home, "ci").kubeconfig())
                .isEqualTo(home.resolve("profiles/ci/machines/ci_kubeconfig"));
        assertThat(new MachineFiles(home, "ci").imageCache()).isEqualTo(home.resolve("cache/images"));
    }

    @Test
    @DisplayName("tell the active profile when none was named")
    void tellTheActiveProfile() throws IOException {
        assertThat(MachineFiles.of(home, Optional.empty()).profile()).isEqualTo("minishift");

        write("config/allinstances.json", "{\"HostFolders\": [], \"ActiveProfile\": \"ci\", \"SftpdPID\": 0}");
        assertThat(MachineFiles.of(home, Optional.empty()).profile()).isEqualTo("ci");
        assertThat(MachineFiles.of(home, Optional.of("other")).profile()).isEqualTo("other");

        write("config/allinstances.json", "{\"ActiveProfile\": \"\"}");
        assertThat(MachineFiles.of(home, Optional.empty()).profile()).isEqualTo("minishift");

        write("config/allinstances.json", "{\"ActivePro");
        assertThat(MachineFiles.of(home, Optional.empty()).profile()).isEqualTo("minishift");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "pipes")
    @DisplayName("that somebody else has damaged make nothing wait, and lead nowhere else")
    void damaged() throws Exception {
        for (String name : List.of("../../x", "a\\u0000b", "p".repeat(5_000), "a b")) {
            write("config/allinstances.json", "{\"ActiveProfile\": \"" + name + "\"}");
            assertThat(MachineFiles.of(home, Optional.empty()).profile()).isEqualTo("minishift");
        }
        write("machines/minishift-state.json", "{\"OcPath\": \"a\\u0000b\"}");
        Path record = home.resolve("machines/minishift/config.json");
        Files.createDirectories(record.getParent());
        assertThat(new ProcessBuilder("mkfifo", record.toString()).start().waitFor())
                .isZero();

        MachineFiles files = new MachineFiles(home, "minishift");
        assertThat(files.oc()).isEmpty();
        assertThat(files.machine()).isEmpty();
        assertThat(files.isGeneric()).isFalse();
    }

    @Test
    @DisplayName("tell whether docker-machine has a record of a VM, and what it was created with")
    void tellOfTheMachine() throws IOException {
        MachineFiles files = new MachineFiles(home, "minishift");
        assertThat(files.hasMachine()).isFalse();
        assertThat(files.machine()).isEmpty();

        write(
                "machines/minishift/config.json",
                "{\"HostOptions\": {\"EngineOptions\": {\"InsecureRegistry\": [\"registry.corp:5000\", \"172.30.0.0/16\"]}}}");

        assertThat(files.hasMachine()).isTrue();
        assertThat(files.machine()
                        .orElseThrow()
                        .at("/HostOptions/EngineOptions/InsecureRegistry/0")
                        .asText())
                .isEqualTo("registry.corp:5000");
    }

    @Test
    @DisplayName("count as those of a machine even when its record was half written")
    void countEvenWhenHalfWritten() throws IOException {
        write("machines/minishift/config.json", "{\"HostOpt");

        assertThat(new MachineFiles(home, "minishift").hasMachine()).isTrue();
        assertThat(new MachineFiles(home, "minishift").machine()).isEmpty();
    }

    @Test
    @DisplayName("tell where oc is, in the new and in the old state file, if it is there and can be run")
    void tellWhereOcIs() throws IOException {
        MachineFiles files = new MachineFiles(home, "minishift");
        assertThat(files.oc()).isEmpty();

        Path old = executable("cache/oc/v3.9.0/linux/oc");
        write("machines/minishift.json", "{\"OcPath\": \"" + old + "\"}");
        assertThat(files.oc()).contains(old);

        Path newer = executable("cache/oc/v3.11.0/linux/oc");
        write("machines/minishift-state.json", "{\"OcPath\": \"" + newer + "\"}");
        assertThat(files.oc()).contains(newer);

        Files.delete(newer);
        assertThat(files.oc()).contains(old);

        write("machines/minishift.json", "{\"OcPath\": \"\"}");
        assertThat(files.oc()).isEmpty();
    }

    @Test
    @DisplayName("tell the OpenShift versions in the cache, from old to new")
    void tellTheCachedVersions() throws IOException {
        MachineFiles files = new MachineFiles(home, "minishift");
        assertThat(files.cachedOpenShifts()).isEmpty();

        executable("cache/oc/v3.11.43/linux/oc");
        executable("cache/oc/v3.9.31/linux/oc");
        executable("cache/oc/v3.11.141/linux/oc");
        Files.createDirectories(home.resolve("cache/oc/tmp"));

        assertThat(files.cachedOpenShifts()).containsExactly("v3.9.31", "v3.11.43", "v3.11.141");
    }

    private Path executable(String name) throws IOException {
        Path file = write(name, "#!/bin/sh\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private Path write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
