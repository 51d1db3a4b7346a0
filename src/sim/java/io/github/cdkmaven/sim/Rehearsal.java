package io.github.cdkmaven.sim;

import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;

/** Uses every class of the simulation, and those of the JDK and of the libraries as its programs do, for the archive of {@link JavaCommand}. */
final class Rehearsal {

    private Rehearsal() {}

    /** @param arguments the folder for a world */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        Path folder = Path.of(arguments[0]);
        loadEverything();
        try (SimulatedCluster cluster =
                        SimulatedCluster.builder().openshift("v3.11.141").start();
                SimulatedCdk cdk = SimulatedCdk.in(folder).version("cdk-3.10").create()) {
            Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfigYaml());
            for (List<String> command : List.of(
                    List.of("version"), List.of("status"), List.of("config", "view"), List.of("start", "--frobnicate"))) {
                cdk.run(Map.of(), command.toArray(String[]::new));
            }
            cdk.runOc(Map.of("KUBECONFIG", kubeconfig.toString()), "", "get", "imagestreams", "-n", "openshift");
        }
    }

    private static void loadEverything() throws IOException, ReflectiveOperationException {
        Path own = JavaCommand.location(Rehearsal.class).orElseThrow();
        try (JarFile jar = new JarFile(own.toFile())) {
            for (String name : jar.stream().map(entry -> entry.getName()).toList()) {
                if (name.endsWith(".class")) {
                    Class.forName(
                            name.replace(".class", "").replace('/', '.'), false, Rehearsal.class.getClassLoader());
                }
            }
        }
    }
}
