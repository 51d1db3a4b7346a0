package io.github.cdkmaven.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.report.Reason;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The verdict on an imported image")
class ImportVerdictTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    @DisplayName("of a success is the image's digest")
    void ofASuccess() throws Exception {
        ImportVerdict verdict = ImportVerdict.of(
                JSON.readTree("{\"status\": {\"status\": \"Success\"}, \"image\": {\"metadata\": {\"name\": \""
                        + TinyCluster.DIGEST + "\"}}}"));

        assertThat(verdict.isSuccess()).isTrue();
        assertThat(verdict.digest()).contains(TinyCluster.DIGEST);
        assertThat(verdict.again()).isFalse();
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("of a success without a digest is none")
    @ValueSource(strings = {"", "sha256:7e33", "../../etc/passwd", "latest"})
    void ofASuccessWithoutDigest(String digest) throws Exception {
        ImportVerdict verdict = ImportVerdict.of(JSON.readTree(
                "{\"status\": {\"status\": \"Success\"}, \"image\": {\"metadata\": {\"name\": \"" + digest + "\"}}}"));

        assertThat(verdict.isSuccess()).isFalse();
        assertThat(verdict.message()).contains("names no digest");
    }

    @ParameterizedTest(name = "{2}: {3}")
    @DisplayName("of a failure is the reason behind the server's words, and whether to try again")
    @CsvSource({
        // OpenShift's reason, code, our reason, its words, again
        "NotFound, 404, NOT_FOUND, 'dockerimage.image.openshift.io \"reg:5000/a/b:1\" not found', false",
        "Unauthorized, 401, UNAUTHORIZED, 'you may not have access to the Docker image \"reg:5000/a/b:latest\"', false",
        "Unauthorized, 401, UNAUTHORIZED, 'incorrect username or password for image \"reg:5000/a/b\"', false",
        "InternalError, 500, TLS, 'Internal error occurred: Get \"https://reg:5001/v2/\": x509: certificate signed by unknown authority', false",
        "InternalError, 500, TLS, 'Internal error occurred: Get https://reg/v2/: x509: certificate is valid for a.corp, not reg', false",
        "InternalError, 500, HTTP_ONLY, 'Internal error occurred: Get \"https://reg:5000/v2/\": http: server gave HTTP response to HTTPS client', false",
        "BadRequest, 400, HTTP_ONLY, 'this repository is HTTP only and requires the insecure flag to import', false",
        "InternalError, 500, UNREACHABLE, 'Internal error occurred: Get \"http://reg:5003/v2/\": dial tcp 127.0.0.1:5003: connect: connection refused', false",
        "InternalError, 500, UNREACHABLE, 'Internal error occurred: Get https://reg/v2/: dial tcp: lookup reg on 192.0.2.53:53: no such host', false",
        "InternalError, 500, UNREACHABLE, 'Internal error occurred: Get https://reg/v2/: dial tcp 10.1.2.3:443: getsockopt: no route to host', false",
        // A firewall that drops, and a name server that is silent: no longer waiting would help.
        "InternalError, 500, UNREACHABLE, 'Internal error occurred: Get https://reg/v2/: dial tcp 10.1.2.3:443: i/o timeout', true",
        "InternalError, 500, UNREACHABLE, 'Internal error occurred: Get https://reg/v2/: dial tcp: lookup reg on 10.0.2.3:53: read udp 10.0.2.15:4711->10.0.2.3:53: i/o timeout', true",
        "InternalError, 500, UNREACHABLE, 'Internal error occurred: read tcp 10.0.2.15:4711->10.1.2.3:5000: read: connection reset by peer', true",
        "InternalError, 500, UNREACHABLE, 'Internal error occurred: Get https://reg/v2/: EOF', true",
        "InternalError, 500, TIMEOUT, 'Internal error occurred: Get https://reg/v2/: net/http: TLS handshake timeout', true",
        "InternalError, 500, TIMEOUT, 'Internal error occurred: Get https://reg/v2/: net/http: request canceled (Client.Timeout exceeded while awaiting headers)', false",
        "Timeout, 504, TIMEOUT, 'the server was unable to return a response in the time allotted', false",
        "InternalError, 500, FORBIDDEN, 'Internal error occurred: denied: requested access to the resource is denied', false",
        "Invalid, 422, FORBIDDEN, 'ImageStream \"ruby\" is invalid: spec.tags[2.2].from.name: Forbidden: registry \"reg\" not allowed by whitelist: \"docker.io:443\"', false",
        "Forbidden, 403, FORBIDDEN, 'imagestreamimports.image.openshift.io is forbidden: User \"developer\" cannot create', false",
        "Invalid, 422, INVALID, 'ImageStreamImport \"perl\" is invalid: spec.images[0].from.name: Invalid value: \"reg/UPPER/x\": repository name must be lowercase', false",
        "Conflict, 409, CONFLICT, 'Operation cannot be fulfilled on imagestream.image.openshift.io \"php\": the image stream was updated from \"1\" to \"2\"', false",
        "InternalError, 500, TIMEOUT, 'Internal error occurred: received unexpected HTTP status: 503 Service Unavailable', true",
        "InternalError, 500, TIMEOUT, 'Internal error occurred: received unexpected HTTP status: 502 Bad Gateway', true",
        "InternalError, 500, TIMEOUT, 'Internal error occurred: error parsing HTTP 429 response body: invalid character', true",
        "InternalError, 500, TIMEOUT, 'Internal error occurred: toomanyrequests: You have reached your pull rate limit', true",
        "InternalError, 500, TIMEOUT, 'Internal error occurred: unexpected status code 504', true",
        "ServiceUnavailable, 503, TIMEOUT, 'the server is currently unable to handle the request', false",
        "TooManyRequests, 429, TIMEOUT, 'Too many requests, please try again later.', true",
        // No registry: the advice is to look at what stands between.
        "NotV2Registry, 403, UNREACHABLE, 'registry \"reg:5000\" does not support the v2 Registry API', true",
        "InternalError, 500, UNREACHABLE, 'Internal error occurred: invalid character ''<'' looking for beginning of value', false",
        // Numbers that are tags and ports, not statuses: OpenShift's own images went beyond v3.11.700.
        "NotFound, 404, NOT_FOUND, 'dockerimage.image.openshift.io \"reg:5000/openshift3/jenkins-2-rhel7:v3.11.502\" not found', false",
        "InternalError, 500, TLS, 'Internal error occurred: Get https://reg:503/v2/a/b/manifests/v3.11.429: x509: certificate signed by unknown authority', false",
        "InternalError, 500, OTHER, 'Internal error occurred: something new', false",
    })
    void ofAFailure(String theirs, int code, Reason ours, String message, boolean again) {
        ImportVerdict verdict = ImportVerdict.of(failure(theirs, code, message));

        assertThat(verdict.isSuccess()).isFalse();
        assertThat(verdict.reason()).contains(ours);
        assertThat(verdict.message()).isEqualTo(message);
        assertThat(verdict.again()).isEqualTo(again);
    }

    @Test
    @DisplayName("of an entry that says nothing is no success")
    void ofNothing() {
        ImportVerdict verdict = ImportVerdict.of(JSON.createObjectNode());

        assertThat(verdict.isSuccess()).isFalse();
        assertThat(verdict.reason()).contains(Reason.OTHER);
        assertThat(verdict.message()).isEqualTo("the server gave no reason");
    }

    private static ObjectNode failure(String reason, int code, String message) {
        ObjectNode image = JSON.createObjectNode();
        image.putObject("status")
                .put("status", "Failure")
                .put("reason", reason)
                .put("code", code)
                .put("message", message);
        return image;
    }
}
