package io.github.cdkmaven.sim.minishift;

import io.github.cdkmaven.sim.Lie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** {@code minishift delete}. */
final class DeleteCommand {

    private DeleteCommand() {}

    static void run(Session session) {
        Call call = session.call();
        ParsedFlags flags = Usage.parse(
                call,
                "delete",
                List.of(
                        Flag.toggle("force", "Do not ask.").shortly("f"),
                        Flag.toggle("clear-cache", "Delete the cache of all profiles.")));
        boolean force = flags.isOn("force");
        if (flags.isOn("clear-cache")) {
            clearCache(session, force);
        }
        if (!session.home().hasMachine()) {
            throw ExitException.silent(0);
        }
        if (!force && !Confirmation.ask(call, "You are deleting the Minishift VM: '" + session.profile() + "'.")) {
            throw ExitException.silent(0);
        }
        if (session.world().lies(Lie.DELETE_FAILS)) {
            throw ExitException.failure("Error deleting the VM: [Code-38] [Domain-7] cannot acquire state change lock");
        }
        if (session.isGeneric() && session.vm().value("oc").isMissingNode()) {
            throw ExitException.failure(
                    "ssh command error:\ncommand : /var/lib/minishift/bin/oc cluster down\n"
                            + "err     : exit status 127\noutput  : bash: /var/lib/minishift/bin/oc: No such file or directory\n");
        }
        forget(session);
        call.println("Deleting the Minishift VM...");
        session.drop();
        call.println("Minishift VM deleted.");
    }

    private static void forget(Session session) {
        Kubeconfigs kubeconfigs = new Kubeconfigs(session);
        String cluster = kubeconfigs.clusterName();
        session.call().println("Removing entries from kubeconfig for cluster: " + cluster);
        kubeconfigs.forgetCluster();
    }

    private static void clearCache(Session session, boolean force) {
        if (!force && !Confirmation.ask(session.call(), "This will delete the cache content for all profiles.")) {
            return;
        }
        try {
            Home.deleteTree(session.home().cache());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        session.call().println("Removed cache content at: '" + session.home().cache() + "'");
    }
}
