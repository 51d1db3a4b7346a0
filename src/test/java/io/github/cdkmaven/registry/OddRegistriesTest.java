package io.github.cdkmaven.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdkmaven.registry.ManifestAnswer.Found;
import io.github.cdkmaven.registry.ManifestAnswer.Missing;
import io.github.cdkmaven.registry.ManifestAnswer.OciOnly;
import io.github.cdkmaven.registry.RegistryFailure.Broken;
import io.github.cdkmaven.registry.RegistryFailure.Forbidden;
import io.github.cdkmaven.registry.RegistryFailure.Throttled;
import io.github.cdkmaven.registry.RegistryFailure.Unreachable;
import io.github.cdkmaven.sim.registry.Fault;
import io.github.cdkmaven.sim.registry.ServedRequest;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A registry that answers oddly")
class OddRegistriesTest {

    private static final Predicate<ServedRequest> HEAD =
            request -> request.method().equals("HEAD");
    private static final Predicate<ServedRequest> MANIFEST =
            request -> request.path().contains("/manifests/");
    private static final Predicate<ServedRequest> BLOB =
            request -> request.path().contains("/blobs/");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int ALWAYS = Integer.MAX_VALUE;

    @TempDir
    Path folder;

    @Test
    @DisplayName("a sound one is asked once per image, with exactly the types that OpenShift 3.x reads")
    void oneRequestPerImage() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.image("a/b:1");

