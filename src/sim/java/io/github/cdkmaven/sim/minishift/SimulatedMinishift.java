package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The simulated {@code minishift}: finds the command and ends with its status. */
public final class SimulatedMinishift {

    private static final Map<String, Consumer<Session>> COMMANDS = Map.ofEntries(
            Map.entry("version", SmallCommands::version),
            Map.entry("status", StatusCommand::run),
            Map.entry("ip", SmallCommands::ip),
            Map.entry("start", StartCommand::run),
            Map.entry("stop", StopCommand::run),
            Map.entry("delete", DeleteCommand::run),
            Map.entry("ssh", SshCommand::run),
            Map.entry("config", ConfigCommand::run),
            Map.entry("profile", ProfileCommand::run),
            Map.entry("profiles", ProfileCommand::run),
            Map.entry("instance", ProfileCommand::run),
            Map.entry("addons", AddonsCommand::run),
            Map.entry("addon", AddonsCommand::run),
            Map.entry("image", ImageCommand::run),
            Map.entry("openshift", OpenshiftCommand::run),
            Map.entry("console", SmallCommands::console),
            Map.entry("oc-env", SmallCommands::ocEnv),
            Map.entry("docker-env", SmallCommands::dockerEnv),
            Map.entry("logs", SmallCommands::logs),
            Map.entry("setup-cdk", SetupCdk::run));

    private SimulatedMinishift() {}

    /** @return the exit status */
    public static int run(Call call) {
        return run(call, end -> {});
    }

    /** The same, telling where in the simulation the command came to its end before it was through. */
    public static int run(Call call, Consumer<ExitException> ending) {
        try {
            dispatch(call);
            return 0;
        } catch (ExitException e) {
            ending.accept(e);
            if (!e.text().isEmpty()) {
                if (e.status() == 0) {
                    call.println(e.text());
                } else {
                    call.complain(e.text());
                }
            }
            return e.status();
        }
    }

    private static void dispatch(Call call) {
        Settings.isExperimental(call);
        List<String> arguments = call.arguments();
        int command = firstWord(arguments);
        if (command < 0) {
            call.println("Minishift is a command-line tool that provisions a local OpenShift cluster.");
            return;
        }
        String name = arguments.get(command);
        boolean setup = name.equals("setup-cdk") && call.world().version().isCdk();
        if (!COMMANDS.containsKey(name) || name.equals("setup-cdk") && !setup) {
            unknown(call, name);
        }
        Session session = Session.of(call);
        if (session.version().isCdk() && !setup && !Files.exists(session.home().cdkMarker())) {
            throw ExitException.failure(
                    "You need to run 'minishift setup-cdk' first to install required CDK components.");
        }
        List<String> rest = new java.util.ArrayList<>(arguments);
        rest.remove(command);
        COMMANDS.get(name).accept(withArguments(session, rest));
    }

    private static int firstWord(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals("--profile")) {
                i++;
            } else if (!arguments.get(i).startsWith("-")) {
                return i;
            }
        }
        return -1;
    }

    private static Session withArguments(Session session, List<String> arguments) {
        Call call = session.call().with(arguments);
        return new Session(
                call, session.version(), session.experimental(), session.home(), session.vm(), session.cluster());
    }

    private static void unknown(Call call, String name) {
        String problem = "unknown command \"" + name + "\" for \"minishift\"";
        call.complain("Error: " + problem);
        call.complain("Run 'minishift --help' for usage.");
        throw ExitException.failure(problem);
    }

    /** Replaces all pods of the cluster in the default profile's VM, given as a JSON array. */
    public static void placePods(World world, String pods) {
        SetupCdk.somebodysSession(world).cluster().pods(pods);
    }

    /** Replaces what the docker in the default profile's VM runs, each as {@code image name}, and which images it holds. */
    public static void placeContainers(World world, List<String> containers, List<String> images) {
        Vm vm = SetupCdk.somebodysSession(world).vm();
        ArrayNode running = JsonFile.mapper().createArrayNode();
        containers.forEach(container -> running.addObject()
                .put("image", container.replaceFirst(" .*", ""))
                .put("component", container.replaceFirst(".* ", ""))
                .put("name", container.replaceFirst(".* ", "")));
        vm.set("containers", running);
        ArrayNode held = JsonFile.mapper().createArrayNode();
        images.forEach(held::add);
        vm.set("images", held);
    }

    /**
     * Lets the docker of the default profile's VM pull an image for a pod ({@code pull}) or a build ({@code build}) of a project:
     * anonymously where no secret of its service account is for that registry, else with the login of the secret alone.
     *
     * @return what the event of a failed pull says; empty when it came through
     */
    public static String pullFor(World world, String use, String namespace, String image) {
        Session session = SetupCdk.somebodysSession(world);
        try {
            session.docker().pull(image, DockerLogins.ofSecrets(session.cluster().pullSecrets(namespace, use)));
            return "";
        } catch (Docker.PullException e) {
            return "Failed to pull image \"" + image + "\": rpc error: code = Unknown desc = " + e.getMessage();
        }
    }

    /** Takes an image out of the docker in the default profile's VM. */
    public static void forgetImage(World world, String name) {
        SetupCdk.somebodysSession(world).vm().removeImage(name);
    }

    /** Takes the machine of the default profile away, as a hand with access to the hypervisor would. */
    public static void dropMachine(World world) {
        SetupCdk.somebodysSession(world).drop();
    }
}
