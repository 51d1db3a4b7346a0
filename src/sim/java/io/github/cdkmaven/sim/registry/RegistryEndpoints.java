package io.github.cdkmaven.sim.registry;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The registry protocol, version 2, over a {@link RegistryContent}: what Docker Distribution answers when all is well. */
final class RegistryEndpoints {

    private static final Pattern PATH =
            Pattern.compile("/v2/(?<name>.+?)/(?<kind>manifests|blobs|tags)/(?<reference>.*)");
    private static final int ACCEPTED = 202;

    private final RegistryContent content;
    private final SimulatedRegistry.Behaviour behaviour;
    private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();

    RegistryEndpoints(RegistryContent content, SimulatedRegistry.Behaviour behaviour) {
        this.content = content;
        this.behaviour = behaviour;
    }

    /** The repository that a path names. */
    static Optional<String> repository(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group("name")) : Optional.empty();
    }

    void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        behaviour.addVersion(exchange);
        if (path.equals("/v2/")) {
            send(exchange, 200, "application/json", "{}");
            return;
        }
        if (path.equals("/v2/_catalog")) {
            send(exchange, 200, "application/json", "{\"repositories\":" + quoted(content.repositories()) + '}');
            return;
        }
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            Fault.page(404, "text/html", "<h1>404</h1>").answer(exchange);
            return;
        }
        String name = matcher.group("name");
        String reference = matcher.group("reference");
        switch (matcher.group("kind")) {
            case "manifests" -> manifests(exchange, name, reference);
            case "blobs" -> blobs(exchange, name, reference);
            default -> tags(exchange, name);
        }
    }

    private void manifests(HttpExchange exchange, String name, String reference) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            String digest = content.putManifest(
                    name, reference, type, exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
            exchange.getResponseHeaders().set("Location", "/v2/" + name + "/manifests/" + digest);
            Fault.status(201).answer(exchange);
            return;
        }
        Optional<RegistryContent.Manifest> found = content.manifest(name, reference);
        if (found.isEmpty()) {
            missing(exchange, name);
            return;
        }
        RegistryContent.Manifest manifest = found.get();
        boolean oci = manifest.mediaType().startsWith("application/vnd.oci.");
        if (oci && !behaviour.ociUnasked() && !accept(exchange).contains(manifest.mediaType())) {
            error(
                    exchange,
                    404,
                    "MANIFEST_UNKNOWN",
                    "OCI manifest found, but accept header does not support OCI manifests");
            return;
        }
        if (behaviour.digestHeader()) {
            exchange.getResponseHeaders().set("Docker-Content-Digest", manifest.digest());
        }
        send(exchange, 200, manifest.mediaType(), manifest.bytes());
    }

    private void missing(HttpExchange exchange, String name) throws IOException {
        switch (behaviour.missing()) {
            case NO_BODY -> Fault.status(404).answer(exchange);
            case MANIFEST_UNKNOWN -> error(exchange, 404, "MANIFEST_UNKNOWN", "manifest unknown");
            case NAME_UNKNOWN -> {
                String code = content.hasRepository(name) ? "MANIFEST_UNKNOWN" : "NAME_UNKNOWN";
                error(exchange, 404, code, "not known to registry");
            }
        }
    }

    private void blobs(HttpExchange exchange, String name, String reference) throws IOException {
        if (reference.startsWith("uploads/")) {
            upload(exchange, name, reference.substring("uploads/".length()));
            return;
        }
        Optional<byte[]> blob = content.blob(reference);
        if (blob.isEmpty()) {
            error(exchange, 404, "BLOB_UNKNOWN", "blob unknown to registry");
            return;
        }
        exchange.getResponseHeaders().set("Docker-Content-Digest", reference);
        send(exchange, 200, "application/octet-stream", blob.get());
    }

    private void upload(HttpExchange exchange, String name, String id) throws IOException {
        String upload = id.isEmpty() ? UUID.randomUUID().toString() : id;
        ByteArrayOutputStream received = uploads.computeIfAbsent(upload, u -> new ByteArrayOutputStream());
        received.writeBytes(exchange.getRequestBody().readAllBytes());
        exchange.getResponseHeaders().set("Docker-Upload-UUID", upload);
        exchange.getResponseHeaders().set("Range", "0-" + Math.max(0, received.size() - 1));
        exchange.getResponseHeaders().set("Location", "/v2/" + name + "/blobs/uploads/" + upload);
        if (!exchange.getRequestMethod().equals("PUT")) {
            Fault.status(ACCEPTED).answer(exchange);
            return;
        }
        uploads.remove(upload);
        byte[] bytes = received.toByteArray();
        String digest = TinyImage.digest(bytes);
        if (!exchange.getRequestURI().getQuery().contains("digest=" + digest)) {
            error(exchange, 400, "DIGEST_INVALID", "provided digest did not match uploaded content");
            return;
        }
        content.putBlob(bytes);
        exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
        exchange.getResponseHeaders().set("Location", "/v2/" + name + "/blobs/" + digest);
        Fault.status(201).answer(exchange);
    }

    private void tags(HttpExchange exchange, String name) throws IOException {
        if (!content.hasRepository(name)) {
            error(exchange, 404, "NAME_UNKNOWN", "repository name not known to registry");
            return;
        }
        String tags = quoted(content.references(name).stream()
                .filter(reference -> !reference.startsWith("sha256:"))
                .collect(Collectors.toList()));
        send(exchange, 200, "application/json", "{\"name\":\"" + name + "\",\"tags\":" + tags + '}');
    }

    static void error(HttpExchange exchange, int status, String code, String message) throws IOException {
        send(
                exchange,
                status,
                "application/json; charset=utf-8",
                "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}");
    }

    private static void send(HttpExchange exchange, int status, String mediaType, String body) throws IOException {
        send(exchange, status, mediaType, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String mediaType, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    static String accept(HttpExchange exchange) {
        return String.join(", ", exchange.getRequestHeaders().getOrDefault("Accept", List.of()));
    }

    private static String quoted(Iterable<String> names) {
        StringBuilder json = new StringBuilder("[");
        names.forEach(name -> json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append('"'));
        return json.append(']').toString();
    }
}
