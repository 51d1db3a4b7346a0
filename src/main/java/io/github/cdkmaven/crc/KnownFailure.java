package io.github.cdkmaven.crc;

import io.github.cdkmaven.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the texts with which crc fails mean, and what helps: of its start, and of its look at its own set-up. */
final class KnownFailure {

    /** The set-up, which needs sudo and is never run by us. */
    private static final String SETUP =
            "run 'crc setup' once, with this crc and as this user, in a terminal where sudo may ask for a password";

    private static final String SOCKET =
            "run 'systemctl --user start crc-http.socket'; the account of a build server needs 'loginctl enable-linger USER' and XDG_RUNTIME_DIR in the"
                    + " environment; if crc was never set up: "
                    + SETUP;

    private static final String NEWER_BUNDLE =
            "set <bundle> (-Dcdk.bundle=…) to a newer bundle: its certificates are valid for 30 days, and renewing them does not always work"
                    + " (crc#4981); $delete first, since a VM keeps the bundle it was created from";

    /** One kind of failure; {@code $1} stands for the first group of the text, {@code $delete} for the goal that deletes the VM. */
    private record Row(Pattern text, String what, String fix) {}

    /** The first row whose pattern is found wins, so the special ones come first. */
    private static final List<Row> TABLE = List.of(
            row("crc should not be run as root", "crc must not be run as root.", "run the build as an ordinary user"),
            row(
                    "The executable version \\((\\S+)\\) doesn't match the daemon version \\((\\S+)\\)",
                    "crc $1 found the daemon of another crc running.",
                    "'systemctl --user stop crc-daemon.service', then " + SETUP),
            row(
                    "Cannot reach daemon API|does not seem to be setup correctly|crc-http\\.socket is not running"
                            + "|crc-vsock\\.socket is not running|Executing systemctl action failed|Failed to connect to bus",
                    "crc's daemon does not answer: there is no user session of systemd, or crc is not set up.",
                    SOCKET),
            row(
                    "crc-admin-helper executable is not cached|does not have the SUID bit set"
                            + "|unexpected version of the crc-admin-helper|Unable to download crc-admin-helper",
                    "crc's helper for the hosts file is missing, belongs to another version, or has lost its permissions.",
                    SETUP),
            row(
                    "lstat \\S*/\\.crc/bin/crc: no such file|\\.crc/bin/crc\\S* points to",
                    "crc was moved after it was set up, or another copy of it is used.",
                    SETUP + "; or name the other copy: <crc> (-Dcdk.crc=…)"),
            row(
                    "Virtualization is not available|kvm kernel module is not loaded|enable virtualization in BIOS",
                    "Hardware virtualization is not enabled on this machine.",
                    "enable virtualization (VT-x, AMD-V) in its firmware, or nested virtualization if it is a VM itself"),
            row(
                    "is not part of the libvirt group|currently active process is not part of the libvirt group"
                            + "|'crc-users' group|Hyper-V Administrators|in the 'crc-users' group",
                    "This user may not use the hypervisor.",
                    SETUP + "; log in again after joining a group"),
            row("libvirt v8\\.0\\.0 or newer is required", "libvirt is too old for crc.", "install libvirt 8 or newer"),
            row(
                    "virsh was not found in path|no active libvirtd systemd unit|Failed to run virsh|Hyper-V",
                    "The hypervisor is not installed, or is not running.",
                    "install libvirt and start it; then " + SETUP),
            row(
                    "crc-driver-libvirt\\S* executable is not cached|Unable to download crc-driver"
                            + "|exec: \\S*crc-driver-libvirt",
                    "crc's driver for libvirt is missing.",
                    SETUP + "; a crc that you built yourself needs it in ~/.crc/bin"),
            row(
                    "capabilities are not correct for|vsock udev rule does not exist|/dev/vsock is not readable",
                    "crc may not forward ports to its VM: its capabilities or the udev rules for vsock are missing.",
                    SETUP),
            row(
                    "nmcli was not found in path|NetworkManager is required|systemd-networkd",
                    "The network mode 'system' of this crc needs NetworkManager.",
                    "'crc config set network-mode user', then " + SETUP),
            row(
                    "only (\\S+) of memory found \\((\\S+) required\\)",
                    "This machine has too little memory for crc: $1.",
                    "use a machine with more memory; crc's VM cannot be smaller"),
            row(
                    "could not find cached bundle info",
                    "crc has not unpacked its bundle yet.",
                    "<bundle> (-Dcdk.bundle=…) with the bundle's file or URL, or run once 'crc setup -b /path/to/the.crcbundle'"),
            row(
                    "unable to get verified hash for default bundle|mirror\\.openshift\\.com|quay\\.io/crcont",
                    "crc tried to download its default bundle from the Internet.",
                    "<bundle> (-Dcdk.bundle=…) with a bundle outside ~/.crc/cache (crc#4011), or run once 'crc setup -b"
                            + " /path/to/the.crcbundle'"),
            row(
                    "is invalid or missing, run 'crc setup'|file '.*crcbundle' does not exist",
                    "crc found no bundle at that path.",
                    "<bundle> (-Dcdk.bundle=…) with the bundle's file or URL"),
            row(
                    "bundle filename is in unrecognized format|Temporary error: rename \\S*tmp-extract",
                    "The bundle was renamed, but crc identifies it by its name.",
                    "<bundle> (-Dcdk.bundle=…) with the file under its original name, such as crc_libvirt_4.19.3_amd64.crcbundle"),
            row(
                    "unexpected EOF|Unknown file format when trying to uncompress",
                    "The bundle is damaged or incomplete.",
                    "copy it again; <bundleSha256> (-Dcdk.bundleSha256=…) detects such a file before crc uses it"),
            row(
                    "Error getting bundle metadata",
                    "crc cannot download the bundle that its own configuration names.",
                    "<bundle> (-Dcdk.bundle=…) with the bundle's file or URL: the plugin downloads it with the login and the CA of its host"),
            row(
                    "no space left on device",
                    "The disk is full.",
                    "free disk space in the home of this user: an unpacked bundle takes about 20 GB, and the VM grows to <diskSize>"),
            row(
                    "Preset (\\w+) is used but bundle is provided for (\\w+) preset",
                    "The preset of crc is '$1', but the bundle is for another preset.",
                    "the bundle of that preset in <bundle> (-Dcdk.bundle=…), or 'crc config set preset' with the bundle's"),
            row(
                    "Bundle '(\\S+)' was requested, but the existing VM is using",
                    "The VM was created from another bundle than '$1'.",
                    "$delete, and start again; or name the VM's own bundle in <bundle> (-Dcdk.bundle=…)"),
            row(
                    "is missing from the instance directory",
                    "The VM was created by a crc older than 2.41, whose keys this one does not accept.",
                    "$delete, and start again"),
            row(
                    "ask for (?:pull )?secret",
                    "crc does not accept the pull secret.",
                    "remove <pullSecretFile> (-Dcdk.pullSecretFile), so that it is made from the registry's login; or correct its content"),
            row(
                    "requires memory in MiB|requires CPUs|requires disk size|is not a valid IPv4 address"
                            + "|Invalid value '.*' for|monitoring",
                    "crc does not accept one of the VM's settings.",
                    "correct <cpus>, <memory>, <diskSize> or <nameservers> (-Dcdk.cpus=… and so on)"),
            row(
                    "(?:listen tcp \\S*:(\\d+): )?bind: address already in use|proxy already running",
                    "Another program uses a port that crc forwards to its VM.",
                    "end that program, or the port forwards left over from another crc ('systemctl --user restart crc-daemon.service'); for 80 and 443:"
                            + " 'crc config set ingress-http-port' and 'ingress-https-port'"),
            row("bind: permission denied", "crc has lost its permission to listen on ports 80 and 443.", SETUP),
            row(
                    "unreachable using SSH|Failed to connect to the CRC VM with SSH",
                    "The VM was started, but does not answer.",
                    "check that this machine has nested virtualization and enough memory; run 'crc stop -f', and start again"),
            row(
                    "Failed to query DNS from host",
                    "This machine cannot resolve the names of the cluster (api.crc.testing).",
                    SETUP + ": crc's helper writes them into the hosts file"),
            row(
                    "Failed to renew TLS certificates|certificate has expired",
                    "The bundle is too old: its certificates have expired, and could not be renewed.",
                    NEWER_BUNDLE),
            row(
                    "pull secret not updated to (?:the )?disk",
                    "The machine-config operator did not bring the pull secret to the VM's disk in time.",
                    "check 'oc get mcp master -o yaml'; if it says that kubelet.service is disabled (crc 2.59 and newer): 'sudo systemctl enable"
                            + " kubelet' in the VM; give the VM more <cpus> (-Dcdk.cpus=6) on a slow machine; or "
                            + NEWER_BUNDLE),
            row(
                    "Failed to update cluster pull secret",
                    "crc could not store the pull secret in the cluster.",
                    "start again: crc stores it once the cluster answers"),
            row(
                    "Error waiting for apiserver",
                    "OpenShift did not come up in the VM within crc's four minutes.",
                    "give the VM more <cpus> (-Dcdk.cpus=6) and <memory> (-Dcdk.memory=16GB), and start again; or "
                            + NEWER_BUNDLE),
            row(
                    "Error (?:creating|starting) machine",
                    "The hypervisor could not start the VM.",
                    "see its reason below; 'virsh -c qemu:///system list --all' shows what is left"),
            row("Cannot stop machine", "The VM did not stop.", "run 'crc stop -f', which powers it off"),
            row(
                    "cluster is busy|cluster is stopping or deleting|cannot abort startup sequence",
                    "crc's daemon is busy with another operation on the VM.",
                    "wait until it has finished, and try again"),
            row(
                    "expected (?:enabled|disabled)|unit \"kubelet\\.service\"",
                    "The machine-config operator finds that the kubelet's unit was changed, and no longer applies settings to the VM.",
                    "'sudo systemctl enable kubelet' in the VM"),
            row(
                    "unknown flag|unknown shorthand flag|unknown command",
                    "This crc does not know a command or flag that the plugin uses.",
                    "use OpenShift Local 2.20 or newer: <crc> (-Dcdk.crc=…)"),
            row(
                    "mkdir \\S*\\.crc: permission denied",
                    "crc cannot write to its folder.",
                    "let this user write to the home in HOME; crc keeps everything in .crc there"));

