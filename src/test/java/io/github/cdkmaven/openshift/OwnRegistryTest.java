package io.github.cdkmaven.openshift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.hostile.HostileApi;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The cluster's own registry")
class OwnRegistryTest {

    private static OwnRegistry of(Map<String, String> services, List<String> repositories) throws IOException {
        try (HostileApi api = new HostileApi(
                Map.of(),
                (method, path, body) -> services.containsKey(path)
                        ? HostileApi.answer(200, services.get(path))
                        : HostileApi.answer(403, "{\"kind\": \"Status\"}"))) {
            return OwnRegistry.of(api.client(), repositories);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/namespaces/default/services/docker-registry, docker-registry.default.svc",
        "/api/v1/namespaces/openshift-image-registry/services/image-registry, image-registry.openshift-image-registry.svc"
    })
    @DisplayName("has the names and the address of its service, each with the service's port")
    void byItsService(String path, String host) throws IOException {
        OwnRegistry registry = of(
                Map.of(
                        path,
                        "{\"kind\": \"Service\", \"spec\": {\"clusterIP\": \"172.30.1.1\", \"ports\": [{\"port\": 5000}]}}"),
                List.of());

        assertThat(registry.addresses())
                .containsExactlyInAnyOrder("172.30.1.1:5000", host + ":5000", host + ".cluster.local:5000");
        assertThat(registry.is(host.toUpperCase(Locale.ROOT) + ":5000")).isTrue();
        assertThat(registry.is(host + ":9999")).isFalse();
        assertThat(registry.is(host)).isFalse();
        assertThat(registry.is("172.30.1.2:5000")).isFalse();
    }

    @Test
    @DisplayName("is what ImageStreams name as their repositories, for who may not read services")
    void byItsRepositories() throws IOException {
        OwnRegistry registry = of(
                Map.of(),
                List.of(
                        "172.30.1.1:5000/openshift/a",
                        "docker-registry-default.192.168.42.7.nip.io/openshift/a",
                        "odd"));

        assertThat(registry.addresses())
                .containsExactlyInAnyOrder("172.30.1.1:5000", "docker-registry-default.192.168.42.7.nip.io");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "<html>",
                "{\"kind\": \"Status\", \"spec\": {\"clusterIP\": \"1.2.3.4\", \"ports\": [{\"port\": 80}]}}",
                "{\"kind\": \"Service\", \"spec\": {\"clusterIP\": \"1.2.3.4\", \"ports\": [{\"port\": \"80\"}]}}",
                "{\"kind\": \"Service\", \"spec\": {\"clusterIP\": \"1.2.3.4\", \"ports\": {}}}"
            })
    @DisplayName("is not learnt from what is no service")
    void fromNoService(String answer) throws IOException {
        assertThat(of(Map.of("/api/v1/namespaces/default/services/docker-registry", answer), List.of())
                        .addresses())
                .isEmpty();
    }
}
