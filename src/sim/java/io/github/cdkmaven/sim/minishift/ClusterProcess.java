package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The OpenShift of a VM as a process of its own, which outlives the command that started it. */
public final class ClusterProcess {

    private static final String DAEMON = "io.github.cdkmaven.sim.cluster.ClusterDaemon";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final World world;
    private final Path folder;

    /** @param folder where everything of it is kept */
    public ClusterProcess(World world, Path folder) {
        this.world = world;
        this.folder = folder;
    }

    private Path settings() {
        return folder.resolve("cluster.json");
    }

    /** Written as soon as it exists: whoever started it may be killed before it announces itself. */
    private Path pid() {
        return folder.resolve("cluster.pid");
    }

    private Path ready() {
        return folder.resolve("cluster.json.ready");
    }

    /** Ends the one before, and starts one that keeps its objects and certificates in this folder. */
    public void start(ObjectNode request) {
        stop();
        ObjectNode settings = request.deepCopy();
        settings.put("stateDirectory", folder.resolve("state").toString());
        ObjectNode hosts = settings.putObject("hosts");
        world.hosts().forEach(hosts::put);
        world.trusted().forEach(pem -> settings.withArray("trust").add(pem.toString()));
        settings.put("pacing", world.setting("pacing").asBoolean(true));
        settings.put("journal", world.clusterJournal().toString());
        settings.set("faults", faults());
        JsonFile.write(settings(), settings);
        spawn();
        await();
    }

    private ObjectNode faults() {
        return world.faults().isObject() ? world.faults().deepCopy() : JsonFile.object();
    }

    /** Through a shell that ends at once: whoever ends minishift's process tree does not find the cluster in it. */
    private void spawn() {
        String command = "setsid=$(command -v setsid || true); $setsid \"$@\" >\"$CLUSTER_LOG\" 2>&1 </dev/null &"
                + " echo $! >\"$CLUSTER_PID\"";
        List<String> words = new ArrayList<>(List.of("sh", "-c", command, "sh"));
        words.addAll(world.java());
        words.addAll(List.of("-Xmx256m", DAEMON, settings().toString()));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("CLUSTER_LOG", folder.resolve("cluster.log").toString());
        builder.environment().put("CLUSTER_PID", pid().toString());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            builder.start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await() {
        long end = System.nanoTime() + PATIENCE;
        while (announced().isEmpty()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the simulated cluster did not start: " + log());
            }
            pause();
        }
        announced().ifPresent(world::remember);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("cluster.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private JsonNode readiness() {
        return Files.exists(ready()) ? JsonFile.read(ready()) : JsonFile.object();
    }

    private Optional<ProcessHandle> announced() {
        return ProcessHandle.of(readiness().path("pid").asLong(-1)).filter(ProcessHandle::isAlive);
    }

    /** Only a process that was remembered, or that names this folder: a number may belong to another one after a crash. */
    private boolean isOurs(ProcessHandle process) {
        if (world.livingProcesses().contains(process)) {
            return true;
        }
        try {
            return Files.readString(
                            Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1)
                    .contains(settings().toString());
        } catch (IOException e) {
            return false;
        }
    }

    private Optional<ProcessHandle> spawned() {
        try {
            String number = Files.exists(pid()) ? Files.readString(pid()).strip() : "";
            return number.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(number));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it has come up and lives. */
    public boolean isRunning() {
        return announced().filter(this::isOurs).isPresent();
    }

    /** Ends it, also one that has not come up; its objects stay. */
    public void stop() {
        List<ProcessHandle> running = Stream.concat(announced().stream(), spawned().stream())
                .filter(this::isOurs)
                .toList();
        try {
            Files.deleteIfExists(settings());
            running.forEach(process -> {
                process.destroyForcibly();
                process.onExit().join();
            });
            Files.deleteIfExists(ready());
            Files.deleteIfExists(pid());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it announced of itself: url, ca, kubeconfigYaml, kubeconfigJson; empty before. */
    public JsonNode announcement() {
        return readiness();
    }

    /** The next requests meet an API that is not up yet. */
    void notReadyFor(int requests) {
        ask("PUT", "faults", faults().put("notReady", requests).toString());
    }

    /** Goes in by its private door ({@code /sim/}). */
    public String ask(String method, String path, String body) {
        JsonNode ready = readiness();
        URI uri = URI.create(ready.path("url").asText() + "/sim/" + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("X-Sim-Token", ready.path("simToken").asText())
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpClient client = HttpClients.trustingEverybody();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(uri + " answered " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
