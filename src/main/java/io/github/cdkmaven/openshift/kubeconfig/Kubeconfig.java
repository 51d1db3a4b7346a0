package io.github.cdkmaven.openshift.kubeconfig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.SecretPlaces;
import io.github.cdkmaven.process.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Reads kubeconfigs as {@code oc} does, without a process, and writes one for the tests of a build. */
public final class Kubeconfig {

    private Kubeconfig() {}

    /**
     * Reads one context. No program is run: an {@code exec} plug-in runs when the first call needs it.
     *
     * @param files a file, or several in the form of {@code KUBECONFIG}: the first one that has an entry wins
     * @param context the context to use, absent for the current one
     * @param runner runs the context's {@code exec} plug-in
     * @param environment where plug-ins are looked for ({@code PATH})
     * @throws io.github.cdkmaven.problem.ProblemException if nobody is logged in there, or by a way that is not supported; it quotes no secret
     */
    public static ClusterAccess read(
            String files, Optional<String> context, CommandRunner runner, Map<String, String> environment) {
        return new KubeconfigReader(KubeconfigEntries.read(files), runner, environment).read(context);
    }

    /** The namespace in which a context of a kubeconfig works; empty where it names none. */
    public static Optional<String> namespace(String files, String context) {
        return KubeconfigEntries.read(files).namespace(context);
    }

    /** Reads the current context of a text, as if it stood in a file. */
    public static ClusterAccess parse(String text, Path file) {
        return new KubeconfigReader(
                        KubeconfigEntries.parse(text, file), new CommandRunner(Secrets.NONE), System.getenv())
                .read(Optional.empty());
    }

    /** What must not be seen of a kubeconfig, as far as it can be read: programs that cannot use it quote it. */
    public static Secrets secrets(Path file) {
        try {
            return Secrets.of(SecretPlaces.values(Files.readString(file)));
        } catch (IOException e) {
            return Secrets.NONE;
        }
    }

    /**
     * A kubeconfig for the given access, as JSON, which is YAML too. It holds a login: see that nobody else can read it. Token files and plug-ins are
     * named as they are, since what they give now expires.
     */
    public static String toText(ClusterAccess access, String namespace) {
        ObjectNode config = JsonTree.object();
        config.put("kind", "Config").put("apiVersion", "v1");
        config.putArray("clusters").addObject().put("name", "cdk").set("cluster", cluster(access.cluster()));
        config.putArray("users").addObject().put("name", "cdk").set("user", user(access));
        config.putArray("contexts")
                .addObject()
                .put("name", "cdk")
                .putObject("context")
                .put("cluster", "cdk")
                .put("user", "cdk")
                .put("namespace", namespace);
        config.put("current-context", "cdk");
        return JsonTree.pretty(config) + "\n";
    }

    /** The entry of a cluster, which is also what a plug-in is told of it. */
    static ObjectNode cluster(ClusterServer server) {
        ObjectNode cluster = JsonTree.object().put("server", server.address().toString());
        server.trust().ifPresent(pem -> cluster.put("certificate-authority-data", base64(pem)));
        server.serverName().ifPresent(name -> cluster.put("tls-server-name", name));
        server.proxy().ifPresent(proxy -> cluster.put("proxy-url", proxy.toString()));
        if (server.skipTlsVerify()) {
            cluster.put("insecure-skip-tls-verify", true);
        }
        return cluster;
    }

    private static ObjectNode user(ClusterAccess access) {
        ObjectNode user = JsonTree.object();
        Credential credential = access.credential();
        credential.token().ifPresent(token -> user.put("token", token));
        credential.tokenFile().ifPresent(file -> user.put("tokenFile", file.toString()));
        credential.client().ifPresent(client -> user.put("client-certificate-data", base64(client.certificate()))
                .put("client-key-data", base64(client.key())));
        credential.plugin().ifPresent(plugin -> user.set("exec", plugin.entry()));
        access.impersonation().ifPresent(other -> {
            user.put("as", other.user());
            other.uid().ifPresent(uid -> user.put("as-uid", uid));
            if (!other.groups().isEmpty()) {
                other.groups().forEach(user.putArray("as-groups")::add);
            }
            if (!other.extra().isEmpty()) {
                JsonNode extra = user.putObject("as-user-extra");
                other.extra().forEach((key, values) -> {
                    ArrayNode list = ((ObjectNode) extra).putArray(key);
                    values.forEach(list::add);
                });
            }
        });
        return user;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
