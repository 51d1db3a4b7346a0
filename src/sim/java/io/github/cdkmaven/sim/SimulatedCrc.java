package io.github.cdkmaven.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.crc.CrcFault;
import io.github.cdkmaven.sim.crc.CrcProgram;
import io.github.cdkmaven.sim.crc.NodeSsh;
import io.github.cdkmaven.sim.crc.SimulatedBundle;
import io.github.cdkmaven.sim.minishift.Call;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.minishift.World;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * A whole simulated OpenShift Local below one folder: the executables {@code crc}, {@code ssh} and {@code oc}, the account's
 * home with its {@code ~/.crc}, bundles, and the world's journal.
 *
 * <p>{@code SimulatedCrc.in(folder).version("2.53.0").state(CrcSituation.STOPPED).create()} makes one, also from an invoker
 * script; {@code SimulatedCrc.at(folder)} finds it again from another process. Closing it ends every process of it.
 *
 * <p>Whatever {@code HOME} it is called with, {@code crc} works below {@link #home()}, unless {@code HOME} is another folder
 * of this world.
 */
public final class SimulatedCrc implements AutoCloseable {

    private final World world;

    private SimulatedCrc(World world) {
        this.world = world;
    }

    /** A new one; nothing is written before {@code create()}. */
    public static SimulatedCrcBuilder in(Path folder) {
        return new SimulatedCrcBuilder(folder);
    }

    /** One that was created before, perhaps by another process. */
    public static SimulatedCrc at(Path folder) {
        return new SimulatedCrc(World.at(folder));
    }

    /** Versions that {@code version(…)} takes. */
    public static List<String> versions() {
        return CrcProgram.versions();
    }

    /** The executable. */
    public Path crc() {
        return world.bin().resolve("crc");
    }

    /** An {@code ssh} that reaches the node of the VM and nothing else. */
    public Path ssh() {
        return world.bin().resolve("ssh");
    }

    public Path oc() {
        return world.bin().resolve("oc");
    }

    /** The account's home: what is to be {@code HOME}. */
    public Path home() {
        return world.accountHome();
    }

    /** {@code ~/.crc}. */
    public Path crcFolder() {
        return home().resolve(".crc");
    }

    /** {@code ~/.crc/machines/crc/kubeconfig}, which the first start writes. */
    public Path kubeconfig() {
        return crcFolder().resolve("machines/crc/kubeconfig");
    }

    /** Which crc this is. */
    public String version() {
        return world.setting("crc").asText();
    }

    /** The OpenShift, OKD or MicroShift in the bundle. */
    public String openshift() {
        return CrcProgram.bundled(version(), world.setting("preset").asText());
    }

    /** The bundle file that this crc expects, outside of its cache. */
    public Path bundle() {
        return world.root().resolve("bundles")
                .resolve(CrcProgram.bundleName(version(), world.setting("preset").asText()));
    }

    /** Another bundle file beside it, made at some time. */
    public Path bundle(String fileName, Instant built) {
        return SimulatedBundle.write(world.root().resolve("bundles"), fileName, built);
    }

    /** A pull secret that crc takes: a login for a registry that is nobody's. */
    public Path pullSecret() {
        return world.root().resolve("pull-secret.json");
    }

    /** Where the VM's API answers (port 6443), and what {@code crc ip} prints; a loopback address of this world's own. */
    public String address() {
        return CrcProgram.address(world);
    }

    public Journal journal() {
        return new Journal(world);
    }

    /** Runs {@code crc} inside this process, not journaled, with stdin at its end. */
    public SimulatedCdk.Output run(Map<String, String> environment, String... arguments) {
        return inside(environment, List.of(arguments), CrcProgram::run);
    }

    /** Runs a command on the node inside this process, not journaled, with the key of the machine. */
    public SimulatedCdk.Output node(String command) {
        Path machine = crcFolder().resolve("machines/crc");
        Path key = machine.resolve(Files.exists(machine.resolve("id_ed25519")) ? "id_ed25519" : "id_ecdsa");
        String port = networkMode().equals("user") ? "2222" : "22";
        return inside(
                Map.of(), List.of("-i", key.toString(), "-p", port, "core@" + address(), command), NodeSsh::run);
    }

    private String networkMode() {
        String told = run(Map.of(), "config", "get", "network-mode").stdout().strip();
        return told.endsWith("user") || told.contains("'user'") ? "user" : "system";
    }

    private SimulatedCdk.Output inside(
            Map<String, String> environment, List<String> arguments, ToIntFunction<Call> program) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = program.applyAsInt(call(environment, arguments, out, err));
        return new SimulatedCdk.Output(
                exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Call call(
            Map<String, String> environment,
            List<String> arguments,
            ByteArrayOutputStream out,
            ByteArrayOutputStream err) {
        Map<String, String> variables = new HashMap<>(Map.of("HOME", home().toString()));
        variables.putAll(environment);
        return new Call(
                world,
                arguments,
                variables,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    /** The same, with other faults from now on; also those of a cluster that runs. */
    public SimulatedCrc with(CrcFault... faults) {
        Path file = world.folder().resolve("world.json");
        ObjectNode settings = JsonFile.read(file);
        ArrayNode names = settings.putArray("crcFaults");
        List.of(faults).forEach(fault -> names.add(fault.name()));
        JsonFile.write(file, settings);
        SimulatedCrc changed = at(world.root());
        CrcProgram.ail(changed.silent());
        return changed;
    }

    Call silent() {
        return call(Map.of(), List.of(), new ByteArrayOutputStream(), new ByteArrayOutputStream());
    }

    /** Lets operators that progress come to their end. */
    public void settle() {
        CrcProgram.settle(silent());
    }

    /** Ends the API server of the VM, which goes on running. */
    public void endApi() {
        CrcProgram.endApi(silent());
    }

    /** Takes the daemon's socket away. */
    public void endDaemon() {
        CrcProgram.endDaemon(silent());
    }

    /** Forgets what happened so far. */
    void forgetJournal() {
        try {
            Files.deleteIfExists(world.folder().resolve("outside.jsonl"));
            Files.deleteIfExists(world.clusterJournal());
            Files.deleteIfExists(world.invocations());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ids of all processes of this world that are alive: clusters, commands that still run. */
    public List<Long> livingProcesses() {
        return world.livingProcesses().stream().map(ProcessHandle::pid).toList();
    }

    /** Ends every process of this world; the folder stays. */
    @Override
    public void close() {
        SimulatedCdk.at(world.root()).close();
    }
}
