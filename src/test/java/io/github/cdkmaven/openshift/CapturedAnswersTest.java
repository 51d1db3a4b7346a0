package io.github.cdkmaven.openshift;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.Captures;
import io.github.cdkmaven.report.Reason;
import io.github.cdkmaven.streams.ImportVerdict;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real servers, and the real oc, said to imports, replacements and logins; a new capture fails here until a rule covers it. */
@DisplayName("A captured answer")
@EnabledIf("io.github.cdkmaven.Captures#present")
class CapturedAnswersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OK = "ok";

    /** {@code Error from server (Conflict): …} is of the server, {@code error: tag latest failed: …} is of one tag. */
    private static final Pattern OC_ERROR =
            Pattern.compile("(?m)^(?:Error from server \\((\\w+)\\): |error: tag \\S+ failed: )(.+)$");

    /** Per image where there are several; what oc itself refuses never reached the server. */
    private static final Map<String, String> CLASSES = Map.ofEntries(
            entry("openshift-3.9/import-authorized-by-secret", OK),
            entry("openshift-3.9/import-bad-reference", "INVALID"),
            entry("openshift-3.9/import-by-digest", OK),
            entry("openshift-3.9/import-connection-refused", "UNREACHABLE"),
            entry("openshift-3.9/import-developer-forbidden", "FORBIDDEN"),
            entry("openshift-3.9/import-dry-run", OK),
            entry("openshift-3.9/import-http-not-marked-insecure", "HTTP_ONLY"),
            entry("openshift-3.9/import-new-stream", OK),
            entry("openshift-3.9/import-not-in-whitelist", "UNREACHABLE"),
            entry("openshift-3.9/import-not-in-whitelist-dry-run", "UNREACHABLE"),
            entry("openshift-3.9/import-not-in-whitelist-reachable", "FORBIDDEN"),
            entry("openshift-3.9/import-oci-manifest", "NOT_FOUND"),
            entry("openshift-3.9/import-partial", "ok NOT_FOUND NOT_FOUND"),
            entry("openshift-3.9/import-seven-tags-in-one-request", "ok ok ok ok ok ok ok"),
            entry("openshift-3.9/import-stale-resource-version", "CONFLICT"),
            entry("openshift-3.9/import-success", "ok ok"),
            entry("openshift-3.9/import-tls-insecure", OK),
            entry("openshift-3.9/import-tls-unknown-authority", "TLS"),
            entry("openshift-3.9/import-unauthorized", "UNAUTHORIZED"),
            entry("openshift-3.9/import-unknown-host", "UNREACHABLE"),
            entry("openshift-3.9/import-whitelist-null", OK),
            entry("openshift-3.9/import-whitelisted-host-but-nothing-there", "UNREACHABLE"),
            entry("openshift-3.11/import-any-registry-no-whitelist", OK),
            entry("openshift-3.11/import-connection-refused", "UNREACHABLE"),
            entry("openshift-3.11/import-developer-forbidden", "FORBIDDEN"),
            entry("openshift-3.11/import-dry-run", OK),
            entry("openshift-3.11/import-http-not-marked-insecure", "HTTP_ONLY"),
            entry("openshift-3.11/import-oci-manifest", "NOT_FOUND"),
            entry("openshift-3.11/import-partial", "ok NOT_FOUND"),
            entry("openshift-3.11/import-policy-source-over-local", OK),
            entry("openshift-3.11/import-stale-resource-version", "CONFLICT"),
            entry("openshift-3.11/import-success", OK),
            entry("openshift-3.11/import-tls-unknown-authority", "TLS"),
            entry("openshift-3.11/import-unauthorized", "UNAUTHORIZED"),
            entry("openshift-3.11/import-unknown-host", "UNREACHABLE"),
            entry("openshift-3.9/replace-not-in-whitelist", "FORBIDDEN"),
            entry("openshift-3.9/replace-stale-resource-version", "CONFLICT"),
            entry("openshift-3.9/oauth-token-basic", "token <admin-token>"),
            entry("openshift-3.9/oauth-token-no-credentials", "refused 401"),
            entry("openshift-3.9/oauth-well-known", "endpoint /oauth/authorize"),
            entry("oc-3.9/import-image-all-failing", "UNREACHABLE"),
            entry("oc-3.9/import-image-all-insecure", OK),
            entry("oc-3.9/import-image-forbidden", "FORBIDDEN"),
            entry("oc-3.9/import-image-missing-stream", "oc refuses"),
            entry("oc-3.9/import-image-prefixed-name", OK),
            entry("oc-3.9/replace-empty-stdin", OK),
            entry("oc-3.9/replace-stdin", OK),
            entry("oc-3.9/replace-stdin-conflict", "CONFLICT"));

    /** Of OpenShift 4.19, those that are no success alone. */
    private static final Map<String, String> FOUR = Map.ofEntries(
            entry("import-bad-reference", "INVALID"),
            entry("import-blocked-registry", "FORBIDDEN"),
            entry("import-blocked-registry-and-another", "FORBIDDEN NOT_FOUND"),
            entry("import-blocked-registry-dry-run", "FORBIDDEN"),
            entry("import-connection-refused", "UNREACHABLE"),
            entry("import-connection-refused-secure", "UNREACHABLE"),
            entry("import-developer-forbidden", "FORBIDDEN"),
            entry("import-http-not-marked-insecure", "HTTP_ONLY"),
            entry("import-icsp-by-tag", "UNREACHABLE"),
            entry("import-icsp-not-in-mirror", "UNREACHABLE"),
            entry("import-idms-by-tag", "UNREACHABLE"),
            entry("import-idms-never-contact-source-by-tag", "UNREACHABLE"),
            entry("import-idms-never-contact-source-not-in-mirror", "UNREACHABLE"),
            entry("import-idms-not-in-mirror", "UNREACHABLE"),
            entry("import-invalid-token", "UNAUTHORIZED"),
            entry("import-itms-by-digest", "UNREACHABLE"),
            entry("import-itms-never-contact-source-by-digest", "UNREACHABLE"),
            // The mirror lacks it, and the source cannot be reached.
            entry("import-itms-never-contact-source-not-in-mirror", "UNREACHABLE"),
            entry("import-itms-not-in-mirror", "UNREACHABLE"),
            entry("import-itms-plain-http-mirror-by-digest", "UNREACHABLE"),
            // The mirror speaks plain HTTP, and the source cannot be reached.
            entry("import-itms-plain-http-mirror-by-tag", "HTTP_ONLY"),
            entry("import-itms-plain-http-mirror-not-in-mirror", "HTTP_ONLY"),
            entry("import-no-images", "INVALID"),
            entry("import-not-found-in-mirror-and-source", "NOT_FOUND"),
            entry("import-not-found-tag", "NOT_FOUND"),
            entry("import-not-in-allowedRegistriesForImport-admin", "FORBIDDEN"),
            entry("import-not-in-allowedRegistriesForImport-editor", "FORBIDDEN"),
            entry("import-oci-index-without-its-amd64-child", "NOT_FOUND"),
            entry("import-partial", "ok NOT_FOUND"),
            entry("import-source-unreachable", "UNREACHABLE"),
            entry("import-sparse-list-preserve", "NOT_FOUND"),
            entry("import-sparse-oci-index-preserve", "NOT_FOUND"),
            entry("import-stale-resource-version", "CONFLICT"),
            entry("import-tls-unknown-authority", "TLS"),
            entry("import-unauthenticated", "FORBIDDEN"),
            entry("import-unauthorized", "UNAUTHORIZED"),
            entry("import-unknown-host", "UNREACHABLE"),
            entry("import-wrong-password", "UNAUTHORIZED"),
            entry("replace-not-in-allowedRegistriesForImport-admin", "FORBIDDEN"),
            entry("replace-not-in-allowedRegistriesForImport-certificate", "FORBIDDEN"));

    static List<String> capturesOfFour() {
        return Stream.of("import-", "replace-")
                .flatMap(prefix -> Captures.names(prefix, "openshift-4.19").stream())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("capturesOfFour")
    @DisplayName("of OpenShift 4 is of the class that it really was")
    void ofFourIsOfItsClass(String capture) {
        String rule = FOUR.get(capture.replaceFirst(".*/", ""));

        if (rule == null) {
            assertThat(parsed(capture)).matches("(ok ?)*");
        } else {
            assertThat(parsed(capture)).isEqualTo(rule);
        }
    }

    static List<String> captures() {
        return Stream.of("import-", "replace-", "oauth-")
                .flatMap(prefix -> Captures.names(prefix, "openshift-3.9", "openshift-3.11", "oc-3.9").stream())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("captures")
    @DisplayName("is of the class that it really was")
    void isOfItsClass(String capture) {
        assertThat(CLASSES).as("a rule for the capture").containsKey(capture);

        assertThat(parsed(capture)).isEqualTo(CLASSES.get(capture)).doesNotContain(Reason.OTHER.name());
    }

    @Test
    @DisplayName("is there for each rule")
    void isThere() {
        assertThat(capturesOfFour())
                .containsAll(FOUR.keySet().stream()
                        .map(name -> "openshift-4.19/" + name)
                        .toList());
        assertThat(captures()).containsExactlyInAnyOrderElementsOf(CLASSES.keySet());
    }

    private static String parsed(String capture) {
        if (capture.startsWith("oc-")) {
            return byOc(Captures.read(capture));
        }
        JsonNode response = Captures.read(capture).path("response");
        ApiAnswer answer = new ApiAnswer(
                response.path("status").asInt(), headers(response.path("headers")), response.path("body"), "");
        if (capture.contains("/oauth-well")) {
            return "endpoint " + Login.endpointIn(answer);
        }
        if (capture.contains("/oauth-")) {
            return Login.tokenIn(answer).map(token -> "token " + token).orElse("refused " + answer.status());
        }
        if (!answer.isSuccess()) {
            return word(ImportVerdict.refused(answer));
        }
        List<String> words = new ArrayList<>();
        answer.body().path("status").path("images").forEach(image -> words.add(word(ImportVerdict.of(image))));
        return String.join(" ", words);
    }

    /** oc tells the server's reason or its words; its exit code tells nothing. */
    private static String byOc(JsonNode call) {
        Matcher error = OC_ERROR.matcher(call.path("stderr").asText());
        if (!error.find()) {
            return call.path("exit").asInt() == 0 ? OK : "oc refuses";
        }
        ObjectNode image = JSON.createObjectNode();
        image.putObject("status")
                .put("status", "Failure")
                .put("reason", error.group(1) == null ? "" : error.group(1))
                .put("message", error.group(2));
        return word(ImportVerdict.of(image));
    }

    private static String word(ImportVerdict verdict) {
        assertThat(verdict.again()).as("worth another try").isFalse();
        verdict.digest().ifPresent(digest -> assertThat(digest).matches("sha256:[0-9a-f]{64}"));
        return verdict.reason().map(Reason::name).orElse(OK);
    }

    private static HttpHeaders headers(JsonNode headers) {
        return HttpHeaders.of(
                headers.properties().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                header -> List.of(header.getValue().asText()))),
                (name, value) -> true);
    }
}
