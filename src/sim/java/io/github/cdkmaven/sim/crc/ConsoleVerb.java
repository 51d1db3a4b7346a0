package io.github.cdkmaven.sim.crc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.Flag;
import io.github.cdkmaven.sim.minishift.ParsedFlags;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** {@code console}: asks the daemon, and tells the passwords, also of a machine that does not run. */
final class ConsoleVerb extends Verb {

    private Optional<ToldCluster> config = Optional.empty();

    @Override
    List<Flag> flags() {
        return List.of(output(), Flag.toggle("url", ""), Flag.toggle("credentials", ""));
    }

    @Override
    String run(CrcRun run, ParsedFlags flags) {
        config = Optional.of(ToldCluster.none(run.release()));
        if (!Files.exists(run.folder().socket())) {
            throw new VerbFailure("Get \"http://unix/api/webconsoleurl\": dial unix "
                    + run.folder().socket() + ": connect: no such file or directory");
        }
        if (!run.folder().hasMachine()) {
            throw new VerbFailure(NO_MACHINE + "\n");
        }
        ToldCluster known = ToldCluster.of(run);
        config = Optional.of(known);
        if (run.vm().isMicroshift() && flags.isOn("credentials")) {
            throw new VerbFailure("error : this option is only supported for openshift and okd preset");
        }
        if (flags.isOn("credentials")) {
            return "To login as a regular user, run 'oc login -u developer -p " + known.developerPassword() + " "
                    + known.url() + "'.\nTo login as an admin, run 'oc login -u kubeadmin -p "
                    + known.adminPassword() + " " + known.url() + "'";
        }
        return flags.isOn("url") ? known.console() : "Opening the OpenShift Web Console in the default browser...";
    }

    @Override
    ObjectNode json(String error) {
        return config.map(known -> known.json(succeeded(error))).orElseGet(() -> succeeded(error));
    }
}
