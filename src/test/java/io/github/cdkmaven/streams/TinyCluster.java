package io.github.cdkmaven.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.sim.PromptServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The least of a cluster that an import needs, for tests that dictate its answers one by one. What is not dictated it does faithfully: an
 * image whose name holds {@code nosuch} is not found, one with upper case makes the server refuse the request as a whole.
 */
public final class TinyCluster implements AutoCloseable {

    static final String DIGEST = "sha256:7e33f0c030333d2c46d3b0bbf2889466204a7a7426f05ed12adf44887c4f61b3";

    /** An answer in place of the faithful one. */
    public record Reply(int status, String body, Map<String, String> headers) {

        public static final Reply HANG_UP = new Reply(0, "", Map.of());
        static final Reply SILENCE = new Reply(-1, "", Map.of());

        /** The head of an answer and the beginning of its body, and then nothing more. */
        static final Reply HALF = new Reply(-2, "", Map.of());

        public static Reply of(int status, String reason, String message) {
            ObjectNode body = JSON.createObjectNode().put("kind", "Status").put("status", "Failure");
            return new Reply(
                    status,
                    body.put("reason", reason)
                            .put("message", message)
                            .put("code", status)
                            .toString(),
                    Map.of());
        }

        static Reply conflict() {
            return of(
                    409,
                    "Conflict",
                    "Operation cannot be fulfilled on imagestream.image.openshift.io \"php\": the image stream was updated from"
                            + " \"1\" to \"2\"");
        }

        Reply with(String header, String value) {
            return new Reply(status, body, Map.of(header, value));
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, ObjectNode> streams = new LinkedHashMap<>();
    private final Map<String, Deque<Reply>> dictated = new LinkedHashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final List<JsonNode> imports = new ArrayList<>();

    public TinyCluster() throws IOException {
        PromptServers.please();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public OpenShiftApi api() {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new OpenShiftApi(ClusterAccess.to(uri));
    }

    /** A stream in namespace openshift; {@code spec} is JSON. */
    synchronized TinyCluster with(String name, String spec) throws IOException {
        ObjectNode stream = JSON.createObjectNode();
        stream.putObject("metadata")
                .put("name", name)
                .put("namespace", "openshift")
                .put("resourceVersion", "7");
        stream.set("spec", JSON.readTree(spec));
        streams.put(name, stream);
        return this;
    }

    /** The next answers to requests of a method, and of a resource's last path component: {@code "POST imagestreamimports"}. */
    public synchronized TinyCluster dictate(String request, Reply... replies) {
        dictated.computeIfAbsent(request, key -> new ArrayDeque<>()).addAll(List.of(replies));
        return this;
    }

    synchronized JsonNode stream(String name) {
        return streams.get(name);
    }

    synchronized void delete(String name) {
        streams.remove(name);
    }

    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** The bodies of the import requests. */
    synchronized List<JsonNode> imports() {
        return List.copyOf(imports);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String request = exchange.getRequestMethod() + " " + path.substring(path.lastIndexOf('/') + 1);
        byte[] body = exchange.getRequestBody().readAllBytes();
        Reply reply = reply(request, body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body));
        if (reply.equals(Reply.SILENCE)) {
            await();
        } else if (reply.equals(Reply.HALF)) {
            exchange.sendResponseHeaders(201, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await();
        } else if (reply.status() > 0) {
            byte[] answer = reply.body().getBytes(StandardCharsets.UTF_8);
            reply.headers().forEach(exchange.getResponseHeaders()::add);
            exchange.sendResponseHeaders(reply.status(), answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    private void await() {
        try {
            closing.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Reply reply(String request, JsonNode body) {
        requests.add(request);
        if (request.equals("POST imagestreamimports")) {
            imports.add(body);
        }
        Reply next = dictated.getOrDefault(request, new ArrayDeque<>()).poll();
        if (next != null) {
            return next;
        }
        return switch (request) {
            case "GET imagestreams" -> ok(200, list());
            case "POST imagestreamimports" -> imported(body);
            default -> object(request, body);
        };
    }

    private ObjectNode list() {
        ObjectNode list = JSON.createObjectNode().put("kind", "ImageStreamList");
        ArrayNode items = list.putArray("items");
        streams.values().forEach(items::add);
        return list;
    }

    private Reply object(String request, JsonNode body) {
        String name = request.substring(request.indexOf(' ') + 1);
        if (!streams.containsKey(name)) {
            return Reply.of(404, "NotFound", "imagestreams.image.openshift.io \"" + name + "\" not found");
        }
        if (request.startsWith("PUT")) {
            streams.put(name, (ObjectNode) body);
        }
        return ok(200, streams.get(name));
    }

    private Reply imported(JsonNode request) {
        ObjectNode answer = request.deepCopy();
        ArrayNode images = answer.putObject("status").putArray("images");
        for (JsonNode image : request.path("spec").path("images")) {
            String name = image.path("from").path("name").asText();
            if (name.chars().anyMatch(Character::isUpperCase)) {
                return Reply.of(
                        422,
                        "Invalid",
                        "spec.images[0].from.name: Invalid value: \"" + name + "\": repository name must be lowercase");
            }
            images.add(imported(request, image, name));
        }
        return ok(201, answer);
    }

    private ObjectNode imported(JsonNode request, JsonNode image, String name) {
        ObjectNode result = JSON.createObjectNode();
        if (name.contains("nosuch")) {
            result.putObject("status")
                    .put("status", "Failure")
                    .put("reason", "NotFound")
                    .put("code", 404)
                    .put("message", "dockerimage.image.openshift.io \"" + name + "\" not found");
            return result;
        }
        result.putObject("status").put("status", "Success");
        result.putObject("image").putObject("metadata").put("name", DIGEST);
        if (request.path("spec").path("import").asBoolean()) {
            store(request.path("metadata").path("name").asText(), image, name);
        }
        return result;
    }

    private void store(String stream, JsonNode image, String name) {
        String tagName = image.path("to").path("name").asText();
        for (JsonNode tag : streams.getOrDefault(stream, JSON.createObjectNode())
                .path("spec")
                .path("tags")) {
            if (tag.path("name").asText().equals(tagName)) {
                ((ObjectNode) tag).putObject("from").put("kind", "DockerImage").put("name", name);
                ObjectNode status = streams.get(stream)
                        .withObject("/status")
                        .withArray("tags")
                        .addObject();
                status.put("tag", tagName)
                        .putArray("items")
                        .addObject()
                        .put("image", DIGEST)
                        .put("dockerImageReference", name.replaceFirst("[:@][^/]*$", "") + "@" + DIGEST)
                        .put("generation", tag.path("generation").asLong());
            }
        }
    }

    private static Reply ok(int status, JsonNode body) {
        return new Reply(status, body.toString(), Map.of("Content-Type", "application/json"));
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
