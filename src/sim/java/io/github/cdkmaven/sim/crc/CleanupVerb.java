package io.github.cdkmaven.sim.crc;

import io.github.cdkmaven.sim.minishift.Flag;
import io.github.cdkmaven.sim.minishift.ParsedFlags;
import java.util.List;

/** {@code cleanup}: takes back what {@code setup} did, and the machine, without a question. */
final class CleanupVerb extends Verb {

    @Override
    List<Flag> flags() {
        return List.of(output());
    }

    @Override
    String run(CrcRun run, ParsedFlags flags) {
        List.of(
                        "vsock configuration",
                        "'crc' network from libvirt",
                        "/etc/NetworkManager/dnsmasq.d/crc.conf file",
                        "/etc/NetworkManager/conf.d/crc-nm-dnsmasq.conf file",
                        "crc daemon systemd socket units",
                        "crc daemon systemd service",
                        "crc's virtual machine",
                        "crc libvirt storage pool")
                .forEach(what -> run.info("Removing " + what));
        if (run.release().writesManPages()) {
            run.info("Removing CRC manpages");
        }
        List.of(
                        "CRC Specific entries from user's known_hosts file",
                        "hosts file records added by CRC",
                        "pull secret from the keyring",
                        "older logs")
                .forEach(what -> run.info("Removing " + what));
        run.vm().remove();
        DotCrc.remove(run.folder().root().resolve("machines"));
        DotCrc.remove(run.folder().socket());
        return "Cleanup finished";
    }
}
