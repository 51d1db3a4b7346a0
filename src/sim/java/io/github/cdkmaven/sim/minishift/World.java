package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.Lie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The surroundings of one simulated CDK: what was asked of the simulation, and the journal of what happened. */
public final class World {

    private final Path folder;
    private final ObjectNode settings;

    private World(Path folder, ObjectNode settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /** @param folder the one that holds {@code bin}, {@code home}, {@code account} and {@code world} */
    public static World at(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        return new World(absolute, JsonFile.read(absolute.resolve("world/world.json")));
    }

    /** Names of all releases that can be simulated. */
    public static List<String> versions() {
        return SimulatedRelease.names();
    }

    /** The OpenShift that a start brings unless told otherwise. */
    public String openshift() {
        return version().openshift();
    }

    /** The folder that everything is below of. */
    public Path root() {
        return folder;
    }

    public Path folder() {
        return folder.resolve("world");
    }

    public Path home() {
        return folder.resolve("home");
    }

    /** The home of the account from the password database: HOME does not move it. */
    public Path accountHome() {
        return folder.resolve("account");
    }

    public Path bin() {
        return folder.resolve("bin");
    }

    public Path clusterJournal() {
        return folder().resolve("cluster.jsonl");
    }

    public Path invocations() {
        return folder().resolve("invocations.jsonl");
    }

    SimulatedRelease version() {
        return SimulatedRelease.named(settings.path("version").asText());
    }

    boolean lies(Lie lie) {
        return texts("lies").contains(lie.name());
    }

    /** Seconds that a start takes to boot and to come up; 0 in most tests. */
    public double startSeconds() {
        return settings.path("startSeconds").asDouble(0);
    }

    /** Seconds that a stop takes; 0 in most tests. */
    public double stopSeconds() {
        return settings.path("stopSeconds").asDouble(0);
    }

    /** Whether a hypervisor and its driver are there. */
    boolean hasHypervisor() {
        return settings.path("hypervisor").asBoolean(true);
    }

    public List<String> imageStreams() {
        return texts("imageStreams");
    }

    /** Users who are cluster-admin from the beginning. */
    List<String> admins() {
        return texts("admins");
    }

    /** Certificates (PEM) that the VM and the master trust from the beginning. */
    public List<Path> trusted() {
        return texts("trusted").stream().map(Path::of).toList();
    }

    JsonNode faults() {
        return settings.path("faults");
    }

    /** What a world was asked to be like, by name. */
    public JsonNode setting(String name) {
        return settings.path(name);
    }

    /** Names that resolve inside this world, each to an address with or without a port. */
    public Map<String, String> hosts() {
        Map<String, String> hosts = new LinkedHashMap<>();
        settings.path("hosts")
                .properties()
                .forEach(entry -> hosts.put(entry.getKey(), entry.getValue().asText()));
        return hosts;
    }

    /** Java with the simulation on its class path, for the processes of this world: what comes before the name of the class to run. */
    public List<String> java() {
        return texts("java");
    }

    private List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        settings.path(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** A line of the journal: something tried to reach a host that is not of this world. */
    public void outside(String host, String by) {
        ObjectNode line = JsonFile.object();
        line.put("at", Instant.now().toString()).put("outside", host).put("by", by);
        JsonFile.append(folder().resolve("outside.jsonl"), line);
    }

    /** Resolves a name as the VM would: addresses are themselves, other names must be known. */
    public Optional<String> resolve(String host) {
        String known = hosts().get(host);
        if (known != null) {
            return Optional.of(known);
        }
        boolean address = host.matches("[0-9.]+") || host.startsWith("[") || host.equals("localhost");
        return address ? Optional.of(host) : Optional.empty();
    }

    /** The remembered processes that are alive; one that only has the number of a dead one is not among them. */
    public List<ProcessHandle> livingProcesses() {
        Path file = folder().resolve("processes.jsonl");
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(Yaml::read).flatMap(World::living).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<ProcessHandle> living(JsonNode line) {
        return ProcessHandle.of(line.path("pid").asLong()).stream()
                .filter(ProcessHandle::isAlive)
                .filter(process -> started(process).equals(line.path("started").asText()));
    }

    /** Whether a host is part of this world. */
    public boolean isInside(String host) {
        String name = host.replaceFirst(":\\d+$", "");
        return hosts().containsKey(host)
                || hosts().containsKey(name)
                || name.startsWith("127.")
                || name.equals("localhost");
    }

    /** A process that outlives the command which started it, and ends with the world. */
    public void remember(ProcessHandle process) {
        ObjectNode line = JsonFile.object().put("pid", process.pid()).put("started", started(process));
        JsonFile.append(folder().resolve("processes.jsonl"), line);
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }
}
