package io.github.cdkmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.process.Secrets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The debug bundle")
class DebugBundleTest {

    private static final Secrets SECRETS = Secrets.of(List.of("canary"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login with canary failed",
                "- http-proxy : http://jane:canary@proxy.corp.example:3128",
                "- https-proxy : http://jane:other-canary@proxy.corp.example:3128",
                "- password                           : another-canary",
                "--password\nyet-another-canary",
                "token: canary-token"
            })
    @DisplayName("shows no password, whether it is known or only looks like one")
    void masks(String text) {
        assertThat(DebugBundle.masked(SECRETS, text)).doesNotContain("canary").contains("********");
    }

    @Test
    @DisplayName("keeps everything else")
    void keeps() {
        String text = "- docker-opt : [add-registry=registry.corp.example:5000]\nhttps://192.168.42.7:8443/console\n";

        assertThat(DebugBundle.masked(SECRETS, text)).isEqualTo(text);
    }
}
