package io.github.cdkmaven.sim.oc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.sim.minishift.Call;
import io.github.cdkmaven.sim.minishift.ExitException;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.minishift.KubeconfigFile;
import io.github.cdkmaven.sim.minishift.ParsedFlags;
import io.github.cdkmaven.sim.minishift.HttpClients;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLException;

/** One run of {@code oc}: its flags, its kubeconfig, and requests to the server that the current context names. */
record OcSession(Call call, ParsedFlags flags, OcRelease release) {

    static final String UNKNOWN_AUTHORITY = "error: The server uses a certificate signed by unknown authority. You may "
            + "need to use the --certificate-authority flag to provide the path to a certificate file for the certificate "
            + "authority, or --insecure-skip-tls-verify to bypass the certificate check and use insecure connections.";

    /** An answer of the server that is an error, told as {@code oc} tells it. */
    static ExitException refused(String doing, JsonNode status) {
        String reason = status.path("reason").asText("Unknown");
        return ExitException.failure("Error from server (" + reason + "): " + doing
                + status.path("message").asText());
    }

    KubeconfigFile kubeconfig() {
        return Oc.kubeconfig(call);
    }

    JsonNode context() {
        KubeconfigFile kubeconfig = kubeconfig();
        String name = flags.text("context").orElse(kubeconfig.currentContext());
        return kubeconfig.find("contexts", name).orElse(JsonFile.object());
    }

    JsonNode cluster() {
        return kubeconfig().find("clusters", context().path("cluster").asText()).orElse(JsonFile.object());
    }

    JsonNode user() {
        return kubeconfig().find("users", context().path("user").asText()).orElse(JsonFile.object());
    }

    String server() {
        return flags.text("server").orElse(cluster().path("server").asText(""));
    }

    String token() {
        return flags.text("token").orElse(user().path("token").asText(""));
    }

    String namespace() {
        String own = context().path("namespace").asText("default");
        return flags.text("namespace").orElse(own.isEmpty() ? "default" : own);
    }

    String version() {
        return release.version();
    }

    private HttpClient client() {
        byte[] ca = content(cluster(), "certificate-authority");
        byte[] certificate = content(user(), "client-certificate");
        if (certificate.length > 0 && token().isEmpty()) {
            return HttpClients.withCertificate(ca, certificate, content(user(), "client-key"));
        }
        boolean unchecked =
                cluster().path("insecure-skip-tls-verify").asBoolean(false) || flags.isOn("insecure-skip-tls-verify");
        return unchecked ? HttpClients.trustingEverybody() : HttpClients.trusting(ca);
    }

    static byte[] bytes(JsonNode holder, String name) {
        return Base64.getDecoder().decode(holder.path(name).asText(""));
    }

    /** What a kubeconfig holds itself, or names a file for. */
    private static byte[] content(JsonNode holder, String name) {
        String file = holder.path(name).asText("");
        try {
            return file.isEmpty() ? bytes(holder, name + "-data") : Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw ExitException.failure("error: unable to read " + name + " " + file);
        }
    }

    /** Sends a request as the current user. */
    HttpResponse<String> send(String method, String path, String body) {
        if (server().isEmpty()) {
            throw ExitException.failure("The connection to the server localhost:8080 was refused - did you specify the "
                    + "right host or port?");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server() + path))
                .header("Accept", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!token().isEmpty()) {
            request.header("Authorization", "Bearer " + token());
        }
        flags.text("as").ifPresent(user -> request.header("Impersonate-User", user));
        flags.values().getOrDefault("as-group", List.of()).forEach(group -> request.header("Impersonate-Group", group));
        return exchange(client(), request.build(), release);
    }

    static HttpResponse<String> exchange(HttpClient client, HttpRequest request, OcRelease release) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            URI uri = request.uri();
            throw ExitException.failure(release.refused(uri.getHost(), uri.getPort()));
        } catch (SSLException e) {
            throw ExitException.failure(UNKNOWN_AUTHORITY);
        } catch (IOException e) {
            throw ExitException.failure("error: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ExitException.silent(130);
        }
    }

    /** Sends a request that must succeed. */
    JsonNode json(String method, String path, String body) {
        return json(method, path, body, "");
    }

    /** @param doing stands before the server's message when it refuses */
    JsonNode json(String method, String path, String body, String doing) {
        HttpResponse<String> response = send(method, path, body);
        JsonNode answer = parse(response.body());
        if (response.statusCode() == 401) {
            throw ExitException.failure("error: You must be logged in to the server (Unauthorized)");
        }
        if (response.statusCode() >= 400) {
            throw refused(doing, answer);
        }
        return answer;
    }

    static JsonNode parse(String text) {
        try {
            return text.isBlank() ? JsonFile.object() : JsonFile.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw ExitException.failure("error: " + e.getOriginalMessage());
        }
    }
}
