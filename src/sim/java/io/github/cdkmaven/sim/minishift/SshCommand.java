package io.github.cdkmaven.sim.minishift;

import java.util.List;

/** {@code minishift ssh}: joins its words and lets the VM's shell read them. */
final class SshCommand {

    private SshCommand() {}

    static void run(Session session) {
        ParsedFlags flags = Usage.parse(session.call(), "ssh", List.of());
        if (!session.home().hasMachine()) {
            throw ExitException.failure("Command failed: Machine '" + session.profile()
                    + "' does not exist. You need to run 'minishift start' first");
        }
        if (!session.vm().isRunning()) {
            throw ExitException.failure(
                    "Command failed: Error: Cannot run ssh command: Host \"" + session.profile() + "\" is not running");
        }
        int status = new LoginShell(session).run(String.join(" ", flags.words()));
        if (status != 0) {
            throw ExitException.failure("Command failed: exit status " + status);
        }
    }
}