    private KnownFailure() {}

    private static Row row(String text, String what, String fix) {
        return new Row(Pattern.compile(text, Pattern.CASE_INSENSITIVE), what, fix);
    }

    /** The problem behind an answer, with crc's words as evidence; empty where no row knows it. */
    static Optional<Problem> of(CrcAnswer answer) {
        return Optional.of(answer.error())
                .filter(error -> !error.isEmpty())
                .flatMap(KnownFailure::find)
                .or(() -> answer.isJson() ? Optional.empty() : find(answer.words()))
                .map(problem -> problem.with("crc: " + answer.shownError()));
    }

    private static Optional<Problem> find(String text) {
        for (Row row : TABLE) {
            Matcher matcher = row.text().matcher(text);
            if (matcher.find()) {
                String detail = matcher.groupCount() > 0 && matcher.group(1) != null ? matcher.group(1) : "";
                return Optional.of(Problem.of(
                        row.what().replace("$1", detail), row.fix().replace("$delete", CrcEngine.goal("delete"))));
            }
        }
        return Optional.empty();
    }

    /** The problem of a quick command that does not end. */
    static Problem hangs(Path executable) {
        return Problem.of(
                executable + " did not end.",
                "run 'crc version' in the same environment to see what it waits for; a locked desktop keyring blocks each of its"
                        + " commands (crc#4342): unlock it, or log in without one");
    }
}
