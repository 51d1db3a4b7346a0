package io.github.cdkmaven.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.Call;
import io.github.cdkmaven.sim.minishift.ExitException;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.minishift.SimulatedMinishift;
import io.github.cdkmaven.sim.minishift.World;
import io.github.cdkmaven.sim.oc.Oc;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * A whole simulated CDK below one folder: executables, MINISHIFT_HOME, the account's home, and the world's journal.
 *
 * <p>{@code SimulatedCdk.in(folder).version("cdk-3.10").create()} makes one, also from an invoker script;
 * {@code SimulatedCdk.at(folder)} finds it again from another process. Closing it ends every process of it.
 */
public final class SimulatedCdk implements AutoCloseable {

    private final World world;

    private SimulatedCdk(World world) {
        this.world = world;
    }

    /** A new one; nothing is written before {@code create()}. */
    public static SimulatedCdkBuilder in(Path folder) {
        return new SimulatedCdkBuilder(folder);
    }

    /** One that was created before, perhaps by another process. */
    public static SimulatedCdk at(Path folder) {
        return new SimulatedCdk(World.at(folder));
    }

    /** Names that {@code version(…)} takes. */
    public static List<String> versions() {
        return World.versions();
    }

    public Path minishift() {
        return world.bin().resolve("minishift");
    }

    public Path oc() {
        return world.bin().resolve("oc");
    }

    /** MINISHIFT_HOME. */
    public Path home() {
        return world.home();
    }

    /** The home of the account: minishift before 1.26 writes its {@code .kube/config} whatever KUBECONFIG says. */
    public Path accountHome() {
        return world.accountHome();
    }

    public Path world() {
        return world.folder();
    }

    /** The OpenShift that a start brings unless told otherwise, for example {@code v3.11.141}. */
    public String openshift() {
        return world.openshift();
    }

    public Journal journal() {
        return new Journal(world);
    }

    /** What {@code minishift status} would print now; not journaled. */
    public String status() {
        return run(Map.of(), "status").stdout();
    }

    /** What a command printed, and how it ended. */
    public record Output(int exit, String stdout, String stderr) {}

    /** Runs {@code minishift} inside this process, not journaled, with stdin at its end. */
    public Output run(Map<String, String> environment, String... arguments) {
        return run(end -> {}, environment, arguments);
    }

    /** {@code minishift ssh -- COMMAND} with something to read, inside this process, not journaled. */
    public Output ssh(String stdin, String command) {
        return inside(Map.of(), stdin, List.of("ssh", "--", command), SimulatedMinishift::run);
    }

    /** The same, telling where in the simulation it ended, should it not come through. */
    Output run(Consumer<ExitException> ending, Map<String, String> environment, String... arguments) {
        return inside(environment, "", List.of(arguments), call -> SimulatedMinishift.run(call, ending));
    }

    /** Runs {@code oc} of this release inside this process, not journaled. */
    public Output runOc(Map<String, String> environment, String stdin, String... arguments) {
        return inside(environment, stdin, List.of(arguments), call -> Oc.run(call, world.openshift()));
    }

    private Output inside(
            Map<String, String> environment, String stdin, List<String> arguments, ToIntFunction<Call> program) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Call call = new Call(
                world,
                arguments,
                environment,
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        int exit = program.applyAsInt(call);
        return new Output(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The same, lying in other ways from now on. */
    public SimulatedCdk lying(Lie... lies) {
        Path file = world.folder().resolve("world.json");
        ObjectNode settings = JsonFile.read(file);
        ArrayNode names = settings.putArray("lies");
        List.of(lies).forEach(lie -> names.add(lie.name()));
        JsonFile.write(file, settings);
        return at(world.root());
    }

    /** Replaces what the docker in the running VM runs, each as {@code image name}, and which images it holds. */
    void containers(List<String> containers, List<String> images) {
        SimulatedMinishift.placeContainers(world, containers, images);
    }

    /** Takes the machine of the default profile away behind minishift's back, whatever state it is in. */
    public void dropMachine() {
        SimulatedMinishift.dropMachine(world);
    }

    /** Replaces all pods of the running cluster. Each needs {@code metadata.namespace} and {@code metadata.name}. */
    public void pods(JsonNode... pods) {
        SimulatedMinishift.placePods(world, List.of(pods).toString());
    }

    /**
     * What came of pulling an image for a pod of a project, with the {@code imagePullSecrets} of its service account
     * {@code default}: nothing when it came through, else the text of the event.
     */
    public String pullForPod(String namespace, String image) {
        return SimulatedMinishift.pullFor(world, "pull", namespace, image);
    }

    /** The same for a build, with the secrets of the service account {@code builder}. */
    public String pullForBuild(String namespace, String image) {
        return SimulatedMinishift.pullFor(world, "build", namespace, image);
    }

    /** Takes an image out of the docker of the running VM. */
    public void forgetImage(String name) {
        SimulatedMinishift.forgetImage(world, name);
    }

    /** Ids of all processes of this world that are alive: clusters, exports, commands that still run. */
    public List<Long> livingProcesses() {
        return world.livingProcesses().stream().map(ProcessHandle::pid).toList();
    }

    /** Ends every process of this world; the folder stays. */
    @Override
    public void close() {
        stopClusters();
        for (ProcessHandle process : world.livingProcesses()) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /** A cluster also ends by itself when its configuration disappears. */
    private void stopClusters() {
        Path machines = world.folder().resolve("vm");
        if (!Files.isDirectory(machines)) {
            return;
        }
        try (var folders = Files.list(machines)) {
            for (Path machine : folders.toList()) {
                Files.deleteIfExists(machine.resolve("cluster/cluster.json"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
