package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A failed 'minishift start'")
class StartFailureTest {

    /** What stands above the failure in a first start of 1.34.3. */
    private static final MachineFiles VM = new MachineFiles(Path.of("/vms of ci"), "ci");

    private static final Registries REGISTRIES = Registries.of(Registry.to("registry.corp.example:5000"));

    private static final String BEFORE = """
            -- Starting profile 'minishift'
            -- Check if deprecated options are used ... OK
            -- Checking if https://github.com is reachable ... FAIL
            -- Checking if requested OpenShift version 'v3.11.0' is valid ... SKIP
            """;

    static Stream<Arguments> table() {
        return Stream.of(
                // run on 1.15.1 with an extra flag, minishift#2318
                row(
                        "-- Checking if provided oc flags are supported ... Flag 'extra-clusterup-flags' is not supported for oc"
                                + " version v3.9.0. Use 'openshift-version' flag to select a different version of OpenShift.\nFAIL\n",
                        "Provided oc flag not supported\n",
                        "refuses the start flag 'extra-clusterup-flags'",
                        "<startArguments>"),
                // run on 1.34.3 without the experimental switch
                row(
                        "",
                        "Error: unknown flag: --extra-clusterup-flags\nUsage:\n  minishift start [flags]\n\n"
                                + "unknown flag: --extra-clusterup-flags\n",
                        "does not know the flag '--extra-clusterup-flags'",
                        "<startArguments>"),
                // run on 1.34.3 with an oc 3.9 in the place of 3.11's
                row(
                        "-- Starting OpenShift cluster .",
                        "Error during 'cluster up' execution: Error starting the cluster. ssh command error:\n"
                                + "command : /var/lib/minishift/bin/oc cluster up --base-dir /var/lib/minishift/base\n"
                                + "err     : exit status 1\noutput  : Error: unknown flag: --base-dir\n\n\nUsage:\n  oc cluster up [options]\n",
                        "The 'oc' in the VM does not know the flag '--base-dir'",
                        "<openshiftVersion>"),
                // what docker says of a registry with a login, and of one with a certificate of a private authority
                row(
                        "-- Pulling the OpenShift Container Image .",
                        "Error pulling the OpenShift container image: ssh command error:\ncommand : docker pull r/openshift3/ose:v3.9.31\n"
                                + "err     : exit status 1\noutput  : Get https://r/v2/openshift3/ose/manifests/v3.9.31: no basic auth credentials\n",
                        "has no login for the registry",
                        "<registryServerId>"),
                row(
                        "Error: error pulling Docker image r/openshift3/ose-node:v3.11.141\n",
                        "Get \"https://r/v2/openshift3/ose-node/manifests/v3.11.141\": unauthorized: nobody is known here\n",
                        "has no login for the registry",
                        "<registryServerId>"),
                row(
                        "Error: error pulling Docker image r/openshift3/ose-node:v3.11.141\n",
                        "Error response from daemon: Get https://r/v2/: x509: certificate signed by unknown authority\n",
                        "does not trust the registry's certificate",
                        "<registryCa>"),
                row(
                        "",
                        "Error response from daemon: Get https://r/v2/: x509: certificate has expired or is not yet valid\n",
                        "refuses the registry's certificate: x509: certificate has expired or is not yet valid",
                        "a certificate that is valid"),
                row(
                        "",
                        "Error response from daemon: Get https://r/v2/: http: server gave HTTP response to HTTPS client\n",
                        "speaks plain HTTP",
                        "<registryInsecure>"),
                // run on 1.34.3 without the image in its cache
                row(
                        "-- Pulling the OpenShift Container Image .",
                        "Error pulling the OpenShift container image: ssh command error:\n"
                                + "command : docker pull openshift/origin-control-plane:v3.11.0\nerr     : exit status 1\n",
                        "copies 'oc' in the VM could not be pulled",
                        "mirror that image"),
                // 1.21 to 1.26 write it with a small letter, up to 1.20 it is the copy that fails: minishift#2656
                row(
                        "",
                        "Error pulling the openshift container image: ssh command error:\n",
                        "copies 'oc' in the VM could not be pulled",
                        "mirror that image"),
                row(
                        "-- Copying oc binary from the OpenShift container image to VM .",
                        "Error copying the oc binary to /var/lib/minishift/bin: ssh command error:\n"
                                + "command : docker create --name tmp registry.access.redhat.com/openshift3/ose:v3.9.31\n",
                        "copies 'oc' in the VM could not be pulled",
                        "mirror that image"),
                // origin 3.9's cluster up
                row(
                        "FAIL\n   Error: error pulling Docker image registry.corp:5000/openshift3/ose:v3.9.14\n   Caused By:\n",
                        "Error during 'cluster up' execution: Error starting the cluster.\n",
                        "could not pull one of its images",
                        "cdk:images"),
                // minishift's registration
                row(
                        "-- Registering machine using subscription-manager\n",
                        "Error to register VM: ssh command error:\ncommand : sudo -E subscription-manager register --auto-attach"
                                + " --username X --password ********\n",
                        "could not be registered with Red Hat",
                        "<skipRegistration>true</skipRegistration>"),
                row(
                        "-- Registering machine using subscription-manager\n   Registration in progress ... OK [20s]\n",
                        "Error during 'cluster up' execution: Error starting the cluster. ssh command error:\n",
                        "'oc cluster up' failed in the VM",
                        "mvn cdk:delete"),
                // run on 1.34.3
                row(
                        "",
                        "Error starting the cluster: Error attempting to download and cache 'oc': Cannot get the OpenShift release"
                                + " version v3.11.0: Get \"https://api.github.com/repos/openshift/origin/releases/tags/v3.11.0\": dial"
                                + " tcp: lookup api.github.com: no such host\n",
                        "has no 'oc' for this OpenShift version",
                        "<openshiftVersion>"),
                row(
                        "",
                        "Error caching the ISO: Get https://github.com/minishift.iso: no such host\n",
                        "has no ISO",
                        "<isoUrl>"),
                row(
                        "",
                        "Received 404 response from https://corp/minishift.iso while trying to download the ISO\n",
                        "has no ISO",
                        "-Dcdk.isoUrl"),
                // run on 1.34.3
                row(
                        "-- Starting profile 'ci'\n",
                        "Not able to populate iso-url flag with file:///nosuch.iso value\n",
                        "does not accept the ISO 'file:///nosuch.iso'",
                        "<isoUrl>"),
                row(
                        "-- Checking if requested OpenShift version 'v3.9.0' is supported ... FAIL\n",
                        "   Minishift does not support OpenShift version v3.9.0. You need to use a version >= v3.10.0\n",
                        "does not support OpenShift v3.9.0.",
                        "<openshiftVersion>"),
                row(
                        "-- Checking if KVM driver is installed ... FAIL\n",
                        "   See the 'Setting Up the Virtualization Environment' topic for more information\n",
                        "The hypervisor of the VM is not ready",
                        "<vmDriver>"),
                row(
                        "-- Checking if VirtualBox is installed ... FAIL\n",
                        "   See the 'Installing Prerequisites' topic\n",
                        "The hypervisor of the VM is not ready",
                        "-Dcdk.vmDriver"),
                row(
                        "-- Checking if requested hypervisor 'xen' is supported on this platform ... FAIL\n",
                        "",
                        "The hypervisor of the VM is not ready",
                        "<vmDriver>"),
                // run on 1.15.1
                row(
                        "-- Starting Minishift VM .... FAIL \n",
                        "Error starting the VM: Error creating new host: Driver \"kvm\" not found. Do you have the plugin binary"
                                + " \"docker-machine-driver-kvm\" accessible in your PATH?\n",
                        "The hypervisor of the VM is not ready",
                        "<vmDriver>"),
                row("-- Checking available disk space ... 96% used FAIL\n", "", "The VM's disk is full", "<diskSize>"),
                row(
                        "",
                        "Error: Generic driver require additional information i.e. IP address of remote machine, path to ssh key\n",
                        "The driver 'generic' needs the address",
                        "<remoteIpAddress>"),
                // run on 1.20.0 with a KUBECONFIG of ours
                row(
                        "OpenShift server started.\n",
                        "error: The server uses a certificate signed by unknown authority.\n"
                                + "Error during post cluster up configuration: Unable to login to cluster\n",
                        "could not log in to it afterwards",
                        "mvn cdk:delete"),
                // minishift#3276
                row(
                        "",
                        "Could not set oc CLI context for 'minishift' profile: The specified path to the kube config"
                                + " '/home/x/.minishift/machines/minishift_kubeconfig' does not exist\n",
                        "could not log in to it afterwards",
                        "mvn cdk:delete"),
                row(
                        "",
                        "Error loading existing host: unexpected end of JSON input. Try running `minishift delete`\n",
                        "The record of an earlier VM is broken",
                        "mvn cdk:delete"),
                // run on 1.34.3
                row(
                        "-- Starting to provision the remote machine ...... FAIL \n",
                        "Error starting the VM: Error creating the VM. Error creating machine: Error running provisioning: Unable to"
                                + " verify the Docker daemon is listening: Maximum number of retries (10) exceeded\n",
                        "The docker of the VM did not start",
                        "mvn cdk:delete"),
                row(
                        "",
                        "Error during 'cluster up' execution: Error starting the cluster. ssh command error:\n"
                                + "output  : Error: timed out waiting for the condition\n",
                        "OpenShift did not come up in the VM",
                        "<memory>"),
                row(
                        "OpenShift provisioning failed. origin container failed to start.\n",
                        "",
                        "OpenShift did not come up in the VM",
                        "<cpus>"),
                row("", "Proxy URL 'corp:3128' is not valid.\n", "The proxy's URL is not valid", "<httpProxy>"),
                // run on 1.34.3 where the VM could not run containers
                row(
                        "-- Starting OpenShift cluster .",
                        "Error during 'cluster up' execution: Error starting the cluster. ssh command error:\n"
                                + "output  : docker: Error response from daemon: failed to create shim task: operation not permitted\n",
                        "'oc cluster up' failed in the VM",
                        "start again"),
                // texts of oc cluster up 3.10 and 3.11 (origin pkg/oc/clusterup)
                row(
                        "-- Starting OpenShift cluster .",
                        "Error during 'cluster up' execution: Error starting the cluster. ssh command error:\n"
                                + "output  : Checking if OpenShift is already running ...\nerror: a port needed by OpenShift is not available\n",
                        "Another program uses a port",
                        "8443"),
                row(
                        "-- Starting OpenShift cluster .",
                        "output  : Checking if OpenShift is already running ...\nerror: OpenShift is already running\n",
                        "An OpenShift that minishift did not start",
                        "stop it on that machine"),
                row(
                        "-- Starting OpenShift cluster .\n",
                        "output  : Error: did not detect an --insecure-registry argument on the Docker daemon\n",
                        "was not configured to treat OpenShift's own registry as insecure",
                        "mvn cdk:delete"),
                // minishift#2623
                row(
                        "-- Setting proxy information ... FAIL\n",
                        "Error setting proxy to VM: exit status 1\n",
                        "The proxy could not be set up in the VM",
                        "<httpProxy>"),
                row(
                        "-- Starting Minishift VM .... FAIL \n",
                        "Error starting the VM: Error creating the VM. Error with pre-create check: \"This computer doesn't have"
                                + " VT-X/AMD-v enabled. Enabling it in the BIOS is mandatory\"\n",
                        "virtualization is not enabled",
                        "virtualization"),
                row("-- Something new ... FAIL\n", "", "'minishift start' failed.", "--show-libmachine-logs"));
    }

