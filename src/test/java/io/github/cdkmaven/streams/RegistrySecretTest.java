package io.github.cdkmaven.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.sim.cluster.ClusterFaults;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.streams.TinyCluster.Reply;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The secret for the registry")
class RegistrySecretTest {

    private static final String REGISTRY = "registry.corp.example:5000";
    private static final String PASSWORD = "pa$$wort-1";
    private static SimulatedCluster cluster;
    private static OpenShiftApi api;

    @BeforeAll
    static void start() {
        cluster = SimulatedCluster.builder().openshift("v3.11.0").start();
        api = ApiOf.kubeconfig(cluster.kubeconfigJson()).api();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    @DisplayName("is created, left alone while it is right, and updated when the password changes")
    void isKeptRight() throws IOException {
        assertThat(secret(PASSWORD).store(api, "mine")).isTrue();
        assertThat(secret(PASSWORD).store(api, "mine")).isFalse();
        assertThat(secret("pa$$wort-2").store(api, "mine")).isTrue();

        List<JsonNode> secrets = cluster.state().secrets("mine");
        assertThat(secrets).hasSize(1);
        assertThat(secrets.get(0).path("type").asText()).isEqualTo("kubernetes.io/dockerconfigjson");
        JsonNode auths = new ObjectMapper()
                .readTree(Base64.getDecoder()
                        .decode(secrets.get(0)
                                .path("data")
                                .path(".dockerconfigjson")
                                .asText()))
                .path("auths");
        assertThat(auths.properties()).extracting(Map.Entry::getKey).containsExactly(REGISTRY, "auth.corp.example");
        assertThat(auths.path(REGISTRY).path("password").asText()).isEqualTo("pa$$wort-2");
    }

    @Test
    @DisplayName("that may not be stored is a problem that says nothing of it")
    void mayNotBeStored() {
        cluster.state().faults(ClusterFaults.none().withoutRightsIn("theirs"));

        ProblemException problem = catchThrowableOfType(
                ProblemException.class, () -> secret(PASSWORD).store(api, "theirs"));

        assertThat(problem).hasMessageContaining("could not be stored in namespace 'theirs'");
        assertThat(problem.problem().evidence()).containsExactly("HTTP status 403, reason Forbidden");
        assertThat(problem.toString() + problem.problem().toLines() + secret(PASSWORD))
                .doesNotContain(PASSWORD);
    }

    @Test
    @DisplayName("that another build stores at the same moment is looked at again")
    void twoBuilds() throws IOException {
        secret(PASSWORD).store(api, "common");
        Reply theirs = new Reply(200, cluster.state().secrets("common").get(0).toString(), Map.of());
        Reply exists = Reply.of(409, "AlreadyExists", "secrets \"" + RegistrySecret.NAME + "\" already exists");
        Reply changed = Reply.of(409, "Conflict", "the object has been modified");
        try (TinyCluster other = new TinyCluster()) {
            other.dictate("GET " + RegistrySecret.NAME, Reply.of(404, "NotFound", "none"), theirs)
                    .dictate("POST secrets", exists);

            assertThat(secret(PASSWORD).store(other.api(), "common")).isFalse();

            other.dictate("GET " + RegistrySecret.NAME, theirs, theirs)
                    .dictate("PUT " + RegistrySecret.NAME, changed, theirs);

            assertThat(secret("pa$$wort-2").store(other.api(), "common")).isTrue();
        }
    }

    private static RegistrySecret secret(String password) {
        Map<String, Credentials> logins = new LinkedHashMap<>();
        logins.put(REGISTRY, new Credentials("mirror", password));
        logins.put("auth.corp.example", new Credentials("mirror", password));
        return new RegistrySecret(logins);
    }
}
