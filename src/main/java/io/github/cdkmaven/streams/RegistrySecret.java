package io.github.cdkmaven.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.openshift.ApiAnswer;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Unreachable;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Retry.Pause;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.registry.RegistryClients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The credentials with which OpenShift imports from the registry: a secret of our own name in each namespace whose streams move.
 *
 * <p>The importer uses every secret of the kind {@code kubernetes.io/dockerconfigjson} in the stream's namespace; no link to a service account
 * is needed. Ours holds the registries that want a login, and the token server that each names where that is another host (origin#9584);
 * the importer sends a login to no other.
 */
public final class RegistrySecret {

    /** The secret's name. */
    public static final String NAME = "cdk-maven-plugin-registry";

    private static final String KEY = ".dockerconfigjson";
    private static final String TYPE = "kubernetes.io/dockerconfigjson";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int CONFLICT = 409;

    /** How often it is looked at again, should other builds store it at the same moment. */
    private static final int ATTEMPTS = 10;

    private final Set<String> hosts;
    private final String data;

    /**
     * A secret that is still to be stored.
     *
     * @param logins user and password by host with its port: of registries, and of their token servers
     */
    public RegistrySecret(Map<String, Credentials> logins) {
        this.hosts = logins.keySet();
        ObjectNode config = JsonTree.object();
        ObjectNode auths = config.putObject("auths");
        logins.forEach((host, login) -> auths.putObject(host)
                .put("username", login.user())
                .put("password", login.password())
                .put("auth", base64(login.user() + ":" + login.password())));
        this.data = base64(JsonTree.text(config));
    }

    /** The logins of some registries, and for the token server that each names, where that is another host; empty where none wants a login. */
    public static Optional<RegistrySecret> of(Registries registries) {
        Map<String, Credentials> logins = new LinkedHashMap<>();
        try (RegistryClients clients = new RegistryClients(registries)) {
            for (Registry registry : registries.all()) {
                registry.credentials().ifPresent(login -> {
                    logins.put(registry.host(), login);
                    clients.client(registry.host()).tokenHost().ifPresent(host -> logins.putIfAbsent(host, login));
                });
            }
        }
        return logins.isEmpty() ? Optional.empty() : Optional.of(new RegistrySecret(logins));
    }

    /**
     * Stores the secret in a namespace, unless it is there already with the same content.
     *
     * @return whether something had to be changed
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster refuses
     */
    public boolean store(OpenShiftApi api, String namespace) {
        String all = "/api/v1/namespaces/" + namespace + "/secrets";
        String path = all + "/" + NAME;
        try {
            for (int attempt = 1; ; attempt++) {
                ApiAnswer current = api.ask(Pause.real(), () -> api.get(path, LIMIT));
                if (isSecret(current)
                        && current.body().path("data").path(KEY).asText().equals(data)) {
                    return false;
                }
                if (current.isSuccess() && !isSecret(current)) {
                    throw refused(api, namespace, current).toException();
                }
                ApiAnswer answer = current.isSuccess()
                        ? api.put(path, secret(current.body().path("metadata").path("resourceVersion")), LIMIT)
                        : api.post(all, secret(MissingNode.getInstance()), LIMIT);
                if (isSecret(answer)) {
                    return true;
                }
                // Another build was faster, and has perhaps stored the same.
                if (answer.status() != CONFLICT || attempt == ATTEMPTS) {
                    throw refused(api, namespace, answer).toException();
                }
            }
        } catch (IOException e) {
            throw Unreachable.problem(api.access(), e).toException(e);
        }
    }

    private static boolean isSecret(ApiAnswer answer) {
        return answer.isSuccess()
                && answer.body().path("metadata").path("name").asText().equals(NAME);
    }

    /** Does not quote the answer's body: a server may send the object back. */
    private Problem refused(OpenShiftApi api, String namespace, ApiAnswer answer) {
        return Problem.of(
                        "The credentials for " + String.join(", ", hosts) + " could not be stored in namespace '"
                                + namespace + "' of " + api.access().server() + ".",
                        "let the user create and update secrets there, or leave the namespace out of <namespaces> (-Dcdk.namespaces)")
                .with("HTTP status " + answer.status() + ", reason "
                        + ForeignText.line(answer.body().path("reason").asText("unknown")));
    }

    private JsonNode secret(JsonNode resourceVersion) {
        ObjectNode secret = JsonTree.object();
        secret.put("kind", "Secret").put("apiVersion", "v1").put("type", TYPE);
        ObjectNode metadata = secret.putObject("metadata").put("name", NAME);
        if (resourceVersion.isTextual()) {
            metadata.put("resourceVersion", resourceVersion.asText());
        }
        secret.putObject("data").put(KEY, data);
        return secret;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Never the credentials. */
    @Override
    public String toString() {
        return "secret " + NAME + " for " + String.join(", ", hosts);
    }
}
