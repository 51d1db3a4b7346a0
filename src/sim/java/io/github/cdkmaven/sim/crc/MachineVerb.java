package io.github.cdkmaven.sim.crc;

import io.github.cdkmaven.sim.minishift.Flag;
import io.github.cdkmaven.sim.minishift.ParsedFlags;
import java.util.List;

/** {@code ip}, {@code oc-env} and {@code podman-env}: they want a machine, running or not, and know no JSON. */
final class MachineVerb extends Verb {

    private final String name;

    MachineVerb(String name) {
        this.name = name;
    }

    @Override
    List<Flag> flags() {
        return name.equals("ip") ? List.of() : List.of(Flag.text("shell", ""));
    }

    @Override
    String run(CrcRun run, ParsedFlags flags) {
        requireMachine(run);
        DotCrc folder = run.folder();
        String last = "\n# Run this command to configure your shell:\n# eval $(crc " + name + ")";
        return switch (name) {
            case "ip" -> run.vm().address();
            case "oc-env" -> "export PATH=\"" + folder.bin().resolve("oc") + ":$PATH\"" + last;
            default ->
                "export PATH=\"" + folder.bin().resolve("podman") + ":$PATH\"\nexport CONTAINER_SSHKEY=\""
                        + folder.machine().resolve(run.release().keyName()) + "\"\nexport CONTAINER_HOST=\"ssh://core@"
                        + run.vm().address() + ":2222/run/user/1000/podman/podman.sock\"\nexport DOCKER_HOST=\"unix://"
                        + folder.machine().resolve("docker.sock") + "\"" + last;
        };
    }
}