            assertThat(ask(registry, "a/b", "1")).isInstanceOf(Found.class);
            assertThat(registry.requests())
                    .extracting(ServedRequest::toString)
                    .containsExactly("GET /v2/ 200", "HEAD /v2/a/b/manifests/1 200");
            assertThat(registry.requests().get(1).accept())
                    .isEqualTo("application/vnd.docker.distribution.manifest.list.v2+json, "
                            + "application/vnd.docker.distribution.manifest.v2+json, "
                            + "application/vnd.docker.distribution.manifest.v1+prettyjws, application/json");
        }
    }

    @Test
    @DisplayName("a sound one is asked for 131 images in 132 requests, over the connections that are allowed")
    void oneRequestForEachOfMany() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().latency(Duration.ofMillis(5)).start()) {
            List<ManifestQuery> queries = new ArrayList<>();
            for (int i = 0; i < 131; i++) {
                registry.image("a/b" + i + ":1");
                queries.add(new ManifestQuery("a/b" + i, "1"));
            }
            try (RegistryClient client = RegistryKind.client(registry, folder)) {
                assertThat(client.manifests(queries, 8, MINUTE).values())
                        .hasSize(131)
                        .allMatch(Found.class::isInstance);
            }
            assertThat(registry.requests()).hasSize(132);
            assertThat(registry.maxInFlight()).isBetween(2, 8);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {429, 502, 503, 504})
    @DisplayName("is asked again after an answer that may pass")
    void retries(int status) {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.image("a/b:1");
            registry.inject(Fault.status(status), 2, MANIFEST);

            assertThat(ask(registry, "a/b", "1")).isInstanceOf(Found.class);
        }
    }

    @Test
    void isAskedAgainAfterALostConnection() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.image("a/b:1");
            registry.inject(Fault.reset(), 2, MANIFEST);

            assertThat(ask(registry, "a/b", "1")).isInstanceOf(Found.class);
        }
    }

    @Test
    void isLeftAloneWhenItNeverComesBack() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.inject(Fault.status(503), ALWAYS, MANIFEST);

            assertThat(ask(registry, "a/b", "1")).isInstanceOf(Broken.class);
            assertThat(registry.requests()).filteredOn(MANIFEST).hasSize(4);
        }
    }

    @Test
    void thatKeepsHangingUpIsUnreachable() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.inject(Fault.reset(), ALWAYS);

            assertThat(ask(registry, "a/b", "1"))
                    .isInstanceOf(Unreachable.class)
                    .extracting(ManifestAnswer::words)
                    .asString()
                    .contains("was lost");
        }
    }

    @Test
    void thatWantsALongRestIsNotWaitedFor() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.inject(Fault.retryAfter(429, "3600"), ALWAYS, MANIFEST);

            assertThat(ask(registry, "a/b", "1")).isEqualTo(new Throttled(Optional.of(Duration.ofHours(1))));
            assertThat(registry.requests()).filteredOn(MANIFEST).hasSize(1);
        }
    }

    @Test
    void thatWantsAShortRestGetsIt() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.image("a/b:1");
            registry.inject(Fault.retryAfter(429, "0"), 1, MANIFEST);
            registry.inject(Fault.retryAfter(429, "Wed, 21 Oct 2015 07:28:00 GMT"), 1, MANIFEST);

            assertThat(ask(registry, "a/b", "1")).isInstanceOf(Found.class);
        }
    }

    @Test
    void thatNeverAnswersCostsNoMoreThanTheTimeout() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.inject(Fault.hang(), ALWAYS);
            Registry access = RegistryKind.access(registry, folder).withTimeout(Duration.ofMillis(200));
            try (RegistryClient client = new RegistryClient(access)) {
                assertThat(client.manifest("a/b", "1"))
                        .isInstanceOf(Unreachable.class)
                        .extracting(ManifestAnswer::fix)
                        .asString()
                        .contains("<registryTimeout>");
                assertThat(client.manifests(queries(50), 2, MINUTE).values())
                        .hasSize(50)
                        .allSatisfy(answer -> assertThat(answer).isInstanceOf(Unreachable.class));
            }
        }
    }

    @Test
    @DisplayName("with a log-in page in its place is told from a registry")
    void garbage() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.inject(Fault.garbage(), ALWAYS);

            assertThat(ask(registry, "a/b", "1")).isEqualTo(new Broken(200, "no manifest but text/html"));
            try (RegistryClient client = RegistryKind.client(registry, folder)) {
                assertThat(client.ping().v2()).isFalse();
                assertThat(client.ping().failure()).as("the images will tell").isEmpty();
                assertThat(client.ping().answer()).isEqualTo("200, text/html");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {400, 403, 405, 501})
    @DisplayName("and refuses HEAD is asked with GET")
    void headRefused(int status) {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.image("a/b:1");
            registry.put("a/oci:1", TinyImage.oci("text"));
            registry.inject(Fault.status(status), ALWAYS, HEAD);

            assertThat(ask(registry, "a/b", "1")).isInstanceOf(Found.class);
            assertThat(ask(registry, "a/oci", "1")).isInstanceOf(OciOnly.class);
            assertThat(ask(registry, "a/b", "2")).isInstanceOf(Missing.class);
        }
    }

    @Test
    void thatAnswersWithOtherJsonIsNotBelieved() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.inject(Fault.page(200, "application/json", "{\"status\":\"ok\"}"), ALWAYS, MANIFEST);

            assertThat(ask(registry, "a/b", "1")).isEqualTo(new Broken(200, "no manifest but application/json"));
        }
    }

    @Test
    void isNeverAskedForANameThatWouldLeadElsewhere() {
        assertThatThrownBy(() -> new ManifestQuery("a/b?x", "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ManifestQuery("a/b", "1 2")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thatForbidsIsSaidToForbid() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.inject(
                    Fault.page(
                            403, "application/json", "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"not yours\"}]}"),
                    ALWAYS,
                    MANIFEST);

            assertThat(ask(registry, "a/b", "1")).isEqualTo(new Forbidden("not yours"));
        }
    }

    @Test
    void thatSendsOciUnaskedIsSeenThrough() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().ociUnasked().start()) {
            String digest = registry.put("a/oci:1", TinyImage.oci("text"));

            assertThat(ask(registry, "a/oci", "1")).isEqualTo(new OciOnly(digest, MediaTypes.OCI_MANIFEST));
        }
    }

    @Test
    void thatHoldsSchema1IsToldWithTheRemedy() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.put("a/old:1", TinyImage.schema1("a/old", "1"));

            ManifestAnswer answer = ask(registry, "a/old", "1");

            assertThat(answer.words()).isEqualTo("in the registry, but as schema 1");
            assertThat(answer.fix()).contains("--format v2s2");
        }
    }

    @Test
    void thatHoldsAListWithoutItsImageForAmd64IsFoundOut() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            TinyImage list = TinyImage.list("text", "s390x", "amd64");
            registry.put("a/list:1", list);
            assertThat(ask(registry, "a/list", "1")).isInstanceOf(Found.class);
            String amd64 = list.parts().get(1).digest();
            registry.inject(Fault.status(404), ALWAYS, request -> request.path().endsWith(amd64));

            ManifestAnswer answer = ask(registry, "a/list", "1");

            assertThat(answer.words()).isEqualTo("there is a manifest list, but not its image for amd64");
            assertThat(answer.fix()).contains("linux/amd64");
        }
    }

    @Test
    void thatAnswersNoQuestionForAnImageCostsNoMoreThanTheTimeout() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.image("a/b:1");
            registry.inject(Fault.hang(), ALWAYS, MANIFEST);
            Registry access = RegistryKind.access(registry, folder).withTimeout(Duration.ofMillis(300));
            try (RegistryClient client = new RegistryClient(access)) {
                assertThat(client.manifest("a/b", "1"))
                        .isInstanceOf(Unreachable.class)
                        .extracting(ManifestAnswer::words)
                        .asString()
                        .startsWith("no answer: ");
            }
        }
    }

    @Test
    void thatLeavesTheDigestOutIsReadToComputeIt() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().withoutDigestHeader().start()) {
            TinyImage image = registry.image("a/b:1");

            assertThat(ask(registry, "a/b", "1"))
                    .isEqualTo(new Found(image.digest(), MediaTypes.SCHEMA_2, image.manifestBytes().length, List.of()));
        }
    }

    @Test
    void thatTellsUnknownRepositoriesApartIsUnderstood() {
        try (SimulatedRegistry registry = SimulatedRegistry.builder()
                .missing(SimulatedRegistry.Missing.NAME_UNKNOWN)
                .start()) {
            registry.image("a/b:1");

            assertThat(ask(registry, "a/c", "1")).isEqualTo(new Missing(Missing.Kind.NAME_UNKNOWN));
            assertThat(ask(registry, "a/c", "1").fix()).contains("<mappings>");
            assertThat(ask(registry, "a/b", "2")).isEqualTo(new Missing(Missing.Kind.MANIFEST_UNKNOWN));
        }
    }

    @Test
    void thatGivesNoReasonIsQuoted() {
        try (SimulatedRegistry registry = SimulatedRegistry.builder()
                .missing(SimulatedRegistry.Missing.NO_BODY)
                .start()) {
            assertThat(ask(registry, "a/b", "1").words()).isEqualTo("not found (404 without a reason)");
        }
    }

    @Test
    void thatKeepsImagesBelowAPathIsAskedThere() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().prefix("mirror/rh").start()) {
            registry.image("openshift3/ose:v3.9.31");
            assertThat(ask(registry, "mirror/rh/openshift3/ose", "v3.9.31")).isInstanceOf(Found.class);
            assertThat(ask(registry, "openshift3/ose", "v3.9.31")).isInstanceOf(Missing.class);
        }
    }

    @Test
    void thatSendsAnotherManifestThanAskedForIsCaught() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            TinyImage image = registry.image("a/b:1");
            registry.inject(Fault.page(200, TinyImage.SCHEMA_2, "{\"schemaVersion\":2}"), 1, MANIFEST);
            try (RegistryClient client = RegistryKind.client(registry, folder)) {
                assertThatThrownBy(() -> client.fetchManifest("a/b", image.digest()))
                        .isInstanceOf(RegistryException.class)
                        .hasMessageContaining("not " + image.digest());
            }
        }
    }

    @Test
    void thatSendsARottenBlobLeavesNoFile() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            TinyImage image = registry.image("a/b:1");
            String layer = image.layerDigests().get(0);
            registry.corrupt(layer);
            try (RegistryClient client = RegistryKind.client(registry, folder)) {
                assertThatThrownBy(() -> client.fetchBlob(
                                "a/b", layer, image.blobs().get(layer).length, folder.resolve("blob"), MINUTE))
                        .isInstanceOf(RegistryException.class)
                        .hasMessageContaining("arrived as");
            }
            assertThat(folder.resolve("blob")).doesNotExist();
        }
    }

    @Test
    void thatBreaksOffInABlobIsAskedForItAgain() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            TinyImage image = TinyImage.withLayers("text", 1, 100_000);
            registry.put("a/b:1", image);
            String layer = image.layerDigests().get(0);
            registry.inject(Fault.breakOff(image.blobs().get(layer)), 2, BLOB);
            try (RegistryClient client = RegistryKind.client(registry, folder)) {
                client.fetchBlob("a/b", layer, image.blobs().get(layer).length, folder.resolve("blob"), MINUTE);
            }
            assertThat(folder.resolve("blob")).hasBinaryContent(image.blobs().get(layer));
        }
    }

    @Test
    void thatFallsSilentInABlobIsGivenUp() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            TinyImage image = TinyImage.withLayers("text", 1, 100_000);
            registry.put("a/b:1", image);
            String layer = image.layerDigests().get(0);
            registry.inject(Fault.stall(image.blobs().get(layer)), ALWAYS, BLOB);
            Registry access = RegistryKind.access(registry, folder).withTimeout(Duration.ofMillis(300));
            try (RegistryClient client = new RegistryClient(access)) {
                assertThatThrownBy(() -> client.fetchBlob(
                                "a/b", layer, image.blobs().get(layer).length, folder.resolve("blob"), MINUTE))
                        .hasMessage(registry.host() + ": no answer: nothing arrived for 300 ms");
            }
            assertThat(folder.resolve("blob")).doesNotExist();
        }
    }

    @Test
    void isNeverAskedForMoreAtATimeThanAllowed() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().latency(Duration.ofMillis(5)).start()) {
            try (RegistryClient client = RegistryKind.client(registry, folder)) {
                client.manifests(queries(40), 4, MINUTE);
            }
            assertThat(registry.maxInFlight()).isBetween(2, 4);
        }
    }

    @Test
    void isNotAskedAnyMoreWhenTheTimeForAllIsOver() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().latency(Duration.ofMillis(50)).start()) {
            try (RegistryClient client = RegistryKind.client(registry, folder)) {
                client.ping();
                Map<ManifestQuery, ManifestAnswer> answers = client.manifests(queries(200), 2, Duration.ofMillis(400));

                assertThat(answers).hasSize(200);
                assertThat(answers.values())
                        .last()
                        .isEqualTo(new Unreachable("not checked: the time for all images had run out"));
                assertThat(registry.requests()).hasSizeLessThan(100);
            }
        }
    }

    private ManifestAnswer ask(SimulatedRegistry registry, String repository, String reference) {
        try (RegistryClient client = RegistryKind.client(registry, folder)) {
            return client.manifest(repository, reference);
        }
    }

    private static List<ManifestQuery> queries(int count) {
        List<ManifestQuery> queries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            queries.add(new ManifestQuery("a/b", "v" + i));
        }
        return queries;
    }
}
