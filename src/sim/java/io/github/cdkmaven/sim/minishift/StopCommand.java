package io.github.cdkmaven.sim.minishift;

import io.github.cdkmaven.sim.Lie;
import java.util.List;

/** {@code minishift stop}, which may ask, and whose exit status says little. */
final class StopCommand {

    private StopCommand() {}

    static void run(Session session) {
        ParsedFlags flags = Usage.parse(
                session.call(),
                "stop",
                List.of(Flag.toggle("skip-unregistration", "Skip the virtual machine unregistration.")));
        session.requireMachine();
        if (!session.vm().isRunning()) {
            throw ExitException.with(0, "The '" + session.profile() + "' VM is already stopped.");
        }
        session.call().println(session.generation().stoppingLine());
        if (session.world().lies(Lie.STOP_EXITS_0_VM_UP)) {
            session.call().println("Cluster stopped.");
            return;
        }
        if (!session.isGeneric() && !flags.isOn("skip-unregistration")) {
            unregister(session);
        }
        Progress.sleep((long) (session.world().stopSeconds() * 1000));
        session.cluster().stop();
        // The generic driver only takes the cluster down: the remote machine stays up, and "status" says so.
        session.vm().setRunning(session.isGeneric());
        session.call().println("Cluster stopped.");
    }

    private static void unregister(Session session) {
        boolean fails = session.world().lies(Lie.UNREGISTRATION_FAILS);
        if (!fails && !session.vm().value("registered").asBoolean(false)) {
            return;
        }
        session.call().println("Unregistering machine");
        if (fails) {
            session.world().outside("subscription.rhsm.redhat.com", "subscription-manager unregister");
            session.call().println("Current Minishift VM is registered, but unregistration failed.");
            String question = "Unregistration failed, stopping leaves a stale entitlement.";
            if (!Confirmation.ask(session.call(), question)) {
                throw ExitException.with(0, "Aborted.");
            }
        }
        session.vm().set("registered", com.fasterxml.jackson.databind.node.BooleanNode.FALSE);
    }
}
