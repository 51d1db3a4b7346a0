package io.github.cdkmaven.minishift;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.registry.Registries;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the texts with which {@code minishift start} fails mean, and what helps. */
public final class StartFailure {

    /**
     * One kind of failure.
     *
     * @param what with {@code $1} for the first group of the text
     * @param fix with {@code $delete} for the goal that deletes this VM, and {@code $login} and {@code $trust} for what helps a docker that was
     *     not let in, or that does not trust the registry
     */
    private record Row(Pattern text, String what, String fix) {}

    /** The first row whose pattern is found wins, so the special ones come first. */
    private static final List<Row> TABLE = List.of(
            row(
                    "Flag '([\\w-]+)' is not supported for oc version",
                    "This CDK refuses the start flag '$1' (minishift#2318 on 1.14.0 to 1.16.0, and an unsuitable oc in the cache).",
                    "remove it from <startArguments> (-Dcdk.startArguments), or use another CDK"),
            row(
                    "'cluster up' execution(?s:.*)unknown flag: (--[\\w-]+)",
                    "The 'oc' in the VM does not know the flag '$1' that this minishift passes: it belongs to another OpenShift version.",
                    "remove <openshiftVersion> (-Dcdk.openshiftVersion), or set the version that this minishift expects; the image that 'oc' is copied"
                            + " from, in the cache and in the registry, must be of that version"),
            row(
                    "unknown flag: (--[\\w-]+)",
                    "This minishift does not know the flag '$1'.",
                    "remove it from <startArguments> (-Dcdk.startArguments), or remove the parameter of that name"),
            row(
                    "no basic auth credentials|unauthorized: authentication required|pull access denied for |incorrect username or password"
                            + "|Get \"?https?://\\S+/v2/\\S*: unauthorized",
                    "The docker in the VM has no login for the registry, or one that the registry refuses, and could not pull an image.",
                    "$login"),
            row(
                    "x509: certificate signed by unknown authority",
                    "The docker in the VM does not trust the registry's certificate, and could not pull an image.",
                    "$trust"),
            row(
                    "(x509: certificate (?:has expired|is valid for|is not valid)[^\n]*)",
                    "The docker in the VM refuses the registry's certificate: $1",
                    "ask the registry's team for a certificate that is valid, for this name too; then $delete, and start again"),
            row(
                    "server gave HTTP response to HTTPS client",
                    "The registry speaks plain HTTP, which the docker in the VM refuses as insecure.",
                    "<registryInsecure>true</registryInsecure> or -Dcdk.registryInsecure=true; then $delete, and start again: the VM keeps what it was"
                            + " created with"),
            row(
                    "Error pulling the OpenShift container image|Error copying the oc binary",
                    "The image from which minishift copies 'oc' in the VM could not be pulled.",
                    "mirror that image into the registry, then delete the VM ($delete) so that the next start can load it"),
            row(
                    "error pulling Docker image (\\S+)|Error: unable to pull (\\S+)|manifest for (\\S+) not found",
                    "OpenShift could not pull one of its images.",
                    "mirror the image into the registry; mvn cdk:images lists all that are needed"),
            row(
                    "Error to register VM",
                    "The VM could not be registered with Red Hat.",
                    "<skipRegistration>true</skipRegistration> or -Dcdk.skipRegistration=true"),
            row(
                    "Error attempting to download and cache 'oc'",
                    "minishift has no 'oc' for this OpenShift version in its cache and tried to download it.",
                    "use the CDK's own version (remove <openshiftVersion>), or put oc into <home>/cache/oc/<version>/<os>/"),
            row(
                    "Error caching the ISO|while trying to download the ISO",
                    "minishift has no ISO and tried to download it.",
                    "<isoUrl>file:///path/to.iso</isoUrl> or -Dcdk.isoUrl=file:///…"),
            row(
                    "Not able to populate iso-url flag with (\\S+) value",
                    "This minishift does not accept the ISO '$1': it is not a readable file.",
                    "<isoUrl>file:///path/to.iso</isoUrl> or -Dcdk.isoUrl=file:///…"),
            row(
                    "Checking the ISO URL \\.\\.\\. FAIL",
                    "minishift does not accept this ISO: it is not a readable file.",
                    "<isoUrl>file:///path/to.iso</isoUrl> or -Dcdk.isoUrl=file:///…"),
            row(
                    "Minishift does not support OpenShift version (\\S+?)\\. ",
                    "This minishift does not support OpenShift $1.",
                    "remove <openshiftVersion> (-Dcdk.openshiftVersion), or choose a version that it supports"),
            row(
                    "driver is installed \\.\\.\\. FAIL|is supported on this platform \\.\\.\\. FAIL|(?:VirtualBox|Libvirt) is installed \\.\\.\\. FAIL|Driver \"[\\w-]+\" not found",
                    "The hypervisor of the VM is not ready on this machine.",
                    "install what the lines below name, or choose another hypervisor: <vmDriver> or -Dcdk.vmDriver=…"),
            row(
                    "Libvirt default network is (?:present|active) \\.\\.\\. FAIL",
                    "libvirt's network 'default' is not running; without it, a KVM VM gets no address.",
                    "run 'virsh net-start default' and 'virsh net-autostart default', or choose another hypervisor: <vmDriver> or -Dcdk.vmDriver=…"),
            row(
                    "disk space \\.\\.\\. .*FAIL",
                    "The VM's disk is full.",
                    "delete the VM ($delete), and start with a larger <diskSize> (-Dcdk.diskSize=40GB)"),
            row(
                    "Generic driver require additional information",
                    "The driver 'generic' needs the address, user and key of a machine.",
                    "<remoteIpAddress>, <remoteSshUser> and <remoteSshKey> (-Dcdk.remoteIpAddress=… and so on)"),
            row(
                    "Could not set oc CLI context|Error during post cluster up configuration",
                    "OpenShift came up, but minishift could not log in to it afterwards.",
                    "delete the incomplete VM with $delete, and start again"),
            row("Error loading existing host", "The record of an earlier VM is broken.", "$delete, and start again"),
            row(
                    "Unable to verify the Docker daemon is listening",
                    "The docker of the VM did not start.",
                    "it does not accept one of its options: check <blockedRegistries> (-Dcdk.blockedRegistries), <registry> and any --docker-opt in"
                            + " <startArguments>; then $delete, and start again"),
            row(
                    "VT-x.{0,20}enabled",
                    "Hardware virtualization is not enabled on this machine.",
                    "enable virtualization (VT-x, AMD-V) in its firmware, or nested virtualization if it is a VM itself"),
            row(
                    "Memory size is not valid",
                    "The VM's memory size is not in a format that minishift accepts.",
                    "<memory>8GB</memory> or -Dcdk.memory=8GB"),
            row(
                    "Disk size is not valid",
                    "The VM's disk size is not in a format that minishift accepts.",
                    "<diskSize>40GB</diskSize> or -Dcdk.diskSize=40GB"),
            row(
                    "Error enabling experimental features",
                    "The environment variable MINISHIFT_ENABLE_EXPERIMENTAL is not a boolean, so minishift refuses every command.",
                    "unset MINISHIFT_ENABLE_EXPERIMENTAL; the plugin sets it where it is needed"),
            row(
                    "Setting proxy information \\.\\.\\. FAIL|Error setting proxy to VM",
                    "The proxy could not be set up in the VM (minishift#2623).",
                    "check <httpProxy>, <httpsProxy>, <noProxy> and <useSettingsProxy> (-Dcdk.httpProxy=… and so on)"),
            row(
                    "a port needed by OpenShift is not available|port \\d+ is already in use",
                    "Another program uses a port that OpenShift needs.",
                    "end that program on the machine of the VM; OpenShift needs 53, 80, 443, 4001 and 8443"),
            row(
                    "did not detect an --insecure-registry argument",
                    "The VM's docker was not configured to treat OpenShift's own registry as insecure.",
                    "$delete, and start again: minishift configures it when it creates the VM"),
            row(
                    "(?<!Checking if )OpenShift is already running",
                    "An OpenShift that minishift did not start is running on that machine.",
                    "stop it on that machine, and start again"),
            row(
                    "could not run \"([\\w.-]+)\": rc==",
                    "'oc cluster up' could not install the OpenShift component '$1'.",
                    "check that all of its images are in the registry (mvn cdk:images), and check 'minishift logs'"),
            row(
                    "Error starting the VM: (.*)",
                    "The VM could not be started.",
                    "see the hypervisor's reason below; if an incomplete VM was left, $delete and start again"),
            row(
                    "timed out waiting for|OpenShift provisioning failed|did not become available",
                    "OpenShift did not come up in the VM.",
                    "give the VM more (<memory>, <cpus>), check that its images are in the registry (mvn cdk:images), and check 'minishift logs'"),
            row(
                    "Proxy URL '.*' is not valid",
                    "The proxy's URL is not valid.",
                    "<httpProxy>, <httpsProxy> or -Dcdk.httpProxy=http://host:port"),
            row(
                    "Error during 'cluster up' execution",
                    "'oc cluster up' failed in the VM.",
                    "see its output below; then $delete if the VM has to be recreated, and start again"));

