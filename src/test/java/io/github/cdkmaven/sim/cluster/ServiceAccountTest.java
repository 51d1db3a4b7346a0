package io.github.cdkmaven.sim.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The service accounts of a simulated cluster")
class ServiceAccountTest {

    private static final String ACCOUNTS = "/api/v1/namespaces/myproject/serviceaccounts";

    @Test
    @DisplayName("are three in every project, each with a secret for the cluster's own registry")
    void ofEveryProject() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.builder().start()) {
            assertThat(ClusterClient.login(cluster, "developer").get(ACCOUNTS).at("/items"))
                    .extracting(account -> account.at("/metadata/name").asText())
                    .containsExactly("builder", "default", "deployer");
            assertThat(cluster.state().pullSecrets("myproject", "pull")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "default, imagePullSecrets, application/strategic-merge-patch+json, pull",
        "builder, secrets, application/strategic-merge-patch+json, build",
        "default, imagePullSecrets, application/json-patch+json, pull"
    })
    @DisplayName("give a linked secret to the pods or the builds of their project, and keep those that they had")
    void linked(String account, String list, String type, String use) throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.builder().start()) {
            ClusterClient developer = ClusterClient.login(cluster, "developer");
            ObjectNode secret = Json.object().put("type", "kubernetes.io/dockerconfigjson");
            secret.putObject("metadata").put("name", "registry");
            developer.post("/api/v1/namespaces/myproject/secrets", secret);
            assertThat(cluster.state().pullSecrets("myproject", use)).isEmpty();

            String patch = type.contains("strategic")
                    ? "{\"" + list + "\": [{\"name\": \"registry\"}]}"
                    : "[{\"op\": \"add\", \"path\": \"/" + list + "/-\", \"value\": {\"name\": \"registry\"}}]";
            ClusterClient.Answer answer =
                    developer.send("PATCH", ACCOUNTS + "/" + account, patch, Map.of("Content-Type", type));

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.at("/" + list))
                    .extracting(named -> named.path("name").asText())
                    .contains(account + "-dockercfg-m4c9w", "registry");
            List<String> used = cluster.state().pullSecrets("myproject", use).stream()
                    .map(found -> found.at("/metadata/name").asText())
                    .toList();
            assertThat(used).containsExactly("registry");
            assertThat(cluster.state().pullSecrets("myproject", use.equals("pull") ? "build" : "pull"))
                    .isEmpty();
        }
    }
}
