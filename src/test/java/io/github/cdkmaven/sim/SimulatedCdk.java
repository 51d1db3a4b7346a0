package io.github.cdkmaven.sim;

import io.github.cdkmaven.sim.minishift.Call;
import io.github.cdkmaven.sim.minishift.Minishift;
import io.github.cdkmaven.sim.minishift.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Call call = new Call(
                world,
                List.of(arguments),
                environment,
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        int exit = Minishift.run(call);
        return new Output(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Ids of all processes of this world that are alive: clusters, exports, commands that still run. */
    public List<Long> livingProcesses() {
        return world.processes().stream()
                .filter(pid ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent())
                .toList();
    }

    /** Ends every process of this world; the folder stays. */
    @Override
    public void close() {
        stopClusters();
        for (long pid : livingProcesses()) {
            ProcessHandle.of(pid).ifPresent(process -> {
                process.destroyForcibly();
                process.onExit().join();
            });
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
