package io.github.cdkmaven.crc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An answer of crc")
class CrcAnswerTest {

    @Test
    @DisplayName("is a failure when it says so, though crc exits 0")
    void exitStatusCountsForNothing() {
        CrcAnswer answer = CrcAnswers.failed("Instance is already stopped");

        assertThat(answer.result().exit()).isZero();
        assertThat(answer.succeeded()).isFalse();
        assertThat(answer.error()).isEqualTo("Instance is already stopped");
    }

    @Test
    @DisplayName("that is no JSON is read as text, in both forms that crc has")
    void text() {
        CrcAnswer fatal = CrcAnswers.of(
                1,
                "",
                "level=warning msg=\"Using x bundle\"\n"
                        + "level=fatal msg=\"Preset openshift is used but bundle is provided for microshift preset\"\n");
        CrcAnswer bare = CrcAnswers.of(
                1, "", "level=info msg=\"Checking if running as non-root\"\nInstance is already stopped\n");

        assertThat(fatal.isJson()).isFalse();
        assertThat(fatal.error()).isEqualTo("Preset openshift is used but bundle is provided for microshift preset");
        assertThat(bare.error()).isEqualTo("Instance is already stopped");
    }

    @Test
    @DisplayName("shows neither a password nor a pull secret")
    void secrets() {
        CrcAnswer answer = CrcAnswers.failed(
                "Failed to update cluster pull secret: command : oc patch secret pull-secret -p '{'"
                        + ".dockerconfigjson: eyJhdXRocyI6eyJyZWdpc3RyeS5jb3JwLmV4YW1wbGUiOnsiYXV0aCI6ImFHVnNiRzg9In19fQ== -n x");
        CrcAnswer started = CrcAnswers.of(
                0,
                "{\n  \"success\": true,\n  \"clusterConfig\": {\n    \"adminCredentials\": {\n"
                        + "      \"password\": \"k7aBc-Defgh-12345-xyzzy\"\n    }\n  }\n}\n",
                "");

        assertThat(answer.shownError())
                .contains("Failed to update cluster pull secret")
                .doesNotContain("eyJ");
        assertThat(started.succeeded()).isTrue();
        assertThat(started.result().shown())
                .contains("\"password\": \"********\"")
                .doesNotContain("xyzzy");
    }

    @Test
    @DisplayName("shows digests and paths as they are")
    void noSecrets() {
        String digest = "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c";
        String path = "/srv/builds/workspace/integration/openshift/target/cdk";

        assertThat(CrcAnswers.failed(digest + " " + path).shownError()).isEqualTo(digest + " " + path);
    }
}
