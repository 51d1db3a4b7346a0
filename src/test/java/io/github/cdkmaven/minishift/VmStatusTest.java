package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.engine.State.Phase;
import io.github.cdkmaven.minishift.VmStatus.Vm;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("'minishift status'")
class VmStatusTest {

    /** As run on 1.34.3. */
    private static final String RUNNING = """
            Minishift:  Running
            Profile:    minishift
            OpenShift:  Running (openshift v3.9.0+191fece)
            DiskUsage:  29% of 252G (Mounted On: /)
            CacheUsage: 147.3 MB (used by oc binary, ISO or cached images)
            """;

    @Test
    @DisplayName("of a running VM tells its state, its OpenShift without the hash, and the profile")
    void ofARunningVm() {
        assertThat(VmStatus.parse(RUNNING))
                .isEqualTo(new VmStatus(Vm.RUNNING, true, Optional.of("v3.9.0"), Optional.of("minishift")))
                .hasToString("Minishift: running, OpenShift: running v3.9.0");
    }

    @ParameterizedTest(name = "{1}, OpenShift running: {2} {3}")
    @DisplayName("of every release's form is understood")
    @CsvSource(
            nullValues = "-",
            value = {
                // up to 1.6: one word
                "'Running\n', RUNNING, false, -",
                "'Stopped\n', STOPPED, false, -",
                // every version, without a VM
                "'Does Not Exist\n', DOES_NOT_EXIST, false, -",
                "'Does Not Exist\r\n', DOES_NOT_EXIST, false, -",
                // four lines: 1.7 to 1.17, so CDK 3.3 and 3.4
                "'Minishift:  Running\nProfile:    minishift\nOpenShift:  Running (openshift v3.9.14)\nDiskUsage:  14% of 19G\n', RUNNING, true, v3.9.14",
                "'Minishift:  Stopped\nProfile:    minishift\nOpenShift:  Stopped\nDiskUsage:  Unknown\n', STOPPED, false, -",
                // six lines: a CDK from 3.6 on
                "'Minishift:  Running\nProfile:    minishift\nOpenShift:  Running (openshift v3.11.157)\nDiskUsage:  14% of 19G (Mounted On: /mnt/sda1)\nCacheUsage: 1.446 GB (used by oc binary, ISO or cached images)\nRHSM: \tRegistered\n', RUNNING, true, v3.11.157",
                // Windows
                "'Minishift:  Running\r\nOpenShift:  Running (openshift v3.11.0+0cbc58b)\r\n', RUNNING, true, v3.11.0",
                // running without a version in the text
                "'Minishift:  Running\nOpenShift:  Running\n', RUNNING, true, -",
                "'Minishift:  Running\nOpenShift:  Stopped\n', RUNNING, false, -",
                "'Minishift:  Paused\nOpenShift:  Stopped\n', PAUSED, false, -",
                "'Minishift:  Confused\n', UNKNOWN, false, -",
                "'', UNKNOWN, false, -",
            })
    void isUnderstood(String output, Vm vm, boolean running, String openshift) {
        VmStatus status = VmStatus.parse(output);

        assertThat(status.vm()).isEqualTo(vm);
        assertThat(status.openshiftRunning()).isEqualTo(running);
        assertThat(status.openshift().orElse(null)).isEqualTo(openshift);
        assertThat(status.toState(false, false).phase() == Phase.ABSENT).isEqualTo(vm == Vm.DOES_NOT_EXIST && !running);
    }

    @ParameterizedTest
    @DisplayName("counts as stopped only when the VM is off or not there")
    @EnumSource(Vm.class)
    void countsAsStopped(Vm state) {
        VmStatus status = new VmStatus(state, false, Optional.empty(), Optional.empty());

        assertThat(status.toState(false, false).isStopped())
                .isEqualTo(state == Vm.STOPPED || state == Vm.DOES_NOT_EXIST);
    }

    @Test
    @DisplayName("of a generic driver's machine counts as stopped when its OpenShift is, for the machine runs on")
    void ofAGenericMachine() {
        VmStatus stopped = VmStatus.parse("Minishift:  Running\nOpenShift:  Stopped\n");

        assertThat(stopped.toState(true, true).isStopped()).isTrue();
        assertThat(stopped.toState(true, true).needsStop())
                .as("parts of it may run whatever this line says")
                .isTrue();
        assertThat(stopped.toState(false, true).isStopped()).isFalse();
        assertThat(VmStatus.parse(RUNNING).toState(true, true).isStopped()).isFalse();
    }

    @Test
    @DisplayName(
            "of a VM that is not there tells one that docker-machine still has a record of from none, and one without OpenShift")
    void phases() {
        VmStatus absent = VmStatus.parse("Does Not Exist\n");

        assertThat(absent.toState(false, false).phase()).isEqualTo(Phase.ABSENT);
        assertThat(absent.toState(false, true).phase()).isEqualTo(Phase.LOST);
        assertThat(VmStatus.parse("Minishift:  Running\nOpenShift:  Stopped\n")
                        .toState(false, true)
                        .phase())
                .isEqualTo(Phase.INCOMPLETE);
        assertThat(VmStatus.parse("Minishift:  Paused\n").toState(false, true).phase())
                .isEqualTo(Phase.OTHER);
        assertThat(VmStatus.parse(RUNNING).toState(false, true))
                .hasToString("Minishift: running, OpenShift: running v3.9.0");
    }

    @ParameterizedTest
    @DisplayName("knows every state of docker-machine by the word that is printed")
    @CsvSource({
        "Paused, PAUSED",
        "Saved, SAVED",
        "Stopping, STOPPING",
        "Starting, STARTING",
        "Error, ERROR",
        "Timeout, TIMEOUT"
    })
    void knowsEveryState(String word, Vm state) {
        assertThat(VmStatus.parse(word + "\n").vm()).isEqualTo(state);
        assertThat(VmStatus.parse("Minishift:  " + word + "\n").vm()).isEqualTo(state);
    }
}
