package io.github.cdkmaven.sim.crc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.Flag;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.minishift.ParsedFlags;
import java.util.List;

/** {@code version}: works anywhere, after a look for a newer one. */
final class VersionVerb extends Verb {

    private final ObjectNode result = JsonFile.object();

    @Override
    List<Flag> flags() {
        return List.of(output());
    }

    @Override
    String run(CrcRun run, ParsedFlags flags) {
        run.checkForUpdate(false);
        ShippedCrc release = run.release();
        result.put("version", release.version())
                .put("commit", release.commit())
                .put("openshiftVersion", release.openshift());
        String text = "CRC version: " + release.version() + "+" + release.commit() + "\nOpenShift version: "
                + release.openshift();
        if (release.tellsMicroshift()) {
            result.put("microshiftVersion", release.microshift());
            return text + "\nMicroShift version: " + release.microshift();
        }
        result.put("podmanVersion", release.podman());
        return text + "\nPodman version: " + release.podman();
    }

    @Override
    ObjectNode json(String error) {
        return result;
    }
}
