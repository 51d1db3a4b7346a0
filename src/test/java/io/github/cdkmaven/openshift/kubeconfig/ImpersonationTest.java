package io.github.cdkmaven.openshift.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call in the name of another user")
class ImpersonationTest {

    @Test
    @DisplayName("tells the user, its id, its groups, and what else is known of it by escaped names")
    void headers() {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://cluster.corp"));

        new Impersonation(
                        "jane",
                        Optional.of("7"),
                        List.of("dev", "ops"),
                        Map.of("authorization.k8s.io/scopes", List.of("user:full", "user:info")))
                .addTo(request);

        assertThat(request.build().headers().map())
                .containsOnly(
                        Map.entry("Impersonate-User", List.of("jane")),
                        Map.entry("Impersonate-Uid", List.of("7")),
                        Map.entry("Impersonate-Group", List.of("dev", "ops")),
                        Map.entry(
                                "Impersonate-Extra-authorization.k8s.io%2Fscopes", List.of("user:full", "user:info")));
    }
}
