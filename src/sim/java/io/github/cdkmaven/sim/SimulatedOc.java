package io.github.cdkmaven.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.Call;
import io.github.cdkmaven.sim.minishift.JsonFile;
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

/** An {@code oc} without a CDK around it: an executable in a folder of its own, for clusters that a kubeconfig reaches. */
public final class SimulatedOc {

    private final World world;
    private final String version;

    private SimulatedOc(World world, String version) {
        this.world = world;
        this.version = version;
    }

    /**
     * A new one.
     *
     * @param folder where it is put; its account's home is there too
     * @param version such as {@code 4.19.0}
     */
    public static SimulatedOc in(Path folder, String version) {
        ObjectNode settings = JsonFile.object();
        ArrayNode java = settings.putArray("java");
        JavaCommand.words().forEach(java::add);
        Path root = folder.toAbsolutePath().normalize();
        JsonFile.write(root.resolve("world/world.json"), settings);
        try {
            Files.createDirectories(root.resolve("account"));
            World world = World.at(root);
            new Launchers(world).writeOc(version);
            return new SimulatedOc(world, version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The executable. */
    public Path executable() {
        return world.bin().resolve("oc");
    }

    /** How the executable was called so far. */
    public Journal journal() {
        return new Journal(world);
    }

    /** Runs it inside this process, not journaled. */
    public SimulatedCdk.Output run(Map<String, String> environment, String stdin, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Call call = new Call(
                world,
                List.of(arguments),
                environment,
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        int exit = Oc.run(call, version);
        return new SimulatedCdk.Output(
                exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