    /** The question that minishift repeats without end where nobody can answer it (minishift {@code registration/redhat.go}). */
    private static final Pattern PASSWORD = Pattern.compile("(?i)password: *$", Pattern.MULTILINE);

    /** What only a first start does. */
    private static final String BRING_IN =
            "$delete, and start again: a first start loads OpenShift's images from minishift's image cache, and docker need not pull them";

    private StartFailure() {}

    /** The problem of a start that was ended because its time was up. */
    public static Problem tooLong(CommandResult result, String limit) {
        if (PASSWORD.matcher(result.all()).find()) {
            return Problem.of(
                            "'minishift start' is prompting for a password in a non-interactive build.",
                            "<skipRegistration>true</skipRegistration> (-Dcdk.skipRegistration=true) without MINISHIFT_USERNAME in the environment,"
                                    + " or <registrationServerId> (-Dcdk.registrationServerId=…)")
                    .with("it did not end within " + limit + " and was ended")
                    .with(result.lastLines());
        }
        return Problem.of(
                        "'minishift start' did not end within " + limit + " and was ended.",
                        "check its last lines; if it only needs more time, <startTimeout>30m</startTimeout> or -Dcdk.startTimeout=30m")
                .with(result.lastLines());
    }

    private static Row row(String text, String what, String fix) {
        return new Row(Pattern.compile(text, Pattern.CASE_INSENSITIVE), what, fix);
    }

