package io.github.cdkmaven.sim;

import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.minishift.Call;
import io.github.cdkmaven.sim.minishift.Main;
import io.github.cdkmaven.sim.minishift.World;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;

/** Uses every class of the simulation itself, and those of the JDK and of the libraries as its programs do, for the archive of {@link JavaCommand}. */
final class Rehearsal {

    private Rehearsal() {}

    /** @param arguments the folder for a world */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        Path folder = Path.of(arguments[0]);
        loadEverything();
        // Not closed: what runs in it is this process.
        SimulatedCdk cdk = SimulatedCdk.in(folder).version("cdk-3.10").create();
        for (List<String> command : List.of(
                List.of("version"),
                List.of("status"),
                List.of("config", "view"),
                List.of("ip"),
                List.of("ssh", "--", "docker ps"),
                List.of("image", "list"),
                List.of("stop"),
                List.of("start", "--frobnicate"))) {
            call(folder, "minishift", command);
        }
        SimulatedCrc.in(folder.resolve("crc")).create();
        for (List<String> command : List.of(
                List.of("version", "-o", "json"),
                List.of("status", "-o", "json"),
                List.of("config", "view"),
                List.of("setup", "--check-only", "-o", "json"),
                List.of("start", "-o", "json"),
                List.of("stop", "-o", "json"))) {
            call(folder.resolve("crc"), "crc", command);
        }
        try (SimulatedCluster cluster =
                SimulatedCluster.builder().openshift("v3.11.141").start()) {
            Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfigYaml());
            cdk.runOc(Map.of("KUBECONFIG", kubeconfig.toString()), "", "get", "imagestreams", "-n", "openshift");
        }
    }

    /** In this process, so that the archive gets what a call makes while it runs. */
    private static void call(Path world, String program, List<String> command) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Call call = new Call(World.at(world), command, System.getenv(), InputStream.nullInputStream(), nowhere, nowhere);
        Main.run(call, program, ProcessHandle.current());
    }

    private static void loadEverything() throws IOException, ReflectiveOperationException {
        Path own = JavaCommand.location(Rehearsal.class).orElseThrow();
        try (JarFile jar = new JarFile(own.toFile())) {
            for (String name : jar.stream().map(entry -> entry.getName()).toList()) {
                if (name.startsWith("io/github/cdkmaven/") && name.endsWith(".class")) {
                    Class.forName(
                            name.replace(".class", "").replace('/', '.'), false, Rehearsal.class.getClassLoader());
                }
            }
        }
    }
}
