package io.github.cdkmaven.crc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.problem.Problem;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A failure of crc")
class KnownFailureTest {

    @ParameterizedTest(name = "{0}")
    @DisplayName("comes with its own advice")
    @CsvSource(
            delimiter = '|',
            value = {
                "crc should not be run as root | ordinary user",
                "Is 'crc daemon' running? Cannot reach daemon API: Get \"http://unix/api/version\": dial unix x: connect: no such file or directory | crc-http.socket",
                "The executable version (2.53.0) doesn't match the daemon version (2.51.0) | stop crc-daemon.service",
                "crc-http.socket is not running | enable-linger",
                "crc-admin-helper executable is not cached | crc setup",
                "lstat /home/x/.crc/bin/crc: no such file or directory | this crc",
                "Virtualization is not available for your CPU | firmware",
                "kvm kernel module is not loaded | firmware",
                "X is not part of the libvirt group | log in again",
                "libvirt v8.0.0 or newer is required and must be updated manually | libvirt 8",
                "Libvirt cli virsh was not found in path | install libvirt",
                "found no active libvirtd systemd unit | install libvirt",
                "crc-driver-libvirt-amd64 executable is not cached | built yourself",
                "vsock udev rule does not exist | crc setup",
                "capabilities are not correct for /usr/bin/crc | crc setup",
                "NetworkManager cli nmcli was not found in path | network-mode user",
                "only 8.1GB of memory found (11.27GB required) | cannot be smaller",
                "could not find cached bundle info in /home/x/.crc/cache/y | <bundle>",
                "unable to get verified hash for default bundle: Get \"https://mirror.openshift.com/x\" | crc#4011",
                "/x/y.crcbundle is invalid or missing, run 'crc setup' to download the default bundle | <bundle>",
                "file '/x/y.crcbundle' does not exist | <bundle>",
                "bundle filename is in unrecognized format | original name",
                "unexpected EOF | bundleSha256",
                "Preset openshift is used but bundle is provided for microshift preset | config set preset",
                "Failed to ask for pull secret: cannot ask for secret, crc not launched by a terminal | pullSecretFile",
                "Bundle 'a' was requested, but the existing VM is using 'b'. Please delete | cdk:delete",
                "Required file x/id_ed25519 is missing from the instance directory. Please delete | cdk:delete",
                "listen tcp 127.0.0.1:6443: bind: address already in use | end that program",
                "listen tcp :80: bind: permission denied | crc setup",
                "Failed to connect to the CRC VM with SSH -- virtual machine might be unreachable | nested virtualization",
                "Failed to query DNS from host: lookup api.crc.testing | hosts file",
                "Error waiting for apiserver: x | cpus",
                "Failed to renew TLS certificates: please check if a newer CRC release is available | newer bundle",
                "Failed to update pull secret on the disk: Temporary error: pull secret not updated to disk (x99) | oc get mcp master",
                "Failed to update cluster pull secret: x | start again",
                "Error starting machine: Error in driver during machine start: x | virsh",
                "Cannot stop machine: x | crc stop -f",
                "cluster is busy | wait",
                "crc-admin-helper executable /home/x/.crc/bin/crc-admin-helper-linux-amd64 does not have the SUID bit set (-rwxr-xr-x) | sudo",
                "unexpected version of the crc-admin-helper executable: 0.5.4 mismatch: 0.5.2 expected | crc setup",
                "/home/x/.crc/bin/crc points to /opt/a/crc, not to /opt/b/crc | name the other copy",
                "User in the currently active process is not part of the libvirt group | log in again",
                "Failed to run virsh | install libvirt",
                "Executing systemctl action failed: exit status 1: Failed to connect to bus: No medium found | XDG_RUNTIME_DIR",
                "/dev/vsock is not readable by the current user | crc setup",
                "NetworkManager is required and must be installed manually | network-mode user",
                "failed to expose port :443 -> 192.168.127.2:443: proxy already running | systemctl --user restart crc-daemon.service",
                "Error creating machine: Error in driver during machine creation: x | virsh",
                "cluster is stopping or deleting | wait",
                "cannot abort startup sequence quickly enough | wait",
                "Temporary error: rename /home/x/.crc/cache/tmp-extract1 /home/x: no such file or directory (x12) | original name",
                "write /home/x/.crc/cache/x: no space left on device | 20 GB",
                "requires memory in MiB >= 10752 | <memory>",
            })
    void table(String text, String advice) {
        Problem problem = KnownFailure.of(CrcAnswers.failed(text)).orElseThrow();

        assertThat(problem.fix()).contains(advice);
        assertThat(problem.evidence()).contains("crc: " + text);
    }

    @Test
    @DisplayName("that nobody knows has none")
    void unknown() {
        assertThat(KnownFailure.of(CrcAnswers.failed("something new"))).isEmpty();
        assertThat(KnownFailure.of(CrcAnswers.status("Running", "Running"))).isEmpty();
    }
}
