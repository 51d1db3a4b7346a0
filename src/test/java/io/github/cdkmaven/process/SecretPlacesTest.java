package io.github.cdkmaven.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The places where secrets stand")
class SecretPlacesTest {

    @ParameterizedTest
    @DisplayName("are hidden, whatever stands there")
    @ValueSource(
            strings = {
                "- http-proxy : http://build:CANARY@proxy:3128",
                "- http-proxy : http://build:CAN@ARY@proxy:3128",
                "- http-proxy : http://build:CAN/ARY@proxy:3128",
                "- http-proxy : http://build:CAN ARY@proxy:3128",
                "- http-proxy : build:CANARY@proxy:3128",
                "Environment=\"HTTP_PROXY=http://u:CANARY@p\"",
                "password : CANARY",
                "- password                         : CANARY ARY",
                "password=CANARY",
                "password:CANARY",
                "PASSWORD CANARY",
                "Password for jane: CANARY",
                "\"password\": \"CANARY\"",
                "{\"password\":\"CANARY\"}",
                "{\"password\":\"x\\\"CANARY\",\"a\":1}",
                "{\"x\":\"{\\\"password\\\":\\\"CANARY\\\"}\"}",
                "{\"auths\":{\"r\":{\"auth\":\"CANARY\",\"identitytoken\":\"CANARY\"}}}",
                "--password\nCANARY",
                "--password=CANARY",
                "MINISHIFT_PASSWORD=CANARY",
                "Authorization: Bearer CANARY",
                "Authorization: Basic CANARY",
                "token: CANARY",
                "    token: 'CANARY'",
                "token: |\n  CANARY\n  ARY\n",
                "  - password: >-\n      CANARY\n",
                "password:\n  CANARY",
                "access_token=CANARY&x=1",
                "#access_token=CANARY",
                "passwd: CANARY",
                "secret: CANARY",
                "client-key-data: CANARY",
                "auth: CANARY",
                "identitytoken: CANARY",
                "activation-key CANARY"
            })
    void areHidden(String text) {
        assertThat(SecretPlaces.mask(text)).doesNotContain("CAN", "ARY").contains("********");
    }

    @Test
    @DisplayName("are no others")
    void areNoOthers() {
        String text = """
                - docker-opt : [add-registry=registry.corp.example:5000]
                https://192.168.42.7:8443/console
                docker.io/library/postgres:13@sha256:0123456789abcdef
                Error: secret "router-certs" not found, and no token was there
                {"image":"registry.corp.example:5000/a:1@sha256:0123","secrets":[],"secret":{"name":"x"},"tokenName":"y"}
                users:
                - name: admin
                """;

        assertThat(SecretPlaces.mask(text)).isEqualTo(text);
    }

    @Test
    @DisplayName("give back what stands there")
    void giveBack() {
        assertThat(SecretPlaces.values("""
                        users:
                        - name: admin
                          user:
                            token: t0ken
                        - name: other
                          user: {"password": "passw0rd"}
                        - name: third
                          user:
                            client-key-data: |
                              a2V5
                        """)).containsExactlyInAnyOrder("t0ken", "passw0rd", "a2V5");
    }

    @ParameterizedTest
    @DisplayName("of a login are found in a parameter")
    @ValueSource(
            strings = {
                "http://u:p@proxy:3128",
                "HTTP_PROXY=http://u:p@ss@proxy",
                "HTTPS_PROXY=u:p@proxy:3128",
                "--http-proxy=http://u:p/w@proxy",
                "--loglevel=5 --https-proxy=http://u:p@proxy",
                "u:pw@registry.corp.example/app:1",
                "u:pw@registry.corp.example:5000/app@sha256:0123",
                "quay.io=u:pw@registry.corp.example",
                "https://token@git.corp.example/x.iso"
            })
    void ofALogin(String value) {
        assertThat(SecretPlaces.holdLogin(value)).isTrue();
    }

    @ParameterizedTest
    @DisplayName("of a login are not found in names, paths and addresses without one")
    @ValueSource(
            strings = {
                "registry.corp.example:5000/app:1@sha256:0123",
                "docker.io/library/postgres:13@sha512:0123",
                "C:\\jenkins\\ws\\job@2\\cdk.iso",
                "C:/jenkins/ws/job@2/cdk.iso",
                "file:///home/jenkins/ws/job@2/cdk.iso",
                "https://files.corp.example:8443/job@2/cdk.iso",
                "HTTP_PROXY=http://proxy.corp.example:3128",
                "cdk@10.0.0.7",
                "add-registry=registry.corp.example:5000",
                "PT15M"
            })
    void ofNoLogin(String value) {
        assertThat(SecretPlaces.holdLogin(value)).isFalse();
    }
}
