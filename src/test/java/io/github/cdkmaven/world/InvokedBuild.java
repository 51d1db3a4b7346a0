package io.github.cdkmaven.world;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.report.ReportSchema;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.SimulatedCdkBuilder;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The site around a project that the Maven Invoker builds; for the scripts of the projects in {@code it/}.
 *
 * <p>A real CDK takes the place of the simulated one when the outer build is given {@code -Dcdk.minishift}, {@code -Dcdk.home} and
 * {@code -Dcdk.registry}.
 */
public final class InvokedBuild implements AutoCloseable {

    /** What the POMs of the examples call the registry. */
    private static final String REGISTRY = "registry.corp.example:5000";

    private final Path project;
    private final Optional<SimulatedRegistry> registry;
    private final Optional<SimulatedCdk> cdk;
    private final boolean named;

    private InvokedBuild(
            Path project, Optional<SimulatedRegistry> registry, Optional<SimulatedCdk> cdk, boolean named) {
        this.project = project;
        this.registry = registry;
        this.cdk = cdk;
        this.named = named;
    }

    /**
     * Prepares the site before the build, and remembers it for {@link #of}.
     *
     * @param basedir the project that will be built
     * @param context what the Invoker keeps between the scripts of one project
     * @param version the CDK to simulate
     */
    public static InvokedBuild prepare(File basedir, Map<String, Object> context, String version) {
        return prepare(basedir, context, version, SimulatedRegistry::start);
    }

    /** The same with a registry that is not like the usual one, such as one that wants a login. */
    public static InvokedBuild prepare(
            File basedir, Map<String, Object> context, String version, Supplier<SimulatedRegistry> simulatedRegistry) {
        InvokedBuild build = System.getProperty("cdk.minishift") == null
                ? simulated(basedir.toPath(), simulatedRegistry.get(), builder -> builder.version(version))
                : new InvokedBuild(basedir.toPath(), Optional.empty(), Optional.empty(), false);
        build.write();
        context.put("build", build);
        return build;
    }

    /**
     * Prepares a site of its own kind: one with a login to its registry, say.
     *
     * @param registry the registry, still empty
     * @param kind what to simulate, beyond the version
     */
    public static InvokedBuild prepare(
            File basedir,
            Map<String, Object> context,
            SimulatedRegistry registry,
            UnaryOperator<SimulatedCdkBuilder> kind) {
        InvokedBuild build = simulated(basedir.toPath(), registry, kind);
        build.write();
        context.put("build", build);
        return build;
    }

    /**
     * Prepares a site whose registry has a name and is not insecure: docker trusts the addresses 127.x by itself.
     *
     * @param registry the registry, still empty
     */
    public static InvokedBuild prepareNamed(
            File basedir, Map<String, Object> context, String version, SimulatedRegistry registry) throws IOException {
        Map<String, String> hosts = Map.of(named(registry), registry.host());
        InvokedBuild build = simulated(
                basedir.toPath(), registry, builder -> builder.version(version).hosts(hosts), true);
        build.write();
        Path names = Files.writeString(
                basedir.toPath().resolve("hosts"),
                "127.0.0.1 localhost\n127.0.0.1 " + REGISTRY.replaceFirst(":.*", "") + "\n");
        Path options = Files.createDirectories(basedir.toPath().resolve(".mvn")).resolve("jvm.config");
        Files.writeString(options, "-Djdk.net.hosts.file=" + names + "\n");
        context.put("build", build);
        return build;
    }

    private static String named(SimulatedRegistry registry) {
        return REGISTRY.replaceFirst(":.*", "")
                + registry.host().substring(registry.host().indexOf(':'));
    }

    /** The site that was prepared for this project. */
    public static InvokedBuild of(Map<String, Object> context) {
        return (InvokedBuild) context.get("build");
    }

    private static InvokedBuild simulated(
            Path project, SimulatedRegistry registry, UnaryOperator<SimulatedCdkBuilder> kind) {
        return simulated(project, registry, kind, false);
    }

    private static InvokedBuild simulated(
            Path project, SimulatedRegistry registry, UnaryOperator<SimulatedCdkBuilder> kind, boolean named) {
        SimulatedCdk cdk = kind.apply(SimulatedCdk.in(project.resolve("site"))).create();
        new Mirror(registry).catalogue(cdk.openshift()).defaultImageStreams();
        return new InvokedBuild(project, Optional.of(registry), Optional.of(cdk), named);
    }

    private void write() {
        Properties properties = new Properties();
        cdk.ifPresent(simulated -> {
            properties.setProperty("cdk.minishift", simulated.minishift().toString());
            properties.setProperty("cdk.home", simulated.home().toString());
        });
        if (cdk.isEmpty()) {
            properties.setProperty("cdk.minishift", System.getProperty("cdk.minishift"));
            properties.setProperty("cdk.home", System.getProperty("cdk.home"));
        }
        properties.setProperty("cdk.registry", registryHost());
        if (!named) {
            properties.setProperty("cdk.registryInsecure", "true");
        }
        try (var out = Files.newOutputStream(project.resolve("test.properties"))) {
            properties.store(out, "The site of this build");
            Path pom = project.resolve("pom.xml");
            if (Files.exists(pom)) {
                Files.writeString(pom, Files.readString(pom).replace(REGISTRY, registryHost()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String registryHost() {
        return registry.map(known -> named ? named(known) : known.host())
                .orElseGet(() -> System.getProperty("cdk.registry"));
    }

    /** The internal registry, to take images away from it. */
    public SimulatedRegistry registry() {
        return registry.orElseThrow();
    }

    /** The simulated CDK, with its journal. */
    public SimulatedCdk cdk() {
        return cdk.orElseThrow();
    }

    /** Who reached out for hosts of the Internet, each once; the cluster's own import of its streams does before they are moved. */
    public Set<String> reachedOutside() {
        return cdk().journal().outside().stream()
                .map(contact -> contact.by())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A report that the build has left, such as {@code target/cdk/start/report.json}, and that is as its schema has it. */
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

    /** The log of each Maven that built the project one after the other, where each was asked for its version ({@code -V}). */
    public List<String> logs() {
        return Pattern.compile("(?m)^(?=(\\x1B\\[[0-9;]*m)*Apache Maven \\d)") // Debian's resets the colours first
                .splitAsStream(log())
                .filter(text -> text.contains("Apache Maven "))
                .toList();
    }

    @Override
    public void close() {
        cdk.ifPresent(SimulatedCdk::close);
        registry.ifPresent(SimulatedRegistry::close);
    }
}
