package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.github.cdkmaven.sim.Lie;

/** Registers the VM with Red Hat, where it is Red Hat's and nobody says otherwise. */
final class Registration {

    private static final String RHSM = "subscription.rhsm.redhat.com";
    private static final String REGISTRY = "registry.redhat.io";

    private Registration() {}

    static void run(Session session, Settings settings) {
        if (session.world().lies(Lie.START_ASKS_PASSWORD)) {
            askForEver(session);
        }
        if (!session.isRhel() || settings.isOn("skip-registration")) {
            return;
        }
        Call call = session.call();
        call.println("-- Registering machine using subscription-manager");
        String user = settings.text("username", "");
        if (user.isEmpty()) {
            throw ExitException.failure("Error to register VM: Not a tty supported terminal, Retries are disabled");
        }
        if (settings.text("password", "").isEmpty()) {
            askForEver(session);
        }
        if (session.generation().logsInToRedHatRegistry()) {
            call.println(
                    "   Login to registry.redhat.io in progress . " + (reaches(session, REGISTRY) ? "OK" : "FAIL"));
        }
        call.print("   Registration in progress .");
        if (!reaches(session, RHSM)) {
            call.println(" FAIL [130s]");
            throw ExitException.failure("Error to register VM: ssh command error:\n"
                    + "command : sudo -E subscription-manager register --auto-attach --username " + user
                    + " --password ********\nerr     : exit status 70\noutput  : Unable to reach the server at " + RHSM
                    + ":443/subscription\n");
        }
        session.vm().set("registered", BooleanNode.TRUE);
        call.println(" OK [20s]");
    }

    private static boolean reaches(Session session, String host) {
        boolean inside = session.world().isInside(host);
        if (!inside) {
            session.world().outside(host, "registration");
        }
        return inside;
    }

    /** The loop that ends only with a password: at the end of stdin it turns without end. */
    private static void askForEver(Session session) {
        String answer = "";
        while (answer.isEmpty()) {
            session.call().print("   Red Hat Developers or Red Hat Subscription Management (RHSM) password: ");
            answer = Confirmation.readLine(session.call());
            session.call().println("");
            Progress.sleep(20);
        }
    }
}
