package io.github.cdkmaven.world;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.report.ReportSchema;
import io.github.cdkmaven.sim.SimulatedCrc;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** An OpenShift Local and a registry for a project that the Maven Invoker builds; its {@code HOME} is {@code site/account} beside its POM. */
public final class InvokedLocal implements AutoCloseable {

    private static final String REGISTRY = "registry.corp.example:5000";
    private static final String BUNDLE = "/srv/crc/crc_libvirt_[\\d.]+_amd64\\.crcbundle";

    /** The ImageStreams of the simulated samples operator. */
    public static final Path SAMPLES = Path.of("src/sim/resources/io/github/cdkmaven/sim/cluster/image-streams-4.json");

    private final Path project;
    private final SimulatedRegistry registry;
    private final SimulatedCrc crc;

    private InvokedLocal(Path project, SimulatedRegistry registry, SimulatedCrc crc) {
        this.project = project;
        this.registry = registry;
        this.crc = crc;
    }

    /**
     * Prepares them before the build, and remembers them for {@link #of}.
     *
     * @param basedir the project that will be built
     * @param context what the Invoker keeps between the scripts of one project
     * @param version the crc to simulate
     */
    public static InvokedLocal prepare(File basedir, Map<String, Object> context, String version) throws IOException {
        Path project = basedir.toPath();
        SimulatedRegistry registry = SimulatedRegistry.start();
        SimulatedCrc crc = SimulatedCrc.in(project.resolve("site"))
                .version(version)
                .pacing(false)
                .create();
        new Mirror(registry).imageStreams(SAMPLES).samples(crc.openshift());
        Files.writeString(project.resolve("test.properties"), "cdk.registryInsecure=true\ncdk.crc=" + crc.crc() + "\n");
        Path pom = project.resolve("pom.xml");
        Files.writeString(
                pom,
                Files.readString(pom)
                        .replace(REGISTRY, registry.host())
                        .replaceAll(BUNDLE, crc.bundle().toString()));
        InvokedLocal build = new InvokedLocal(project, registry, crc);
        context.put("build", build);
        return build;
    }

    /** What was prepared for this project. */
    public static InvokedLocal of(Map<String, Object> context) {
        return (InvokedLocal) context.get("build");
    }

    /** The simulated OpenShift Local, with its journal. */
    public SimulatedCrc crc() {
        return crc;
    }

    /** A report that the build has left, and that is as its schema has it. */
    public JsonNode json(String file) {
        return ReportSchema.valid(project.resolve(file));
    }

    /** The log of the build. */
    public String log() {
        try {
            return Files.readString(project.resolve("build.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        crc.close();
        registry.close();
    }
}
