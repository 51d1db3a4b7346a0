package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The kubeconfig of {@code system:admin}, as minishift keeps it in {@code machines/<profile>_kubeconfig}.
 *
 * @param url the API server
 * @param ca the cluster's CA, PEM
 * @param certificate the client certificate, PEM
 * @param key its key, PEM, PKCS#1
 */
record AdminKubeconfig(URI url, String ca, String certificate, String key) {

    private static final String USER = "system:admin";

    String yaml() {
        return yaml(url, ca, cluster(), USER, """
                client-certificate-data: %s
                    client-key-data: %s""".formatted(base64(certificate), base64(key)));
    }

    /** @param credential the fields of the user, indented but for the first as they stand there */
    private static String yaml(URI url, String ca, String cluster, String user, String credential) {
        return """
                apiVersion: v1
                clusters:
                - cluster:
                    certificate-authority-data: %s
                    server: %s
                  name: %s
                contexts:
                - context:
                    cluster: %s
                    namespace: default
                    user: %s/%s
                  name: default/%s/%s
                current-context: default/%s/%s
                kind: Config
                preferences: {}
                users:
                - name: %s/%s
                  user:
                    %s
                """.formatted(
                        base64(ca), url, cluster, cluster, user, cluster, cluster, user, cluster, user, user, cluster,
                        credential);
    }

    String json() {
        String cluster = cluster();
        ObjectNode config = Json.object().put("kind", "Config").put("apiVersion", "v1");
        config.putObject("preferences");
        ObjectNode server = config.putArray("clusters").addObject().put("name", cluster);
        server.putObject("cluster").put("server", url.toString()).put("certificate-authority-data", base64(ca));
        ObjectNode user = config.putArray("users").addObject().put("name", USER + "/" + cluster);
        user.putObject("user")
                .put("client-certificate-data", base64(certificate))
                .put("client-key-data", base64(key));
        String name = "default/" + cluster + "/" + USER;
        ObjectNode context = config.putArray("contexts").addObject().put("name", name);
        context.putObject("context")
                .put("cluster", cluster)
                .put("user", USER + "/" + cluster)
                .put("namespace", "default");
        return Json.pretty(config.put("current-context", name)) + "\n";
    }

    /**
     * The kubeconfig of somebody with a token, as {@code oc login} writes it.
     *
     * @param user as {@code users/~} names it
     */
    static String yaml(URI url, String ca, String user, String token) {
        String cluster = url.getHost().replace('.', '-') + ":" + url.getPort();
        return yaml(url, ca, cluster, user, "token: " + token);
    }

    private String cluster() {
        return url.getHost().replace('.', '-') + ":" + url.getPort();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
