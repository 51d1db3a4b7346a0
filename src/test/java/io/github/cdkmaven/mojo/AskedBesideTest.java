package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cdkmaven.report.ReportSchema;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@MojoTest
@DisplayName("A cluster that is asked beside what else a goal does")
class AskedBesideTest {

    private static final String TOKEN = "{token: sha256~kolibri}";
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private File kubeconfig(int port, String user, String cluster) throws IOException {
        return Files.writeString(folder.resolve("shared.kubeconfig"), """
                        apiVersion: v1
                        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"%s}}]
                        users: [{name: u, user: %s}]
                        contexts: [{name: x, context: {cluster: c, user: u}}]
                        current-context: x
                        """.formatted(port, cluster, user))
                .toFile();
    }

    private String plugin(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("plugin"), "#!/bin/sh\necho run >> " + runs() + "\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return "{exec: {apiVersion: client.authentication.k8s.io/v1, command: " + program
                + ", interactiveMode: Never, provideClusterInfo: true}}";
    }

    private Path runs() {
        return folder.resolve("runs");
    }

    private <M extends AbstractRegistryMojo> M wired(M mojo, String goal, File kubeconfig) {
        Wiring.byHand(mojo, goal, folder);
        mojo.registry = "127.0.0.1:1";
        mojo.registryInsecure = true;
        mojo.kubeconfig = kubeconfig;
        return mojo;
    }

    private static ServerSocket silent() throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        server.setSoTimeout(1000);
        return server;
    }

    private String outcome(String goal) {
        return ReportSchema.valid(folder.resolve("target/cdk").resolve(goal).resolve("report.json"))
                .path("outcome")
                .asText();
    }

    @Test
    @DisplayName("is not asked by goals that need nothing of it, nor by those that are skipped")
    void unasked(
            @InjectMojo(goal = "stop") StopMojo stop,
            @InjectMojo(goal = "delete") DeleteMojo delete,
            @InjectMojo(goal = "images") ImagesMojo images,
            @InjectMojo(goal = "imagestreams") ImageStreamsMojo move)
            throws Exception {
        try (ServerSocket server = silent()) {
            File kubeconfig = kubeconfig(server.getLocalPort(), TOKEN, "");
            for (AbstractCdkMojo mojo :
                    List.of(Wiring.byHand(stop, "stop", folder), Wiring.byHand(delete, "delete", folder))) {
                mojo.kubeconfig = kubeconfig;
            }
            stop.execute();
            assertThatThrownBy(delete::execute).hasMessageContaining("is not deleted");
            wired(images, "images", kubeconfig).openshiftVersion = "4.19";
            assertThat(catchThrowable(images::execute))
                    .satisfiesAnyOf(failure -> assertThat(failure).isNull(), failure -> assertThat(failure)
                            .hasMessageNotContaining("OpenShift API"));
            wired(move, "imagestreams", kubeconfig).skip = true;
            move.execute();

            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    @InjectMojo(goal = "imagestreams")
    @DisplayName("is not told of where a parameter cannot be used")
    void invalidParameter(ImageStreamsMojo move) throws Exception {
        try (ServerSocket server = silent()) {
            wired(move, "imagestreams", kubeconfig(server.getLocalPort(), TOKEN, "")).importParallelism = "many";

            assertThatThrownBy(move::execute)
                    .hasMessageContainingAll("importParallelism", "many")
                    .hasMessageNotContaining("OpenShift API");
        }
        assertThat(outcome("imagestreams")).isEqualTo("failed");
    }

    @Test
    @InjectMojo(goal = "imagestreams")
    @DisplayName("is not called unreachable by a build that was interrupted while it waited")
    void interrupted(ImageStreamsMojo move) throws Exception {
        try (ServerSocket server = silent()) {
            wired(move, "imagestreams", kubeconfig(server.getLocalPort(), TOKEN, ""));
            Thread build = Thread.currentThread();
            Thread user = new Thread(() -> {
                while (Arrays.stream(build.getStackTrace())
                        .noneMatch(frame -> frame.getClassName().endsWith(".Beside")
                                && frame.getMethodName().equals("get"))) {
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
                build.interrupt();
            });
            user.start();

            Throwable failure = catchThrowable(move::execute);
            user.join(SOON.toMillis());
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            assertThat(failure)
                    .hasMessageContaining("cdk:imagestreams was interrupted")
                    .hasMessageNotContaining("cannot be reached");
        } finally {
            Thread.interrupted();
        }
        assertThat(outcome("imagestreams")).isEqualTo("failed");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @InjectMojo(goal = "imagestreams")
    @DisplayName("is logged in to by a plug-in that is run once, however many questions wait for it, if it fails")
    void failingPlugin(ImageStreamsMojo move) throws Exception {
        try (ServerSocket server = silent()) {
            String extension = ", extensions: [{name: client.authentication.k8s.io/exec}]";
            File kubeconfig =
                    kubeconfig(server.getLocalPort(), plugin("sleep 1\necho nobody answers >&2\nexit 3\n"), extension);
            wired(move, "imagestreams", kubeconfig);

            assertThatThrownBy(move::execute).hasMessageContainingAll("exited 3", "nobody answers", "oc login");
            awaitEnd("cdk-streams", "cdk-importer");
        }
        assertThat(runs()).hasContent("run\n");
    }

    @Test
    @InjectMojo(goal = "imagestreams")
    @DisplayName("is asked no more when the goal has failed")
    void ended(ImageStreamsMojo move) throws Exception {
        CountDownLatch listed = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> answer(exchange, listed, over));
        server.start();
        try {
            wired(move, "imagestreams", kubeconfig(server.getAddress().getPort(), TOKEN, ""));

            assertThatThrownBy(move::execute).hasMessageContaining("is not valid");
            awaitEnd("cdk-streams");
        } finally {
            over.countDown();
            server.stop(0);
        }
    }

    /** A cluster that refuses the login, and hangs where it is asked for a list. */
    private static void answer(HttpExchange exchange, CountDownLatch listed, CountDownLatch over) throws IOException {
        boolean user = exchange.getRequestURI().getPath().contains("/users/");
        try {
            if (exchange.getRequestURI().getPath().endsWith("/imagestreams")) {
                listed.countDown();
                over.await();
            }
            if (user) {
                listed.await(SOON.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        byte[] body = "{\"message\": \"Unauthorized\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(user ? 401 : 404, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void awaitEnd(String... threads) throws InterruptedException {
        Instant end = Instant.now().plus(SOON);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (List.of(threads).contains(thread.getName())) {
                thread.join(Math.max(1, Duration.between(Instant.now(), end).toMillis()));
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }
}
