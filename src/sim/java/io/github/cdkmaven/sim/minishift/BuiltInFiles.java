package io.github.cdkmaven.sim.minishift;

import java.util.Optional;

/** Files of the VM that minishift or its ISO put there. */
final class BuiltInFiles {

    private BuiltInFiles() {}

    static Optional<String> find(Session session, String path) {
        return switch (path) {
            case "/etc/systemd/system/docker.service.d/10-machine.conf" ->
                Optional.of(session.dockerOptions().unitFile(session.vm().driver()));
            case "/etc/os-release" ->
                Optional.of(
                        session.isRhel()
                                ? "NAME=\"Red Hat Enterprise Linux Server\"\nID=\"rhel\"\nVARIANT_ID=\"minishift\"\n"
                                : "NAME=\"CentOS Linux\"\nID=\"centos\"\nVARIANT_ID=\"minishift\"\n");
            case "/etc/hostname" -> Optional.of(session.profile() + "\n");
            default -> Optional.empty();
        };
    }
}
