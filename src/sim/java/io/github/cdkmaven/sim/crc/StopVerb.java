package io.github.cdkmaven.sim.crc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.Flag;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.minishift.ParsedFlags;
import java.util.List;

/** {@code stop}: an error where there is nothing to stop. */
final class StopVerb extends Verb {

    private boolean forced;

    @Override
    List<Flag> flags() {
        return List.of(output(), Flag.toggle("force", "").shortly("f"));
    }

    @Override
    String run(CrcRun run, ParsedFlags flags) {
        requireMachine(run);
        SimulatedVm vm = run.vm();
        if (!vm.isRunning()) {
            throw new VerbFailure("Instance is already stopped");
        }
        if (run.release().stopsContainers() && !vm.isMicroshift()) {
            run.info("Stopping kubelet and all containers...");
        }
        run.info("Stopping the instance, this may take a few minutes...");
        CrcRun.sleep(Math.round(run.world().stopSeconds() * 1000));
        if (run.has(CrcFault.STOP_FAILS)) {
            if (!flags.isOn("force")) {
                // The question whether to force it is answered no without a terminal.
                throw new VerbFailure("Cannot stop machine: VM does not stop (simulated)");
            }
            forced = true;
        }
        vm.endCluster();
        vm.running(false);
        if (run.release().stopCleansKubeconfig()) {
            UserContexts.remove(run);
        }
        return forced ? "Forcibly stopped the instance" : "Stopped the instance";
    }

    @Override
    ObjectNode json(String error) {
        ObjectNode result =
                JsonFile.object().put("success", error.isEmpty()).put("forced", forced);
        return error.isEmpty() ? result : result.put("error", error);
    }
}
