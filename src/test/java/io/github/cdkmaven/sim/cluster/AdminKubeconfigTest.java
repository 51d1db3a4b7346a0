package io.github.cdkmaven.sim.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The kubeconfig of a simulated cluster")
class AdminKubeconfigTest {

    @Test
    @DisplayName("holds system:admin's certificate and a PKCS#1 key, under minishift's names")
    void likeMinishift() {
        try (SimulatedCluster cluster = SimulatedCluster.builder().start()) {
            JsonNode config = Json.parse(cluster.kubeconfigJson());
            String name = "127-0-0-1:" + cluster.url().getPort();
            assertThat(config.path("current-context").asText()).isEqualTo("default/" + name + "/system:admin");
            assertThat(decoded(config.at("/users/0/user/client-key-data")))
                    .startsWith("-----BEGIN RSA PRIVATE KEY-----");
            assertThat(decoded(config.at("/clusters/0/cluster/certificate-authority-data")))
                    .isEqualTo(cluster.caPem());
            assertThat(cluster.kubeconfigYaml())
                    .contains("server: " + cluster.url())
                    .contains("current-context: default/" + name + "/system:admin")
                    .contains(config.at("/users/0/user/client-certificate-data").asText());
        }
    }

    @Test
    @DisplayName("makes whoever uses it system:admin")
    void logsIn() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.builder().start()) {
            JsonNode user = Json.parse(cluster.kubeconfigJson()).at("/users/0/user");
            ClusterClient admin = ClusterClient.withCertificate(
                    cluster, decoded(user.path("client-certificate-data")), decoded(user.path("client-key-data")));
            assertThat(admin.get("/apis/user.openshift.io/v1/users/~")
                            .at("/metadata/name")
                            .asText())
                    .isEqualTo("system:admin");
            assertThat(admin.get(ClusterClient.STREAMS).status()).isEqualTo(200);
        }
    }

    private static String decoded(JsonNode data) {
        return new String(Base64.getDecoder().decode(data.asText()), StandardCharsets.UTF_8);
    }
}
