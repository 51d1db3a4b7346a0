package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.world.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A VM that was made by hand, by the published recipe")
class VmCheckTest {

    private static final VmStatus RUNNING =
            VmStatus.parse("Minishift:  Running\nProfile:    minishift\nOpenShift:  Running (openshift v3.11.141)\n");

    private static final List<String> PLAN = List.of(
            "start",
            "--docker-opt=add-registry=registry.corp.example:5000",
            "--docker-opt=block-registry=registry.access.redhat.com",
            "--docker-opt=block-registry=docker.io");

    @TempDir
    Path home;

    @BeforeEach
    void makeByHand() throws IOException {
        Path record = home.resolve("machines/minishift/config.json");
        Files.createDirectories(record.getParent());
        Files.writeString(record, """
                {"HostOptions": {"EngineOptions": {"InsecureRegistry": ["172.30.0.0/16"], "ArbitraryFlags": [
                  "add-registry=registry.corp.example:5000", "block-registry=registry.access.redhat.com"]}}}
                """);
    }

    @Test
    @DisplayName("is used as it is, with a warning, where it only blocks other registries than the defaults")
    void warnsOfDefaults() {
        String log = Log.of(() -> VmCheck.requireUsable(new StartPlan(PLAN, Map.of(), true), files(), RUNNING, false));

        assertThat(log)
                .contains(
                        "The VM 'minishift' was created with other settings, none of which keeps it from being used as it is")
                .contains("'mvn cdk:delete -Dcdk.home=" + home.toAbsolutePath()
                        + " -Dcdk.profile=minishift' deletes the VM")
                .containsPattern("docker-opt +block-registry=docker.io +–");
    }

    @Test
    @DisplayName("is refused where the POM itself says what has to be blocked")
    void insistsOnTheChosen() {
        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> VmCheck.requireUsable(new StartPlan(PLAN, Map.of(), false), files(), RUNNING, false));

        assertThat(refused.problem().what()).contains("was created with other settings");
        assertThat(refused.problem().evidence())
                .anyMatch(line -> line.matches("docker-opt +block-registry=docker.io +–"));
    }

    private MachineFiles files() {
        return new MachineFiles(home, MachineFiles.DEFAULT_PROFILE);
    }
}
