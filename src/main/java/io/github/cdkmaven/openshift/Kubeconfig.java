package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.openshift.ClusterAccess.ClientCertificate;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Command;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.SecretPlaces;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.tls.HeaderValue;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads the current context of a kubeconfig, by way of {@code oc}, and writes one for the tests of a build. */
public final class Kubeconfig {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private Kubeconfig() {}

    /**
     * Reads a file through {@code oc config view --raw --minify -o json}: kubeconfigs are YAML, and oc is there already.
     *
     * @param context the context to use, absent for the file's current one
     * @throws io.github.cdkmaven.problem.ProblemException if the file cannot be read or has no such context
     */
    public static ClusterAccess read(CommandRunner runner, Path oc, Path file, Optional<String> context) {
        List<String> words =
                new ArrayList<>(List.of("--config=" + file, "config", "view", "--raw", "--minify", "-o", "json"));
        context.ifPresent(name -> words.add("--context=" + name));
        // Keys and tokens come back: neither the log nor a message may have them.
        CommandResult result =
                runner.run(Command.of(oc, LIMIT, words.toArray(String[]::new)).quietly());
        if (!result.succeeded()) {
            throw Problem.of(
                            "The kubeconfig " + file + " could not be read"
                                    + context.map(name -> " with context '" + name + "'")
                                            .orElse("")
                                    + ".",
                            "check the file with 'oc --config=" + file + " config view', and <kubeconfig>, <context>"
                                    + " (-Dcdk.kubeconfig, -Dcdk.context)")
                    .with(secrets(file)
                            .mask(result.secrets().mask(result.err()))
                            .lines()
                            .limit(3)
                            .toList())
                    .toException();
        }
        return parse(result.out(), file);
    }

    /** What must not be seen of a kubeconfig, as far as it can be read: programs that cannot use it quote it. */
    public static Secrets secrets(Path file) {
        try {
            return Secrets.of(SecretPlaces.values(Files.readString(file)));
        } catch (IOException e) {
            return Secrets.NONE;
        }
    }

    /** Reads what oc printed. */
    public static ClusterAccess parse(String json, Path file) {
        try {
            JsonNode config = JSON.readTree(json);
            JsonNode cluster = config.path("clusters").path(0).path("cluster");
            JsonNode user = config.path("users").path(0).path("user");
            String server = cluster.path("server").asText("");
            if (server.isBlank()) {
                throw unusable(file, "it names no server in its current context")
                        .toException();
            }
            Optional<String> certificate = pem(user, "client-certificate", file);
            Optional<String> key = pem(user, "client-key", file);
            return new ClusterAccess(
                    address(server, file),
                    pem(cluster, "certificate-authority", file),
                    cluster.path("insecure-skip-tls-verify").asBoolean(false),
                    certificate.flatMap(text -> key.map(secret -> new ClientCertificate(text, secret))),
                    header(user, "token", file),
                    header(user, "as", file));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // Not the cause: its message may quote a key.
            throw unusable(file, "oc did not print it as JSON").toException();
        }
    }

    /** Not quoted: somebody may have written a token there. */
    private static URI address(String server, Path file) {
        try {
            URI address = URI.create(server.replaceAll("/+$", ""));
            if (address.getHost() != null && String.valueOf(address.getScheme()).matches("(?i)https?")) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw unusable(
                        file,
                        "its server must be https://host:port, with a host name of letters, digits, dots and hyphens")
                .toException();
    }

    /** What goes into a header. It is not quoted: a token is a secret. */
    private static Optional<String> header(JsonNode user, String name, Path file) {
        Optional<String> value = Optional.of(user.path(name).asText("")).filter(text -> !text.isBlank());
        if (value.isPresent() && !HeaderValue.isValid(value.get())) {
            throw unusable(
                            file,
                            "the '" + name
                                    + "' of its user has a line break, or another character that no HTTP header may have")
                    .toException();
        }
        return value;
    }

    private static Optional<String> pem(JsonNode node, String name, Path file) {
        String data = node.path(name + "-data").asText("");
        if (!data.isBlank()) {
            return Optional.of(new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8));
        }
        String path = node.path(name).asText("");
        if (path.isBlank()) {
            return Optional.empty();
        }
        Path pemFile = file.toAbsolutePath().resolveSibling(path);
        try {
            return Optional.of(Files.readString(pemFile));
        } catch (IOException e) {
            throw unusable(file, "its " + name + " " + pemFile + " cannot be read")
                    .toException(e);
        }
    }

    private static Problem unusable(Path file, String why) {
        return Problem.of(
                "The kubeconfig " + file + " cannot be used: " + why + ".",
                "log in again with 'oc login', or name another file: <kubeconfig> (-Dcdk.kubeconfig)");
    }

    /** A kubeconfig for the given access, as JSON, which is YAML too. It holds a token: see that nobody else can read it. */
    public static String toText(ClusterAccess access, String namespace) {
        ObjectNode config = JSON.createObjectNode();
        config.put("kind", "Config").put("apiVersion", "v1");
        ObjectNode cluster =
                config.putArray("clusters").addObject().put("name", "cdk").putObject("cluster");
        cluster.put("server", access.server().toString());
        access.trust().ifPresent(pem -> cluster.put("certificate-authority-data", base64(pem)));
        if (access.skipTlsVerify()) {
            cluster.put("insecure-skip-tls-verify", true);
        }
        ObjectNode user =
                config.putArray("users").addObject().put("name", "cdk").putObject("user");
        access.token().ifPresent(token -> user.put("token", token));
        access.client().ifPresent(client -> user.put("client-certificate-data", base64(client.certificate()))
                .put("client-key-data", base64(client.key())));
        access.impersonate().ifPresent(name -> user.put("as", name));
        config.putArray("contexts")
                .addObject()
                .put("name", "cdk")
                .putObject("context")
                .put("cluster", "cdk")
                .put("user", "cdk")
                .put("namespace", namespace);
        config.put("current-context", "cdk");
        return config.toPrettyString() + "\n";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