    /**
     * The problem behind a failed start.
     *
     * @param vm the VM that was to be started
     * @param registries from which it pulls: what is in force already is not advised
     */
    public static Problem explain(CommandResult result, MachineFiles vm, Registries registries) {
        String output = result.all();
        for (Row row : TABLE) {
            Matcher matcher = row.text().matcher(output);
            if (matcher.find()) {
                String detail = matcher.groupCount() > 0 && matcher.group(1) != null
                        ? result.secrets().mask(matcher.group(1))
                        : "";
                return Problem.of(row.what().replace("$1", detail), fix(row, vm, registries))
                        .with("minishift start exited " + result.exit())
                        .with(result.lastLines());
            }
        }
        if (output.isBlank()) {
            return Problem.of(
                            "'minishift start' ended without an error message (exit status " + result.exit() + ").",
                            "check whether this machine ran out of memory, or somebody killed the process; "
                                    + vm.goal("status") + " shows what is left")
                    .with("minishift start exited " + result.exit());
        }
        return Problem.of(
                        "'minishift start' failed.",
                        "see its last lines; --show-libmachine-logs and -v5 in <startArguments> (-Dcdk.startArguments) show more")
                .with("minishift start exited " + result.exit())
                .with(result.lastLines());
    }

    private static String fix(Row row, MachineFiles vm, Registries registries) {
        boolean login = registries.all().stream()
                .anyMatch(registry -> registry.credentials().isPresent());
        return row.fix()
                .replace(
                        "$login",
                        login
                                ? BRING_IN
                                : "a <server> in settings.xml with its id in <registryServerId> (-Dcdk.registryServerId=…); then "
                                        + BRING_IN)
                .replace(
                        "$trust",
                        registries.own().ca().isPresent()
                                ? BRING_IN
                                : "<registryCa>/path/to/ca.pem</registryCa> (-Dcdk.registryCa=…); then " + BRING_IN)
                .replace("$delete", vm.goal("delete"));
    }
}
