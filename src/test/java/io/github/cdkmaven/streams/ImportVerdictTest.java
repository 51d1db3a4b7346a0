package io.github.cdkmaven.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.report.Reason;
import java.nio.file.Path;
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
        assertThat(verdict.message()).contains("but no digest");
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
        // Credentials: of registries and of their token servers (origin#18072, origin#19762, origin#27952).
        "InternalError, 500, UNAUTHORIZED, 'Internal error occurred: Get https://reg:5000/v2/a/b/manifests/1: unauthorized: authentication required', false",
        "InternalError, 500, UNAUTHORIZED, 'Internal error occurred: Get \"https://reg:5000/v2/a/b/manifests/1\": unauthorized', false",
        "InternalError, 500, UNAUTHORIZED, 'Internal error occurred: Get https://reg:5000/v2/x/manifests/1: no basic auth credentials', false",
        "InternalError, 500, UNAUTHORIZED, 'Internal error occurred: Get https://registry.redhat.io/v2/a/b/manifests/1: unauthorized: Please login to the Red Hat Registry. Further instructions can be found here: https://access.redhat.com/articles/3399531', false",
        "InternalError, 500, UNAUTHORIZED, 'Internal error occurred: Get https://reg/v2/a/manifests/1: token auth attempt for registry: https://harbor.corp/service/token?scope=x request failed with status: 401 Unauthorized', false",
        "InternalError, 500, FORBIDDEN, 'Internal error occurred: Get https://reg/v2/a/manifests/1: token auth attempt for registry: https://gitlab.corp/jwt/auth?scope=repository%3Aa%3Apull&service=container_registry request failed with status: 403 Forbidden', false",
        "InternalError, 500, FORBIDDEN, 'Internal error occurred: Get https://reg:5000/v2/infra/app/manifests/latest: denied: access forbidden', false",
        "InternalError, 500, FORBIDDEN, 'Internal error occurred: reg.corp:5000/boaa/bowi:ci: denied: You are not authorized to access the specified resource.', false",
        "InternalError, 500, FORBIDDEN, 'Internal error occurred: denied: requested_access_denied', false",
        "InternalError, 500, FORBIDDEN, 'Internal error occurred: unsupported: This repo requires terms acceptance and is only available on registry.redhat.io', false",
        // A proxy in between, which the registry's account is nothing to.
        "InternalError, 500, UNREACHABLE, 'Internal error occurred: Get https://reg:5000/v2/: Forbidden', false",
        "InternalError, 500, UNREACHABLE, 'Internal error occurred: Get \"https://reg:5000/v2/\": Proxy Authentication Required', false",
        "InternalError, 500, UNREACHABLE, 'Internal error occurred: Get https://reg/v2/: proxyconnect tcp: x509: y', false",
        "InternalError, 500, UNREACHABLE, 'Internal error occurred: Get \"https://reg/v2/a/manifests/1\": unable to decode token response: invalid character ''<'' looking for beginning of value', false",
        "InternalError, 500, UNREACHABLE, 'Internal error occurred: Get \"https://reg/v2/a/manifests/1\": invalid token auth challenge realm: parse \"http://reg:%!s(<nil>)/v2/token\": invalid port', false",
        // What is not there, or not whole, or not for OpenShift 3.x.
        "InternalError, 500, NOT_FOUND, 'Internal error occurred: unknown blob', false",
        "InternalError, 500, NOT_FOUND, 'Internal error occurred: the repository \"redhat/x\" was not found', false",
        "InternalError, 500, NOT_FOUND, 'Internal error occurred: Get https://reg/v2/a/manifests/1: manifest unknown: manifest unknown', false",
        "InternalError, 500, NOT_FOUND, 'Internal error occurred: name unknown: repository name not known to registry', false",
        "InternalError, 500, NOT_FOUND, 'Internal error occurred: received unexpected HTTP status: 404 Not Found', false",
        "InternalError, 500, OCI_ONLY, 'Internal error occurred: missing signature key', false",
        "InternalError, 500, OCI_ONLY, 'Internal error occurred: unsupported image manifest type: *ocischema.DeserializedManifest', false",
        "InternalError, 500, INVALID, 'Internal error occurred: name invalid', false",
        "InternalError, 500, INVALID, 'Internal error occurred: invalid reference format', false",
        // TLS spoken to plain HTTP, and nginx, which wants a client certificate.
        "InternalError, 500, TLS, 'Internal error occurred: Get http://reg:5000/v2/: malformed HTTP response \"\\x15\\x03\\x01\\x00\\x02\\x02\"', false",
        "InternalError, 500, TLS, 'Internal error occurred: error retrieving repository: server returned 400', false",
        "InternalError, 500, TLS, 'Internal error occurred: Get https://reg/v2/: remote error: tls: bad certificate', false",
        // A name decides nothing, wherever it stands.
        "InternalError, 500, NOT_FOUND, 'Internal error occurred: Get https://reg.corp:5000/v2/team/certificate-service/manifests/1.0: blob upload unknown to registry', false",
        "InternalError, 500, OTHER, 'Internal error occurred: Get https://reg/v2/denied/not-found/eof/manifests/unauthorized: something new', false",
        "InternalError, 500, OTHER, 'Internal error occurred: reg.corp:5000/certificate/denied:x509: something new', false",
        "InternalError, 500, OTHER, 'Internal error occurred: \"eof\" and denied.certificate.corp:443 and certificate/x: something new', false",
        "InternalError, 500, TLS, 'Internal error occurred: Get https://denied.corp/v2/: x509: certificate is valid for denied.corp, eof.corp, not unauthorized.corp', false",
        "InternalError, 500, UNREACHABLE, 'Internal error occurred: Get https://x/v2/: dial tcp: lookup certificate.corp on 10.0.0.2:53: server misbehaving', false",
    })
    void ofAFailure(String theirs, int code, Reason ours, String message, boolean again) {
        ImportVerdict verdict = ImportVerdict.of(failure(theirs, code, message));

        assertThat(verdict.isSuccess()).isFalse();
        assertThat(verdict.reason()).contains(ours);
        assertThat(verdict.message()).isEqualTo(message);
        assertThat(verdict.again()).isEqualTo(again);
    }

    @ParameterizedTest
    @DisplayName("of a message of any length and shape comes at once")
    @ValueSource(strings = {"a.", "a-", "a/", "\"", "https://a", "\\\"", "%!s(", "x509: "})
    void ofALongMessage(String part) {
        ImportVerdict verdict = ImportVerdict.of(failure("InternalError", 500, part.repeat(200_000)));

        assertThat(verdict.isSuccess()).isFalse();
        assertThat(verdict.reason()).isPresent();
    }

    @ParameterizedTest
    @DisplayName("of every message that was seen on real clusters has a class")
    @ValueSource(strings = {"msgs.json", "msgs-real39.json"})
    void ofTheCases(String file) throws Exception {
        Path cases = Path.of("../shared/cases/cluster", file);
        assumeThat(cases).exists();
        for (JsonNode status : JSON.readTree(cases.toFile())) {
            ObjectNode image = JSON.createObjectNode();
            image.set("status", status);
            assertThat(ImportVerdict.of(image).reason().orElseThrow())
                    .as("%s", status)
                    .isNotEqualTo(Reason.OTHER);
        }
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
