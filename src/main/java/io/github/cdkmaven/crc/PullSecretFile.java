package io.github.cdkmaven.crc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.AtomicFile;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The pull secret that a start gives to crc: the user's own file, or one that is made of the registries' logins and is there only while crc
 * reads it.
 *
 * <p>crc wants at least one entry with a login, and asks on a terminal for whatever it does not take (crc {@code pkg/crc/validation}), or takes an old
 * one from the keyring. A registry without a login therefore gets an entry for a host that cannot exist (RFC 2606).
 */
final class PullSecretFile implements AutoCloseable {

    static final String PLACEHOLDER = "cdk-maven-plugin.invalid";

    private static final String PREFIX = "pull-secret-";

    private final Path file;
    private final boolean ours;

    private PullSecretFile(Path file, boolean ours) {
        this.file = file;
        this.ours = ours;
    }

    /**
     * The user's file, or a new one.
     *
     * @param own the user's file
     * @param folder where a new one lies, for a while
     */
    static PullSecretFile of(Optional<Path> own, Registries registries, Path folder) {
        if (own.isPresent()) {
            return new PullSecretFile(own.get().toAbsolutePath(), false);
        }
        Path file = folder.resolve(PREFIX + ProcessHandle.current().pid() + "-" + UUID.randomUUID() + ".json");
        try {
            AtomicFile.writePrivate(file, text(registries));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        }
        file.toFile().deleteOnExit();
        return new PullSecretFile(file, true);
    }

    /** Removes what builds have left that were killed meanwhile. */
    static void removeOrphans(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*.json")) {
            for (Path file : files) {
                String pid =
                        file.getFileName().toString().substring(PREFIX.length()).replaceFirst("-.*", "");
                if (pid.matches("\\d{1,18}")
                        && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into " + folder, e);
        }
    }

    /** What a cluster's pull secret is to have, by host: the registries' logins, and what the user's own file has, which wins. */
    static Map<String, JsonNode> logins(Optional<Path> own, Registries registries) {
        Map<String, JsonNode> logins = new TreeMap<>();
        auths(registries).properties().forEach(entry -> logins.put(entry.getKey(), entry.getValue()));
        own.ifPresent(file -> {
            try {
                JsonTree.read(file)
                        .path("auths")
                        .properties()
                        .forEach(entry -> logins.put(entry.getKey(), entry.getValue()));
            } catch (IOException e) {
                throw problem(file)
                        .orElseGet(() -> Problem.of("The pull secret " + file + " cannot be read.", "try again"))
                        .toException();
            }
        });
        return logins;
    }

    private static ObjectNode auths(Registries registries) {
        ObjectNode auths = JsonTree.object();
        for (Registry registry : registries.all()) {
            registry.credentials()
                    .ifPresent(login -> auths.putObject(registry.host()).put("auth", auth(login)));
        }
        return auths;
    }

    static String text(Registries registries) {
        ObjectNode auths = auths(registries);
        if (auths.isEmpty()) {
            auths.putObject(PLACEHOLDER).put("auth", auth(new Credentials("nobody", "nothing")));
        }
        return JsonTree.text(JsonTree.object().set("auths", auths));
    }

    private static String auth(Credentials login) {
        return Base64.getEncoder()
                .encodeToString((login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8));
    }

    /** What is wrong with a user's file, by crc's own rules; it is never quoted. Empty where nothing is. */
    static Optional<Problem> problem(Path file) {
        return why(file)
                .map(why -> Problem.of(
                        "The pull secret " + file + " cannot be used: " + why + ".",
                        "<pullSecretFile> (-Dcdk.pullSecretFile=…) with a file such as {\"auths\": {\"registry.corp.example:5000\": {\"auth\": \"…\"}}};"
                                + " or remove it, so that the pull secret is made from the registry's login"));
    }

    private static Optional<String> why(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.of("there is no such file");
        }
        if (!Files.isReadable(file)) {
            return Optional.of("this user may not read it");
        }
        try {
            JsonNode auths = JsonTree.read(file).path("auths");
            if (!auths.isObject() || auths.isEmpty()) {
                return Optional.of("it has no entry in 'auths'");
            }
            for (Map.Entry<String, JsonNode> entry : auths.properties()) {
                if (!entry.getValue().path("auth").isTextual()
                        && !entry.getValue().path("credsStore").isTextual()) {
                    return Optional.of("its entry for " + entry.getKey() + " has neither 'auth' nor 'credsStore'");
                }
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of("it is not valid JSON");
        } catch (IOException e) {
            return Optional.of("it cannot be read");
        }
    }

    /** The file that crc reads. */
    Path file() {
        return file;
    }

    /** Removes what was made. */
    @Override
    public void close() {
        if (ours) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove " + file, e);
            }
        }
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "pull secret " + file;
    }
}
