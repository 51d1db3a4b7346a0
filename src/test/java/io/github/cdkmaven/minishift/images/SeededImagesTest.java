package io.github.cdkmaven.minishift.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.minishift.images.OciManifest.Descriptor;
import io.github.cdkmaven.minishift.images.SeedResult.Failed;
import io.github.cdkmaven.minishift.images.SeedResult.Present;
import io.github.cdkmaven.minishift.images.SeedResult.Seeded;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.MachineLock;
import io.github.cdkmaven.registry.ManifestAnswer;
import io.github.cdkmaven.registry.RegistryClient;
import io.github.cdkmaven.registry.RegistryFailure.Broken;
import io.github.cdkmaven.registry.RegistryFailure.RedirectedLogin;
import io.github.cdkmaven.registry.RegistryKind;
import io.github.cdkmaven.sim.registry.CachedImages;
import io.github.cdkmaven.sim.registry.Fault;
import io.github.cdkmaven.sim.registry.ServedRequest;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.Stranger;
import io.github.cdkmaven.sim.registry.TestRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import io.github.cdkmaven.world.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Seeding minishift's image cache")
class SeededImagesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Predicate<ServedRequest> BLOB =
            request -> request.path().contains("/blobs/");
    private static final String OSE = "openshift3/ose:v3.9.31";
    private static final String POD = "openshift3/ose-pod:v3.9.31";

    @TempDir
    Path folder;

    /** A registry's image, under the name that CDK asks for. */
    static SeedImage image(String name) {
        int colon = name.lastIndexOf(':');
        return new SeedImage("registry.access.redhat.com/" + name, name.substring(0, colon), name.substring(colon + 1));
    }

    @ParameterizedTest
    @EnumSource(RegistryKind.class)
    void bringsInAnImageUnderItsPublicNameFromAnyRegistry(RegistryKind kind) throws Exception {
        try (TestRegistry registry = kind.open()) {
            TinyImage image = TinyImage.withLayers("text", 3, 1000);
            registry.put(OSE, image);

            SeedResult result = seed(registry, OSE).get(image(OSE));

            OciLayout.Cached cached =
                    layout().image("registry.access.redhat.com/" + OSE).orElseThrow();
            assertThat(result)
                    .isEqualTo(new Seeded(
                            cached.digest(),
                            image.blobs().values().stream()
                                    .mapToLong(blob -> blob.length)
                                    .sum()));
            assertThat(cached.manifest().config().digest()).isEqualTo(image.configDigest());
            assertThat(cached.manifest().layers())
                    .extracting(Descriptor::digest)
                    .containsExactlyElementsOf(image.layerDigests());
        }
    }

    @Test
    void makesWhatMinishiftImports() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            TinyImage ose = TinyImage.withLayers("text", 3, 1000);
            TinyImage pod = TinyImage.oci("pod");
            registry.put(OSE, ose);
            registry.put(POD, pod);
            seed(registry, OSE, POD);

            CachedImages cached = new CachedImages(cache());

            assertThat(cached.names())
                    .containsExactly(image(OSE).publicName(), image(POD).publicName());
            assertThat(SeededImages.holds(cache(), image(OSE).publicName())).isTrue();
            assertThat(SeededImages.holds(cache(), "other:1")).isFalse();
            assertThat(cached.importImage(image(OSE).publicName())).isEqualTo(ose.configDigest());
            assertThat(cached.importImage(image(POD).publicName())).isEqualTo(pod.configDigest());
        }
    }

    @Test
    @DisplayName("writes the index as minishift 1.10 to 1.34.3 reads it")
    void form() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.image(OSE);
            seed(registry, OSE);
        }
        JsonNode index = JSON.readTree(cache().resolve("index.json").toFile());
        JsonNode entry = index.path("manifests").path(0);
        JsonNode manifest = JSON.readTree(blob(entry.path("digest").asText()).toFile());

        assertThat(cache().resolve("oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
        assertThat(index.path("schemaVersion").asInt()).isEqualTo(2);
        assertThat(index.path("manifests")).hasSize(1);
        assertThat(entry.path("mediaType").asText()).isEqualTo("application/vnd.oci.image.manifest.v1+json");
        assertThat(entry.path("size").asLong())
                .isEqualTo(Files.size(blob(entry.path("digest").asText())));
        assertThat(entry.path("annotations")
                        .path("org.opencontainers.image.ref.name")
                        .asText())
                .isEqualTo("registry.access.redhat.com/openshift3/ose:v3.9.31");
        assertThat(entry.path("platform").toString()).isEqualTo("{\"architecture\":\"amd64\",\"os\":\"linux\"}");
        assertThat(manifest.path("config").path("mediaType").asText())
                .isEqualTo("application/vnd.oci.image.config.v1+json");
        assertThat(manifest.path("layers").path(0).path("mediaType").asText())
                .isEqualTo("application/vnd.oci.image.layer.v1.tar+gzip");
        assertThat(files()).as("nothing half-written").noneMatch(file -> file.contains(".seeding/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/manifests/", "/blobs/"})
    @DisplayName("gives no password to a host that the registry redirects to, and says that it wants one")
    void redirectedLogin(String place) throws Exception {
        try (Stranger stranger = Stranger.withToken(false);
                SimulatedRegistry registry =
                        SimulatedRegistry.builder().basicAuth("jane", "s3cret").start()) {
            registry.image(OSE);
            registry.inject(
                    Fault.redirect(307, stranger.address() + "/x"),
                    Integer.MAX_VALUE,
                    request -> request.path().contains(place)
                            && request.authorization().isPresent());

            assertThat(seed(registry, OSE).get(image(OSE)))
                    .isEqualTo(new Failed(new RedirectedLogin("http://" + registry.host(), stranger.address())));
            stranger.assertWasSentNoLogin();
        }
    }

    @Test
    void fetchesNothingTwice() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            TinyImage shared = TinyImage.withLayers("text", 3, 1000);
            registry.put(OSE, shared);
            registry.put(POD, shared);

            Map<SeedImage, SeedResult> first = seed(registry, OSE, POD);

            assertThat(registry.requests())
                    .filteredOn(BLOB)
                    .extracting(ServedRequest::path)
                    .hasSize(4)
                    .doesNotHaveDuplicates();
            assertThat(first.get(image(POD))).isInstanceOfSatisfying(Seeded.class, pod -> assertThat(pod.bytes())
                    .isZero());

            registry.clearRequests();
            assertThat(seed(registry, OSE, POD).values()).allMatch(Present.class::isInstance);
            assertThat(registry.requests()).filteredOn(BLOB).isEmpty();
        }
    }

    @Test
    void keepsWhatTheUserHasInTheCache() throws Exception {
        String entry =
                "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"sha256:1\",\"size\":1,"
                        + "\"annotations\":{\"org.opencontainers.image.ref.name\":\"mine:1\",\"other\":\"kept\"},\"unknown\":true}";
        Files.createDirectories(cache());
        Files.writeString(
                cache().resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[" + entry + "],\"more\":1}");
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.image(OSE);
            seed(registry, OSE);
        }
        JsonNode index = JSON.readTree(cache().resolve("index.json").toFile());

        assertThat(index.path("manifests")).hasSize(2);
        assertThat(index.path("manifests").path(0)).isEqualTo(JSON.readTree(entry));
        assertThat(index.path("more").asInt()).isEqualTo(1);
    }

    @Test
    void bringsInTheOthersWhenOneIsMissing() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.image(POD);

            Map<SeedImage, SeedResult> results = seed(registry, OSE, POD);

            assertThat(results.keySet()).containsExactly(image(OSE), image(POD));
            assertThat(results.get(image(OSE)))
                    .isEqualTo(new Failed(new ManifestAnswer.Missing(ManifestAnswer.Missing.Kind.MANIFEST_UNKNOWN)));
            assertThat(results.get(image(POD))).isInstanceOf(Seeded.class);
        }
    }

    @Test
    void takesTheAmd64PartOfAList() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            TinyImage list = TinyImage.list("text", "s390x", "amd64");
            registry.put(OSE, list);
            seed(registry, OSE);

            assertThat(layout().image(image(OSE).publicName())
                            .orElseThrow()
                            .manifest()
                            .config()
                            .digest())
                    .isEqualTo(list.parts().get(1).configDigest());
        }
    }

    @Test
    void takesAnOciImageAsItIs() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            TinyImage image = TinyImage.oci("text");
            registry.put(OSE, image);

            assertThat(seed(registry, OSE).get(image(OSE))).isInstanceOf(Seeded.class);
        }
    }

    @Test
    void refusesImagesThatWouldNotRun() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.put("a/list:1", TinyImage.list("text", "s390x", "ppc64le"));
            registry.put("a/single:1", TinyImage.forArchitecture("ppc64le", "text"));
            registry.put("a/old:1", TinyImage.schema1("a/old", "1"));

            assertThat(seed(registry, "a/list:1", "a/single:1", "a/old:1").values())
                    .extracting(result -> ((Failed) result).answer().words())
                    .containsExactly(
                            "in the registry, but for linux/s390x, linux/ppc64le only",
                            "in the registry, but for ppc64le only",
                            "in the registry, but as schema 1");
            assertThat(cache().resolve("index.json")).doesNotExist();
        }
    }

    @Test
    void fetchesAgainWhatIsHarmedInTheCache() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            TinyImage image = TinyImage.withLayers("text", 3, 1000);
            registry.put(OSE, image);
            seed(registry, OSE);
            String cut = image.layerDigests().get(0);
            String gone = image.layerDigests().get(1);
            byte[] turned = image.blobs().get(image.configDigest()).clone();
            turned[0] ^= 1;
            Files.write(blob(cut), new byte[1]);
            Files.delete(blob(gone));
            Files.write(blob(image.configDigest()), turned);
            registry.clearRequests();

            assertThat(seed(registry, OSE).get(image(OSE))).isInstanceOf(Seeded.class);

            assertThat(registry.requests())
                    .filteredOn(BLOB)
                    .extracting(request -> request.path().replaceAll(".*/", ""))
                    .containsExactlyInAnyOrder(image.configDigest(), cut, gone);
            assertThat(layout().image(image(OSE).publicName())).isPresent();
        }
    }

    @Test
    void replacesAnImageThatTheRegistryHasRenewed() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.put(OSE, TinyImage.named("old"));
            seed(registry, OSE);
            TinyImage renewed = TinyImage.named("new");
            registry.put(OSE, renewed);

            assertThat(seed(registry, OSE).get(image(OSE))).isInstanceOf(Seeded.class);
            assertThat(JSON.readTree(cache().resolve("index.json").toFile()).path("manifests"))
                    .hasSize(1);
            assertThat(layout().image(image(OSE).publicName())
                            .orElseThrow()
                            .manifest()
                            .config()
                            .digest())
                    .isEqualTo(renewed.configDigest());
        }
    }

    @Test
    void isContentWithTheCacheWhenTheRegistryLacksTheImage() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.image(OSE);
            seed(registry, OSE);
            registry.remove(OSE);

            assertThat(seed(registry, OSE).get(image(OSE))).isInstanceOf(Present.class);
        }
    }

    @Test
    void keepsTheOldImageWhenTheRenewedOneCannotBeFetched() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            TinyImage old = TinyImage.named("old");
            registry.put(OSE, old);
            seed(registry, OSE);
            TinyImage renewed = TinyImage.named("new");
            registry.put(OSE, renewed);
            registry.corrupt(renewed.layerDigests().get(0));

            assertThat(seed(registry, OSE).get(image(OSE))).isInstanceOf(Present.class);
            assertThat(new CachedImages(cache()).importImage(image(OSE).publicName()))
                    .isEqualTo(old.configDigest());
        }
    }

    @Test
    void asksForNothingWhenItsTimeIsOver() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                RegistryClient client = RegistryKind.client(registry, folder)) {
            registry.image(OSE);

            assertThat(SeededImages.seed(cache(), client, List.of(image(OSE)), Duration.ZERO)
                            .get(image(OSE)))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.answer().words())
                                    .isEqualTo("no answer: the time for all images had run out"));
            assertThat(registry.requests()).isEmpty();
        }
    }

    @Test
    void namesNoImageWhoseLayerCameRotten() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            TinyImage image = registry.image(OSE);
            registry.image(POD);
            registry.corrupt(image.layerDigests().get(0));

            Map<SeedImage, SeedResult> results = seed(registry, OSE, POD);

            assertThat(results.get(image(OSE)))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.answer()).isInstanceOf(Broken.class));
            assertThat(results.get(image(POD))).isInstanceOf(Seeded.class);
            assertThat(layout().image(image(OSE).publicName())).isEmpty();
            assertThat(blob(image.layerDigests().get(0))).doesNotExist();
            assertThat(files()).noneMatch(file -> file.contains(".seeding/"));
        }
    }

    @Test
    void killedInTheMiddleAndRunAgainItCompletes() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            TinyImage image = TinyImage.withLayers("text", 6, 50_000);
            registry.put(OSE, image);
            String stuck = image.layerDigests().get(3);
            CountDownLatch reached = new CountDownLatch(1);
            registry.inject(
                    exchange -> {
                        reached.countDown();
                        Fault.stall(image.blobs().get(stuck)).answer(exchange);
                    },
                    1,
                    request -> request.path().endsWith(stuck));
            Process seeding = SeedProcess.start(cache(), registry.host(), OSE);
            assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
            await(() -> Files.exists(cache().resolve(".seeding").resolve(stuck.substring("sha256:".length())))
                    && image.blobs().keySet().stream()
                            .allMatch(digest -> digest.equals(stuck) || Files.exists(blob(digest))));
            seeding.destroyForcibly().waitFor();

            assertThat(layout().image(image(OSE).publicName())).isEmpty();
            registry.clearRequests();
            assertThat(seed(registry, OSE).get(image(OSE))).isInstanceOf(Seeded.class);

            assertThat(registry.requests())
                    .as("only the layer that was under way")
                    .filteredOn(BLOB)
                    .extracting(request -> request.path().replaceAll(".*/", ""))
                    .containsExactly(stuck);
            assertThat(layout().image(image(OSE).publicName())).isPresent();
            assertThat(files()).noneMatch(file -> file.contains(".seeding/"));
            if (SkopeoReadsTheCacheTest.skopeo()) {
                assertThat(SkopeoReadsTheCacheTest.layers(cache(), image(OSE).publicName()))
                        .containsExactlyElementsOf(image.layerDigests());
            }
        }
    }

    @Test
    void twoProcessesShareTheWork() throws Exception {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().latency(Duration.ofMillis(10)).start()) {
            registry.put(OSE, TinyImage.withLayers("one", 5, 1000));
            registry.put(POD, TinyImage.withLayers("two", 5, 1000));
            Process one = SeedProcess.start(cache(), registry.host(), OSE, POD);
            Process two = SeedProcess.start(cache(), registry.host(), POD, OSE);
            String said = new String(one.getInputStream().readAllBytes())
                    + new String(two.getInputStream().readAllBytes());

            assertThat(one.waitFor()).as(said).isZero();
            assertThat(two.waitFor()).as(said).isZero();
            assertThat(said).contains("Seeded[").contains("Present[").doesNotContain("Failed[");
            assertThat(registry.requests())
                    .filteredOn(BLOB)
                    .extracting(ServedRequest::path)
                    .hasSize(12)
                    .doesNotHaveDuplicates();
            assertThat(layout().image(image(OSE).publicName())).isPresent();
            assertThat(layout().image(image(POD).publicName())).isPresent();
        }
    }

    @Test
    void twoThreadsOfOneBuildShareTheWork() throws Exception {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().latency(Duration.ofMillis(10)).start()) {
            registry.put(OSE, TinyImage.withLayers("one", 5, 1000));
            CompletableFuture<SeedResult> other = CompletableFuture.supplyAsync(() -> {
                try {
                    return seed(registry, OSE).get(image(OSE));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            List<SeedResult> results = List.of(seed(registry, OSE).get(image(OSE)), other.join());

            assertThat(results).filteredOn(Seeded.class::isInstance).hasSize(1);
            assertThat(results).filteredOn(Present.class::isInstance).hasSize(1);
        }
    }

    @Test
    void givesUpWhenAnotherBuildKeepsTheCache() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                RegistryClient client = RegistryKind.client(registry, folder);
                MachineLock held = MachineLock.tryTake(
                                Files.createDirectories(cache()).resolve(".seeding.lock"), "another build")
                        .orElseThrow()) {
            assertThat(held).isNotNull();
            Files.writeString(cache().resolve(".seeding.holder"), "the build of process 42\u001b[2J");
            String log =
                    Log.of(() -> assertThatThrownBy(() -> SeededImages.seed(cache(), client, List.of(), Duration.ZERO))
                            .isInstanceOfSatisfying(ProblemException.class, failure -> assertThat(
                                            String.join("\n", failure.problem().toLines()))
                                    .startsWith("Another build is writing minishift's image cache")
                                    .contains("It is the build of process 42")
                                    .doesNotContain("\u001b")));
            assertThat(log).contains("Waiting for the build of process 42").doesNotContain("\u001b");
        }
    }

    @Test
    void saysWhatMinishiftCouldNotRead() {
        assertThatThrownBy(() -> image("a/b__c:1")).hasMessageContaining("cannot hold this name");
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                RegistryClient client = RegistryKind.client(registry, folder)) {
            assertThatThrownBy(() -> SeededImages.seed(folder.resolve("a:b"), client, List.of(), MINUTE))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("path with a colon");
        }
    }

    @Test
    void doesNotTouchAnIndexThatIsNone() throws Exception {
        Files.createDirectories(cache());
        Files.writeString(cache().resolve("index.json"), "{\"manifests\":[");
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.image(OSE);

            assertThatThrownBy(() -> seed(registry, OSE))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageStartingWith("The index of minishift's image cache cannot be read");
        }
        assertThat(cache().resolve("index.json")).hasContent("{\"manifests\":[");
    }

    private static void await(BooleanSupplier condition) {
        Deadline deadline = Deadline.in(MINUTE);
        while (!condition.getAsBoolean()) {
            assertThat(deadline.isOver()).isFalse();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private Map<SeedImage, SeedResult> seed(TestRegistry registry, String... names) throws IOException {
        try (RegistryClient client = RegistryKind.client(registry, folder)) {
            return SeededImages.seed(
                    cache(),
                    client,
                    Arrays.stream(names).map(SeededImagesTest::image).toList(),
                    MINUTE);
        }
    }

    private Path cache() {
        return folder.resolve("cache").resolve("images");
    }

    private OciLayout layout() {
        return new OciLayout(cache());
    }

    private Path blob(String digest) {
        return cache().resolve("blobs").resolve("sha256").resolve(digest.substring("sha256:".length()));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(cache())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> cache().relativize(file).toString())
                    .toList();
        }
    }
}
