package io.github.cdkmaven.sim.crc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.minishift.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * The contexts of crc in {@code ~/.kube/config}, or in the last file that {@code KUBECONFIG} names. The whole file is written
 * anew each time: comments and layout are lost, also where nothing is taken out.
 */
final class UserContexts {

    private static final String CLUSTER = "api-crc-testing:6443";

    private UserContexts() {}

    private static Path file(CrcRun run) {
        String named = run.call().env("KUBECONFIG");
        String[] files = named.split(":");
        return named.isEmpty() ? run.folder().home().resolve(".kube/config") : Path.of(files[files.length - 1]);
    }

    /** At the end of a start. */
    static void add(CrcRun run, String authority) {
        ObjectNode config = withoutOurs(run);
        ObjectNode cluster = config.withArray("clusters").addObject().put("name", CLUSTER);
        cluster.putObject("cluster")
                .put(
                        "certificate-authority-data",
                        Base64.getEncoder()
                                .encodeToString(authority.getBytes(StandardCharsets.UTF_8)))
                .put("server", run.vm().server());
        for (String name : List.of("admin", "developer")) {
            String user = run.release().kubeconfigUser(name.equals("admin") ? "kubeadmin" : name);
            ObjectNode context = config.withArray("contexts").addObject().put("name", "crc-" + name);
            context.putObject("context")
                    .put("cluster", CLUSTER)
                    .put("namespace", "default")
                    .put("user", user);
            config.withArray("users")
                    .addObject()
                    .put("name", user)
                    .putObject("user")
                    .put("token", "sha256~simulated-" + name);
        }
        if (config.path("current-context").asText().isEmpty()) {
            config.put("current-context", "crc-admin");
        }
        write(run, config);
    }

    /** At each stop since 2.44, and at each delete. */
    static void remove(CrcRun run) {
        if (Files.exists(file(run))) {
            write(run, withoutOurs(run));
        }
    }

    private static ObjectNode withoutOurs(CrcRun run) {
        ObjectNode old = Yaml.read(DotCrc.read(file(run)));
        ObjectNode config = JsonFile.object().put("apiVersion", "v1");
        for (String kind : List.of("clusters", "contexts", "users")) {
            ArrayNode kept = config.putArray(kind);
            for (JsonNode entry : old.path(kind)) {
                if (!isOurs(run, entry)) {
                    kept.add(entry);
                }
            }
        }
        String current = old.path("current-context").asText();
        config.put("current-context", current.startsWith("crc-") ? "" : current);
        config.put("kind", "Config").putObject("preferences");
        return config;
    }

    private static boolean isOurs(CrcRun run, JsonNode entry) {
        String name = entry.path("name").asText();
        return name.equals(CLUSTER)
                || entry.path("context").path("cluster").asText().equals(CLUSTER)
                || name.equals(run.release().kubeconfigUser("kubeadmin"))
                || name.equals(run.release().kubeconfigUser("developer"));
    }

    private static void write(CrcRun run, ObjectNode config) {
        try {
            Path file = file(run).toAbsolutePath();
            Files.createDirectories(file.getParent());
            DotCrc.secret(file, Yaml.write(config));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
