package io.github.cdkmaven.sim.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Pushes images to any registry over the upload protocol. */
public final class ImagePush {

    private final HttpClient http;
    private final URI base;
    private final Optional<String> authorization;

    /**
     * Pushes to a registry.
     *
     * @param base scheme and host
     * @param tls whom to trust, for a registry with a private authority
     * @param userAndPassword joined by a colon, for HTTP Basic
     */
    public ImagePush(URI base, Optional<SSLContext> tls, Optional<String> userAndPassword) {
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        tls.ifPresent(builder::sslContext);
        this.http = builder.build();
        this.base = base;
        this.authorization = userAndPassword.map(
                value -> "Basic " + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    }

    /** Pushes blobs, the parts of a list, and the manifest; returns the digest that the registry answers. */
    public String push(String name, TinyImage image) {
        ImageName parsed = ImageName.parse(name);
        for (TinyImage part : image.parts()) {
            push(parsed.repository() + '@' + part.digest(), part);
        }
        for (Map.Entry<String, byte[]> blob : image.blobs().entrySet()) {
            pushBlob(parsed.repository(), blob.getKey(), blob.getValue());
        }
        HttpRequest.Builder put = request("/v2/" + parsed.repository() + "/manifests/" + parsed.tag())
                .header("Content-Type", image.mediaType())
                .PUT(BodyPublishers.ofByteArray(image.manifestBytes()));
        return send(put, 201).headers().firstValue("Docker-Content-Digest").orElseThrow();
    }

    /** Deletes the manifest that a tag points to. */
    public void remove(String name) {
        ImageName parsed = ImageName.parse(name);
        String manifests = "/v2/" + parsed.repository() + "/manifests/";
        String digest = send(
                        request(manifests + parsed.tag())
                                .header("Accept", TinyImage.named(name).mediaType())
                                .method("HEAD", BodyPublishers.noBody()),
                        200)
                .headers()
                .firstValue("Docker-Content-Digest")
                .orElseThrow();
        send(request(manifests + digest).DELETE(), 202);
    }

    private void pushBlob(String repository, String digest, byte[] bytes) {
        HttpResponse<String> started =
                send(request("/v2/" + repository + "/blobs/uploads/").POST(BodyPublishers.noBody()), 202);
        String location = started.headers().firstValue("Location").orElseThrow();
        String query = (location.contains("?") ? "&" : "?") + "digest=" + digest;
        send(
                request(location + query)
                        .header("Content-Type", "application/octet-stream")
                        .PUT(BodyPublishers.ofByteArray(bytes)),
                201);
    }

    private HttpRequest.Builder request(String pathOrUri) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(base.resolve(pathOrUri));
        authorization.ifPresent(value -> builder.header("Authorization", value));
        return builder;
    }

    private HttpResponse<String> send(HttpRequest.Builder builder, int expected) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != expected) {
                throw new IllegalStateException(
                        request.method() + ' ' + request.uri() + ' ' + response.statusCode() + ' ' + response.body());
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
