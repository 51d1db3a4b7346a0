package io.github.cdkmaven.sim.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.github.cdkmaven.sim.cluster.ClusterClient.Answer;
import io.github.cdkmaven.sim.cluster.ClusterFaults.ImportFault;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An import")
class ImportBehaviourTest {

    private static final String NOBODY_LISTENS = "127.0.0.1:1/a/b:1";

    @Test
    @DisplayName("that overlaps with another of the same stream loses with a conflict when both change it")
    void overlap() throws Exception {
        CyclicBarrier bothHaveReadTheStream = new CyclicBarrier(2);
        try (SimulatedCluster cluster = cluster().start();
                Gate registry = new Gate(bothHaveReadTheStream)) {
            ClusterClient admin = ClusterClient.login(cluster, "admin");
            admin.post(ClusterClient.IMPORTS, ClusterClient.oneImport("b", "0", NOBODY_LISTENS, true));

            List<CompletableFuture<Answer>> both = List.of(
                    inBackground(admin, ClusterClient.oneImport("b", "1", registry.host() + "/a/b:1", true)),
                    inBackground(admin, ClusterClient.oneImport("b", "2", registry.host() + "/a/b:2", true)));

            List<Answer> answers = both.stream().map(CompletableFuture::join).toList();
            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 409);
            Answer loser = answers.stream()
                    .filter(answer -> answer.status() == 409)
                    .findFirst()
                    .orElseThrow();
            assertThat(loser.at("/message").asText())
                    .isEqualTo(
                            "Operation cannot be fulfilled on imagestreams.image.openshift.io \"b\": the object has been"
                                    + " modified; please apply your changes to the latest version and try again");
            assertThat(cluster.state().importsSideBySide()).isEqualTo(2);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"CONFLICT, 409", "TOO_MANY_REQUESTS, 429", "UNAVAILABLE, 503", "INTERNAL_ERROR, 500"})
    @DisplayName("meets the faults that a test plans, one each")
    void faults(ImportFault fault, int status) throws Exception {
        try (SimulatedCluster cluster =
                cluster().faults(ClusterFaults.none().thenImports(fault, 1)).start()) {
            ClusterClient admin = ClusterClient.login(cluster, "admin");
            ObjectNode request = ClusterClient.oneImport("b", "1", NOBODY_LISTENS, true);
            assertThat(admin.post(ClusterClient.IMPORTS, request).status()).isEqualTo(status);
            assertThat(cluster.state().imageStreams("openshift")).isEmpty();
            assertThat(admin.post(ClusterClient.IMPORTS, request).status()).isEqualTo(201);
        }
    }

    @Test
    @DisplayName("may be stored although its answer broke off, or was no JSON")
    void brokenAnswers() throws Exception {
        ClusterFaults broken =
                ClusterFaults.none().thenImports(ImportFault.RESET, 1).thenImports(ImportFault.GARBAGE, 1);
        try (SimulatedCluster cluster = cluster().faults(broken).start()) {
            ClusterClient admin = ClusterClient.login(cluster, "admin");
            ObjectNode first = ClusterClient.oneImport("one", "1", NOBODY_LISTENS, true);
            assertThatThrownBy(() -> admin.post(ClusterClient.IMPORTS, first)).isInstanceOf(IOException.class);
            Answer garbage =
                    admin.post(ClusterClient.IMPORTS, ClusterClient.oneImport("two", "1", NOBODY_LISTENS, true));
            assertThat(garbage.status()).isEqualTo(201);
            assertThat(garbage.json().isEmpty()).isTrue();
            assertThat(cluster.state().imageStreams("openshift")).hasSize(2);
        }
    }

    @Test
    @DisplayName("counts as a change only when it would store something")
    void dryRunsAreNoChanges() throws Exception {
        try (SimulatedCluster cluster = cluster().start()) {
            ClusterClient admin = ClusterClient.login(cluster, "admin");
            ObjectNode request = ClusterClient.oneImport("b", "1", NOBODY_LISTENS, true);
            Json.child(request, "spec").put("import", false);
            assertThat(admin.post(ClusterClient.IMPORTS, request).status()).isEqualTo(201);
            assertThat(cluster.state().changes()).isEmpty();
            Json.child(request, "spec").put("import", true);
            admin.post(ClusterClient.IMPORTS, request);
            assertThat(cluster.state().changes()).hasSize(1);
        }
    }

    @Test
    @DisplayName("needs at least one image or a repository")
    void empty() throws Exception {
        try (SimulatedCluster cluster = cluster().start()) {
            ObjectNode request = Json.parse("{\"metadata\": {\"name\": \"b\"}, \"spec\": {\"import\": true}}");
            Answer answer = ClusterClient.login(cluster, "admin").post(ClusterClient.IMPORTS, request);
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.at("/message").asText())
                    .contains("you must specify at least one image or a repository import");
        }
    }

    @ParameterizedTest(name = "{0} as {1}: {2}")
    @CsvSource({
        "v3.7.2, admin, 201",
        "v3.7.2, developer, 422",
        "v3.9.31, admin, 422",
        "v3.10.0, admin, 201",
        "v3.10.0, developer, 201"
    })
    @DisplayName("from a registry that is not in the default whitelist is refused by version and user")
    void whitelist(String version, String user, int status) throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.builder().openshift(version).pacing(false).start()) {
            String imports = "/apis/image.openshift.io/v1/namespaces/myproject/imagestreamimports";
            ObjectNode request = ClusterClient.oneImport("b", "1", NOBODY_LISTENS, true);
            Answer answer = ClusterClient.login(cluster, user).post(imports, request);
            assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        }
    }

    @Test
    @DisplayName("is allowed on 3.9 as soon as the whitelist is")
    void changedWhitelist() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.builder().pacing(false).start()) {
            ClusterClient admin = ClusterClient.login(cluster, "admin");
            ObjectNode request = ClusterClient.oneImport("b", "1", NOBODY_LISTENS, true);
            assertThat(admin.post(ClusterClient.IMPORTS, request).status()).isEqualTo(422);
            cluster.state().whitelist(List.of(new ImportableRegistry("127.0.0.1:1", true)));
            assertThat(admin.post(ClusterClient.IMPORTS, request).status()).isEqualTo(201);
        }
    }

    @Test
    @DisplayName("waits for an API that is not ready, and for rights that are missing")
    void notReadyAndWithoutRights() throws Exception {
        try (SimulatedCluster cluster = cluster().start()) {
            ClusterClient admin = ClusterClient.login(cluster, "admin");
            cluster.state().faults(ClusterFaults.none().notReadyFor(2));
            assertThat(admin.get("/healthz").status()).isEqualTo(500);
            assertThat(admin.get(ClusterClient.STREAMS).at("/message").asText())
                    .isEqualTo("imagestreams.image.openshift.io is forbidden: not yet ready to handle request");
            assertThat(admin.get("/healthz").text()).isEqualTo("ok");
            cluster.state().faults(ClusterFaults.none().withoutRightsIn("openshift"));
            assertThat(admin.get(ClusterClient.STREAMS).status()).isEqualTo(403);
        }
    }

    private static SimulatedCluster.Builder cluster() {
        return SimulatedCluster.builder().openshift("v3.11.141").pacing(false);
    }

    private static CompletableFuture<Answer> inBackground(ClusterClient client, ObjectNode request) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return client.post(ClusterClient.IMPORTS, request);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                work -> new Thread(work).start());
    }

    /** A registry without images whose ping waits for the other side of a barrier. */
    private static final class Gate implements AutoCloseable {

        private final HttpServer server;
        private final ExecutorService threads = Executors.newCachedThreadPool();

        Gate(CyclicBarrier barrier) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                try (exchange) {
                    boolean ping = "/v2/".equals(exchange.getRequestURI().getPath());
                    if (ping) {
                        barrier.await();
                    }
                    exchange.sendResponseHeaders(ping ? 200 : 404, -1);
                } catch (InterruptedException | BrokenBarrierException e) {
                    throw new IOException(e);
                }
            });
            server.start();
        }

        String host() {
            return "127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
