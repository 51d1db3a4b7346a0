package io.github.cdkmaven.minishift.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.engine.Proxies;
import io.github.cdkmaven.report.Check;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The look at proxies")
class ProxyCheckTest {

    private static final String PROXY = "http://jane:secret@proxy.corp.example:3128";

    @Test
    void isContentWithoutAProxy() {
        assertThat(check(Map.of(), "reg.corp.example").outcome().word()).isEqualTo("ok");
    }

    @Test
    void warnsWhenTheVmWouldAskTheProxyForTheRegistrysImagesAndKeepsThePasswordToItself() {
        Check check = check(Map.of("HTTPS_PROXY", PROXY, "NO_PROXY", "localhost"), "reg.corp.example:5000");

        assertThat(check.outcome().word()).isEqualTo("warn");
        assertThat(check.message()).contains("http://proxy.corp.example:3128").doesNotContain("secret", "jane");
        assertThat(check.fix().orElseThrow()).contains("add reg.corp.example to <noProxy> (-Dcdk.noProxy=…)");
    }

    @ParameterizedTest(name = "no_proxy {0} spares {1}: {2}")
    @CsvSource({
        "reg.corp.example, reg.corp.example:5000, true",
        ".corp.example, reg.corp.example, true",
        "corp.example, reg.corp.example:5000, true",
        "*.corp.example, reg.corp.example, true",
        "*, reg.corp.example, true",
        "REG.corp.example, reg.corp.example, true",
        "g.corp.example, reg.corp.example, false",
        "other.example, reg.corp.example, false",
        "10.0.0.0/8, 10.1.2.3:5000, true",
        "10.0.0.0/8, 11.1.2.3:5000, false",
        "10.1.2.3, 10.1.2.3:5000, true"
    })
    void readsNoProxyAsDockerDoes(String noProxy, String registry, boolean spared) {
        assertThat(Proxies.of(Map.of("no_proxy", noProxy)).spares(registry)).isEqualTo(spared);
    }

    @Test
    void letsTheLowerCaseNameWin() {
        assertThat(Proxies.of(Map.of("no_proxy", "a.example", "NO_PROXY", "b.example"))
                        .without())
                .isEqualTo(List.of("a.example"));
    }

    private static Check check(Map<String, String> environment, String registry) {
        return new ProxyCheck(Proxies.of(environment), List.of(registry)).get().get(0);
    }
}
