package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.registry.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OpenShift's own registry, as a build names it. An ImageStream tells both names (OpenShift 3.6 to 4.x): {@code
 * status.dockerImageRepository}, and, where an administrator has exposed the registry, {@code status.publicDockerImageRepository}.
 *
 * @param internal host and port by which pods name it
 * @param external host by which it is reached from outside the cluster; empty where it is not exposed
 */
public record IntegratedRegistry(String internal, Optional<String> external) {

    private static final Logger LOG = LoggerFactory.getLogger(IntegratedRegistry.class);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern HOST = Pattern.compile("([\\w.-]{1,253}|\\[[0-9a-fA-F:]+])(:\\d{1,5})?");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}(:\\d{1,5})?");

    /** OpenShift's registry looks at the token alone. */
    private static final String ANY_USER = "cdk";

    /** One stream is enough. All who are logged in may read those of this namespace. */
    private static final String STREAMS = "/apis/image.openshift.io/v1/namespaces/openshift/imagestreams?limit=1";

    /** Asks a cluster; empty where it has no registry, or does not tell. */
    public static Optional<IntegratedRegistry> of(OpenShiftApi api) {
        try {
            JsonNode status =
                    api.get(STREAMS, LIMIT).body().path("items").path(0).path("status");
            Optional<String> external = host(status, "publicDockerImageRepository");
            return host(status, "dockerImageRepository").map(internal -> new IntegratedRegistry(internal, external));
        } catch (IOException e) {
            LOG.debug("The ImageStreams do not reveal the cluster's own registry", e);
            return Optional.empty();
        }
    }

    private static Optional<String> host(JsonNode status, String field) {
        return Optional.of(status.path(field).asText().replaceFirst("/.*", ""))
                .filter(host -> HOST.matcher(host).matches());
    }

    /**
     * The name to push to.
     *
     * @param withDocker whether images are pushed by a docker on the cluster's node, which reaches the registry's service by its address
     */
    public Optional<String> pushName(boolean withDocker) {
        return external.or(() -> Optional.of(internal)
                .filter(name -> withDocker && ADDRESS.matcher(name).matches()));
    }

    /** The login to it of whoever is logged in to the cluster; empty for a user who has no token. */
    public static Optional<Credentials> login(ClusterAccess access) {
        return access.credential().currentToken().map(token -> new Credentials(ANY_USER, token));
    }

    /** A login for one of its names, in the form of docker's {@code config.json}. */
    public static String dockerConfig(String name, Credentials login) {
        String both = login.user() + ":" + login.password();
        ObjectNode config = JsonTree.object();
        config.putObject("auths")
                .putObject(name)
                .put("auth", Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        return JsonTree.pretty(config) + "\n";
    }
}
