package io.github.cdkmaven.sim.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.sim.cluster.ClusterClient.Answer;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A cluster that runs as a process of its own")
class ClusterDaemonTest {

    @TempDir
    private Path directory;

    private Path settings;

    @BeforeEach
    void writeSettings() throws Exception {
        settings = directory.resolve("cluster.json");
        Files.writeString(
                settings,
                "{\"openshift\": \"v3.9.31\", \"admins\": [\"root\"], \"pacing\": false," + " \"journal\": \""
                        + directory.resolve("requests.jsonl") + "\"}");
    }

    @Test
    @DisplayName("says where it listens, and ends when its settings are taken away")
    void endsWithItsSettings() throws Exception {
        CompletableFuture<Void> daemon = start();
        JsonNode ready = ready();
        assertThat(ready.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
        assertThat(client(ready).get("/healthz").text()).isEqualTo("ok");
        assertThat(Files.readString(directory.resolve("requests.jsonl"))).contains("\"path\":\"/healthz\"");

        Files.delete(settings);
        daemon.get(1, TimeUnit.MINUTES);
        assertThat(settings.resolveSibling("cluster.json.ready")).doesNotExist();
    }

    @Test
    @DisplayName("opens its private door to its token only")
    void privateDoor() throws Exception {
        CompletableFuture<Void> daemon = start();
        JsonNode ready = ready();
        ClusterClient client = client(ready);
        Map<String, String> key = Map.of("X-Sim-Token", ready.path("simToken").asText());
        assertThat(client.send("PUT", "/sim/whitelist", "null", Map.of()).status())
                .isEqualTo(404);
        assertThat(client.send("PUT", "/sim/whitelist", "[{\"domainName\": \"*:*\"}]", key)
                        .status())
                .isEqualTo(200);
        assertThat(client.send(
                                "PUT",
                                "/sim/pods",
                                "[{\"metadata\": {\"namespace\": \"default\", \"name\": \"router-1\"}}]",
                                key)
                        .status())
                .isEqualTo(200);
        Answer state = client.send("GET", "/sim/state", "", key);
        assertThat(state.at("/pods/0/metadata/name").asText()).isEqualTo("router-1");
        assertThat(state.at("/requests").asInt()).isZero();

        assertThat(client.send("POST", "/sim/shutdown", "", key).status()).isEqualTo(200);
        daemon.get(1, TimeUnit.MINUTES);
    }

    private CompletableFuture<Void> start() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        CompletableFuture<Void> daemon = CompletableFuture.runAsync(() -> {
            try {
                ClusterDaemon.run(settings, ready::countDown);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            } finally {
                ready.countDown();
            }
        });
        assertThat(ready.await(1, TimeUnit.MINUTES)).isTrue();
        return daemon;
    }

    private JsonNode ready() throws Exception {
        return Json.read(Files.readAllBytes(settings.resolveSibling("cluster.json.ready")));
    }

    private static ClusterClient client(JsonNode ready) throws Exception {
        return ClusterClient.anonymous(
                URI.create(ready.path("url").asText()), ready.path("ca").asText());
    }
}
