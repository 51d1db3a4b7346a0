package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.Lie;
import java.util.List;

/** {@code minishift openshift}: version, registry, and the master's configuration. */
final class OpenshiftCommand {

    private OpenshiftCommand() {}

    static void run(Session session) {
        ParsedFlags flags = Usage.parse(
                session.call(),
                "openshift",
                List.of(
                        Flag.text("target", "master, node or kube.", "master"),
                        Flag.text("patch", "The patch to apply, JSON.")));
        List<String> words = flags.words();
        switch (words.isEmpty() ? "" : words.get(0)) {
            case "version" -> version(session);
            case "registry" -> registry(session);
            case "restart" -> restart(session);
            case "config" -> config(session, words, flags);
            default -> session.call().println("Interacts with your local OpenShift cluster.");
        }
    }

    private static void requireCluster(Session session) {
        if (!session.home().hasMachine() || !session.openshiftRuns()) {
            throw ExitException.failure("There is no running OpenShift cluster.");
        }
    }

    private static void version(Session session) {
        requireCluster(session);
        OpenshiftVersion openshift = session.openshift();
        session.call().println("openshift " + openshift.text());
        session.call().println("kubernetes " + openshift.kubernetes());
        if (!openshift.usesTemplate()) {
            session.call().println("etcd 3.2.16");
        }
    }

    private static void registry(Session session) {
        requireCluster(session);
        boolean there = false;
        for (JsonNode container : session.vm().value("containers")) {
            there |= container.path("component").asText().equals("docker-registry");
        }
        if (!there) {
            throw ExitException.failure("No information found for 'service/docker-registry'");
        }
        session.call().println("172.30.1.1:5000");
    }

    private static void restart(Session session) {
        requireCluster(session);
        session.call().println("OpenShift restarted successfully");
    }

    private static void config(Session session, List<String> words, ParsedFlags flags) {
        String target = flags.text("target").orElse("master");
        if (!List.of("master", "node", "kube").contains(target)) {
            throw ExitException.failure("Value '" + target
                    + "' is an unknown patch target. Only 'master', 'kube' and 'node' are supported.");
        }
        String verb = words.size() > 1 ? words.get(1) : "";
        if (verb.equals("view")) {
            requireCluster(session);
            view(session, MasterConfigFile.of(session), target);
        } else if (verb.equals("set")) {
            set(session, target, flags.text("patch").orElse(""));
        } else {
            session.call().println("Displays or patches OpenShift configuration.");
        }
    }

    private static void view(Session session, MasterConfigFile config, String target) {
        if (session.world().lies(Lie.MASTER_CONFIG_UNREADABLE)) {
            String file = config.path(target);
            throw unreadable("origin cat " + file, "cat: " + file + ": No such file or directory\n");
        }
        if (config.isRestarting()) {
            String container = "36d9743ecc9a";
            throw unreadable(
                    container + " cat /etc/origin/master/master-config.yaml",
                    "Error response from daemon: Container " + container + " is not running\n");
        }
        session.call().println(Yaml.write(config.content()));
    }

    private static ExitException unreadable(String asked, String answer) {
        return ExitException.failure(
                "Cannot display the OpenShift configuration: ssh command error:\ncommand : docker exec -t " + asked
                        + "\nerr     : exit status 1\noutput  : " + answer);
    }

    private static void set(Session session, String target, String patch) {
        ObjectNode change = read(patch);
        requireCluster(session);
        MasterConfigFile config = MasterConfigFile.of(session);
        session.call().println("Patching OpenShift configuration '" + config.path(target) + "' with '" + patch + "'");
        config.patch(change);
    }

    private static ObjectNode read(String patch) {
        if (patch.isEmpty()) {
            throw ExitException.failure("You must provide a patch which needs to be applied.");
        }
        try {
            JsonNode read = JsonFile.mapper().readTree(patch);
            if (read instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // Told below, in minishift's words.
        }
        throw ExitException.failure("The patch must be a valid JSON file.");
    }
}
