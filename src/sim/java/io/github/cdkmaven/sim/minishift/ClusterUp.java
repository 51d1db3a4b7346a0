package io.github.cdkmaven.sim.minishift;

import io.github.cdkmaven.sim.Lie;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code oc cluster up}: fetches the platform's images and prints what it does, on the host or in the VM. */
final class ClusterUp {

    private static final String TIMED_OUT = "timed out waiting for the condition";

    private final Session session;
    private final ClusterUpArguments arguments;
    private final ControlPlane plane;
    private final boolean inVm;
    private final StringBuilder output = new StringBuilder();

    ClusterUp(Session session, ClusterUpArguments arguments) {
        this.session = session;
        this.arguments = arguments;
        this.plane = arguments.controlPlane();
        this.inVm = session.generation().clusterUpRunsInVm();
    }

    /** @return what runs afterwards */
    List<PlatformImage> run(String extraFlags, boolean restart) {
        if (inVm) {
            session.call().print("-- Starting OpenShift cluster ");
        }
        announceExtraFlags(extraFlags);
        if (!session.generation().checksOcFlagsEarly()) {
            say("-- Checking `oc` support for startup flags ... ");
            say("   routing-suffix ... OK");
        }
        if (inVm) {
            Progress.dots(session, 0.5);
        }
        if (session.world().lies(Lie.OC_OF_ANOTHER_OPENSHIFT)
                && plane.openshift().usesTemplate()) {
            throw failure("Error: unknown flag: --base-dir\n\n\nUsage:\n  oc cluster up [options]\n\n"
                    + "Use \"oc options\" for a list of global command-line options (applies to all commands).");
        }
        introduce();
        List<PlatformImage> running = new ArrayList<>();
        plane.pulledFirst().forEach((component, image) -> running.add(pullNow(component, image)));
        if (session.world().lies(Lie.START_FAILS_AFTER_VM_UP)) {
            throw failure("Error: could not run \"install-router\": rc==1");
        }
        plane.pulledByNode().forEach((component, image) -> running.add(run(component, image)));
        if (session.world().lies(Lie.CLUSTER_UP_TIMEOUT)) {
            throw timeout("web-console");
        }
        return List.copyOf(running);
    }

    private void announceExtraFlags(String extraFlags) {
        if (!extraFlags.isBlank()) {
            session.call().println(session.generation().extraFlagsHeader());
            session.call().println("   '" + extraFlags + "'");
        }
    }

    /** Streamed up to 1.17; since 1.18 the whole output comes at the end. */
    private void say(String line) {
        if (inVm) {
            output.append(line).append('\n');
        } else {
            session.call().println(line);
        }
    }

    private void introduce() {
        if (plane.openshift().usesTemplate()) {
            say("Getting a Docker client ...");
            plane.pulledFirst().values().forEach(image -> say("Checking if image " + image + " is available ..."));
            say("Checking type of volume mount ...");
            say("Determining server IP ...");
            say("Using public hostname IP " + session.vm().ip() + " as the host IP");
            say("Checking if OpenShift is already running ...");
            say("Checking for supported Docker version (=>1.22) ...");
            say("Checking if insecured registry is configured properly in Docker ...");
            say("Checking if required ports are available ...");
        } else {
            say("Using nsenter mounter for OpenShift volumes");
            say("Using public hostname IP " + session.vm().ip() + " as the host IP");
            say("Using " + session.vm().ip() + " as the server IP");
        }
    }

    private PlatformImage pullNow(String component, String image) {
        if (session.docker().has(image)) {
            return run(component, image);
        }
        say("Pulling image " + image);
        try {
            String pulled = session.docker().pull(image, logins());
            say("Image pull complete");
            return new PlatformImage(component, image, pulled);
        } catch (Docker.PullException e) {
            throw failure("FAIL\n   Error: error pulling Docker image " + image + "\n   Caused By:\n     Error: "
                    + e.getMessage());
        }
    }

    /** Up to 3.10 cluster up pulls as nobody; 3.11 reads the configuration of the VM's user (facts/minishift.md, 2.4). */
    private DockerLogins logins() {
        return plane.openshift().minor() >= 11
                ? DockerLogins.configured(session.vm(), VmDisk.HOME)
                : DockerLogins.none();
    }

    /** By the node, which has no login for the pods of the platform, and has to pull what is not there, and some of what is. */
    private PlatformImage run(String component, String image) {
        Optional<String> held = session.docker().localName(image);
        if (held.isPresent() && !plane.isAlwaysPulled(component)) {
            return new PlatformImage(component, image, held.get(), session.vm().loadedId(held.get()));
        }
        try {
            return new PlatformImage(component, image, session.docker().pull(image, DockerLogins.none()));
        } catch (Docker.PullException e) {
            throw timeout(component);
        }
    }

    private ExitException timeout(String component) {
        String what = plane.openshift().usesTemplate()
                ? "Error: " + TIMED_OUT
                : "FAIL\n   Error: failed to start the " + component.replace('-', ' ') + " server: " + TIMED_OUT;
        return failure(what);
    }

    private ExitException failure(String reason) {
        if (inVm) {
            return ExitException.failure("Error during 'cluster up' execution: Error starting the cluster. "
                    + "ssh command error:\ncommand : " + arguments.commandLine()
                    + "\nerr     : exit status 1\noutput  : " + output + reason);
        }
        session.call().println(reason);
        return ExitException.failure("Error during 'cluster up' execution: Error starting the cluster.");
    }

    /** The block that says it is done; the login part is there only the first time. */
    void announce(boolean restart) {
        String image = plane.pulledFirst().values().iterator().next();
        say("Starting OpenShift using " + image + " ...");
        if (!restart) {
            say("Login to server ...\nCreating initial project \"myproject\" ...");
        }
        say("Server Information ...\nOpenShift server started.\n");
        say("The server is accessible via web console at:\n    https://"
                + session.vm().ip() + ":8443\n");
        if (!restart) {
            say("You are logged in as:\n    User:     developer\n    Password: <any value>\n");
            say("To login as administrator:\n    oc login -u system:admin\n");
        }
        if (inVm) {
            session.call().println("\n" + output);
        }
    }
}
