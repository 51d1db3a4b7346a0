package io.github.cdkmaven.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The proxies of minishift and its VM")
class ProxiesTest {

    private static final Proxies POM = new Proxies(
            Optional.of("http://build:p%40ss@proxy.corp.example:3128"), Optional.empty(), List.of(".corp.example"));

    private static final List<String> DIRECT =
            List.of("registry.corp.example:5000", "cdk.corp.example", "10.1.2.3", ".apps.corp.example");

    @Test
    @DisplayName("never stand before the registry, the VM, OpenShift's services, and what the POM names")
    void completesWhatIsReachedDirectly() {
        Map<String, String> environment = POM.toEnvironment(Map.of("no_proxy", "of-the-shell"), DIRECT);

        assertThat(environment.get("no_proxy"))
                .isEqualTo(".corp.example,registry.corp.example,cdk.corp.example,10.1.2.3,.apps.corp.example,"
                        + "localhost,127.0.0.1,172.30.0.0/16,.svc,.cluster.local")
                .isEqualTo(environment.get("NO_PROXY"))
                .isEqualTo(environment.get("MINISHIFT_NO_PROXY"));
    }

    @Test
    @DisplayName("come as they are, in both cases, and outdo those of the user's environment and configuration")
    void outdoOthers() {
        assertThat(POM.toEnvironment(Map.of("https_proxy", "http://other:1"), DIRECT))
                .containsEntry("http_proxy", "http://build:p%40ss@proxy.corp.example:3128")
                .containsEntry("HTTP_PROXY", "http://build:p%40ss@proxy.corp.example:3128")
                .containsEntry("MINISHIFT_HTTP_PROXY", "")
                .doesNotContainKey("https_proxy");
    }

    @Test
    @DisplayName("of the environment stay, with their exceptions completed")
    void completesTheEnvironments() {
        assertThat(Proxies.NONE.toEnvironment(
                        Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", "intranet, .corp.example"), DIRECT))
                .containsOnlyKeys("no_proxy", "NO_PROXY", "MINISHIFT_NO_PROXY")
                .extractingByKey("no_proxy")
                .asString()
                .startsWith("intranet,.corp.example,registry.corp.example,");
    }

    @Test
    @DisplayName("leave everything as it is where there are none")
    void none() {
        assertThat(Proxies.NONE.toEnvironment(Map.of("PATH", "/bin"), DIRECT)).isEmpty();
    }

    @Test
    @DisplayName("of the environment have passwords that are masked too, as they stand there and decoded")
    void passwordsOfTheEnvironment() {
        assertThat(Proxies.passwords(Map.of(
                        "http_proxy", "http://build:p%40ss+1@proxy.corp.example:3128",
                        "HTTPS_PROXY", "build:plain@proxy.corp.example:3128",
                        "MINISHIFT_HTTP_PROXY", "http://proxy.corp.example:3128",
                        "MINISHIFT_PASSWORD", "s3cr3t")))
                .containsExactlyInAnyOrder("p%40ss+1", "p@ss+1", "plain", "plain", "s3cr3t");
    }
}
