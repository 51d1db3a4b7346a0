package io.github.cdkmaven.sim.minishift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("YAML as Go programs write it")
class YamlTest {

    private static final String CONFIG = """
            allowed:
            - domainName: '*.redhat.com'
            - domainName: 127.0.0.1:5000
              insecure: true
            controllers: '*'
            empty: ""
            nothing: null
            preferences: {}
            users:
            - name: admin/127-0-0-1:8443
              user:
                token: abc=
            words:
            - v1
            - //127\\.0\\.0\\.1(:|$)
            """;

    @Test
    void isReadAndWrittenBackAsItWas() {
        assertThat(Yaml.write(Yaml.read(CONFIG))).isEqualTo(CONFIG);
    }

    @Test
    void keepsTypesAndNesting() {
        ObjectNode read = Yaml.read(CONFIG);
        assertThat(read.path("allowed").get(1).path("insecure").isBoolean()).isTrue();
        assertThat(read.path("users").get(0).path("user").path("token").asText())
                .isEqualTo("abc=");
        assertThat(read.path("nothing").isNull()).isTrue();
        assertThat(read.path("words").get(0).asText()).isEqualTo("v1");
    }

    @Test
    void mayAlsoBeJson() {
        assertThat(Yaml.read("{\"kind\": \"Config\"}").path("kind").asText()).isEqualTo("Config");
    }
}
