package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.Lie;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code minishift start}: the sequence of steps, each of which may end it with the VM left as it is by then. */
final class StartCommand {

    private final Session session;
    private final ParsedFlags flags;
    private final Settings settings;

    private StartCommand(Session session, ParsedFlags flags) {
        this.session = session;
        this.flags = flags;
        this.settings = session.settings(flags);
    }

    static void run(Session session) {
        List<Flag> known = StartFlags.of(session.version(), session.experimental());
        ParsedFlags flags = Usage.parse(session.call(), "start", known);
        if (session.world().lies(Lie.START_DIES)) {
            throw ExitException.silent(137);
        }
        new StartCommand(session, flags).run();
    }

    private void run() {
        session.call().println("-- Starting profile '" + session.profile() + "'");
        boolean generic = settings.text("vm-driver", "kvm").equals("generic");
        if (generic) {
            checkGenericFlags();
        }
        if (session.world().lies(Lie.START_SAYS_ALREADY_RUNNING)) {
            SomebodyElse.startsTheVm(session);
        }
        if (session.home().hasMachine() && session.vm().isRunning() && !session.isGeneric()) {
            throw ExitException.with(0, "The '" + session.profile() + "' VM is already running.");
        }
        OpenshiftVersion openshift = requestedOpenshift();
        boolean restart = session.home().hasMachine();
        List<String> proxies = ProxyFlags.environment(session, settings);
        StartupChecks preflight = new StartupChecks(session, settings, openshift);
        if (!generic) {
            preflight.beforeBoot();
        }
        new SavedFlags(session, settings, flags).save();
        findOc(openshift);
        checkClusterUpFlags(openshift);
        new MachineBoot(session, settings, proxies).run(restart);
        if (!generic) {
            Registration.run(session, settings);
            preflight.afterBoot();
            announceStaticIp();
        }
        switchProfile();
        if (session.experimental() && settings.isOn("no-provision")) {
            return;
        }
        new Provisioning(session, settings, openshift, restart).run();
    }

    private void checkGenericFlags() {
        for (String name : List.of("remote-ipaddress", "remote-ssh-user", "remote-ssh-key")) {
            if (settings.text(name, "").isEmpty()) {
                throw ExitException.failure("Error: Generic driver require additional information i.e. IP address of "
                        + "remote machine, path to ssh key and ssh username of the remote host.\n"
                        + "Provide following flags to use generic driver:\n--remote-ipaddress string\n"
                        + "--remote-ssh-user string\n--remote-ssh-key string\n\n");
            }
        }
    }

    private OpenshiftVersion requestedOpenshift() {
        String tag = settings.text("ocp-tag", session.version().openshift());
        return OpenshiftVersion.of(settings.text("openshift-version", tag));
    }

    /** {@code oc} must be in the cache, or is looked for in the Internet. */
    private void findOc(OpenshiftVersion openshift) {
        Path oc = session.home().oc(openshift);
        if (!Files.exists(oc)) {
            throw ExitException.failure(session.version().isCdk() ? missingCdkOc(openshift) : missingOc(openshift));
        }
        ObjectNode state = JsonFile.read(session.home().state());
        state.put("OcPath", oc.toString()).put("OpenshiftVersion", openshift.text());
        state.put("IsRegistered", false).put("IsRHELBased", session.version().isCdk());
        state.put("VMDriver", settings.text("vm-driver", "kvm"));
        JsonFile.write(session.home().state(), state);
    }

    private String missingOc(OpenshiftVersion openshift) {
        session.world().outside("api.github.com", "oc download");
        String url = "https://api.github.com/repos/openshift/origin/releases/tags/" + openshift.text();
        return "Error starting the cluster: Error attempting to download and cache 'oc': Cannot get the OpenShift "
                + "release version " + openshift.text() + ": Get \"" + url
                + "\": dial tcp: lookup api.github.com on 192.0.2.53:53: no such host";
    }

    private String missingCdkOc(OpenshiftVersion openshift) {
        session.world().outside("mirror.openshift.com", "oc download");
        return "Error starting the cluster: Error attempting to download and cache 'oc': "
                + "https://mirror.openshift.com/pub/openshift-v3/clients/"
                + openshift.text().substring(1)
                + "/linux/oc.tar.gz url is inaccessible";
    }

    private void checkClusterUpFlags(OpenshiftVersion openshift) {
        SimulatedGeneration generation = session.generation();
        if (!generation.checksOcFlagsEarly()) {
            return;
        }
        session.call().print("-- Checking if provided oc flags are supported ... ");
        if (generation.rejectsExtraClusterUpFlags() && settings.isSet("extra-clusterup-flags")) {
            session.call()
                    .println("Flag 'extra-clusterup-flags' is not supported for oc version " + openshift.text()
                            + ". Use 'openshift-version' flag to select a different version of OpenShift.");
            session.call().println("FAIL");
            throw ExitException.failure("Provided oc flag not supported");
        }
        session.call().println("OK");
    }

    private void announceStaticIp() {
        if (session.generation().hasTimezone() && settings.isOn("static-ip", true)) {
            session.call().println("-- Writing current configuration for static assignment of IP address ... OK");
        }
    }

    private void switchProfile() {
        if (!session.profile().equals(session.home().activeProfile())) {
            session.call().println("-- Switching active profile to '" + session.profile() + "'");
            session.home().activate(session.profile());
        }
    }
}