    @ParameterizedTest(name = "{2}")
    @DisplayName("is explained by what it printed, with a fix")
    @MethodSource("table")
    void isExplained(String out, String err, String what, String fix) {
        Problem problem = StartFailure.explain(failed(BEFORE + out, err), VM, REGISTRIES);

        assertThat(problem.what()).contains(what);
        assertThat(problem.fix()).contains(fix).doesNotContain("$");
        if (problem.fix().contains("cdk:delete")) {
            assertThat(problem.fix())
                    .contains("'mvn cdk:delete \"-Dcdk.home="
                            + Path.of("/vms of ci").toAbsolutePath() + "\" -Dcdk.profile=ci'");
        }
        assertThat(problem.evidence()).startsWith("minishift start exited 1");
        assertThat(problem.evidence())
                .contains((out + err)
                        .strip()
                        .lines()
                        .reduce((first, last) -> last)
                        .orElseThrow());
    }

    @Test
    @DisplayName("shows the last twenty lines that say anything")
    void showsTheLastLines() {
        String out = Stream.iterate(1, n -> n + 1)
                .limit(30)
                .map(n -> "line " + n + "\n\n")
                .reduce("", String::concat);

        assertThat(StartFailure.explain(failed(out, "the end\n"), VM, REGISTRIES)
                        .evidence())
                .hasSize(21)
                .startsWith("minishift start exited 1", "line 12")
                .endsWith("line 30", "the end");
    }

    private static Arguments row(String out, String err, String what, String fix) {
        return arguments(out, err, what, fix);
    }

    private static CommandResult failed(String out, String err) {
        return new CommandResult(1, out, err, Duration.ofSeconds(1), false);
    }

    @Test
    @DisplayName("is not explained by a login or an authority that is in force already")
    void isInForceAlready() {
        Registries known = Registries.of(
                Registry.to("r").withCa(Path.of("ca.pem")).withCredentials(new Credentials("jane", "s3cret")));

        for (String words : List.of("no basic auth credentials", "x509: certificate signed by unknown authority")) {
            assertThat(StartFailure.explain(failed("", "docker: " + words + "\n"), VM, known)
                            .fix())
                    .doesNotContain("<registryServerId>")
                    .doesNotContain("<registryCa>")
                    .contains(VM.goal("delete"));
        }
    }
}
