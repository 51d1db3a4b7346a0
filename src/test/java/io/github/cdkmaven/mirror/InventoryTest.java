package io.github.cdkmaven.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.catalog.Catalog;
import io.github.cdkmaven.catalog.NeededImage;
import io.github.cdkmaven.catalog.Products;
import io.github.cdkmaven.catalog.Use;
import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.RegistryAccess;
import io.github.cdkmaven.sim.registry.DockerRegistry;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.Skopeo;
import io.github.cdkmaven.sim.registry.TestRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Asking a registry for the 131 images of the ImageStreams of OpenShift 3.9")
class InventoryTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int ROUNDS_AT_8 = (131 + 7) / 8;

    @TempDir
    Path folder;

    static boolean tools() {
        return Skopeo.available() && DockerRegistry.available();
    }

    @Test
    @DisplayName("takes one greeting and one question each, at most eight at once")
    void oneQuestionEach() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            MirrorPlan plan = filled(registry);

            Inventory inventory = take(plan, registry);

            assertThat(inventory.usable()).isEqualTo(131);
            assertThat(registry.requests().stream()
                            .filter(request -> request.method().equals("HEAD")))
                    .hasSize(131);
            // TLS is tried first; the plain port takes that for a broken request.
            assertThat(registry.requests().stream()
                            .filter(request -> request.method().equals("GET")))
                    .hasSize(1)
                    .allSatisfy(request -> assertThat(request.path()).isEqualTo("/v2/"));
            assertThat(registry.maxInFlight()).isLessThanOrEqualTo(8);
        }
    }

    @Test
    @DisplayName("gives another registry of the mappings no credentials of the company's own")
    void otherRegistries() {
        try (SimulatedRegistry own =
                        SimulatedRegistry.builder().basicAuth("jane", "secret").start();
                SimulatedRegistry other = SimulatedRegistry.start()) {
            own.image("rhscl/a:1");
            other.image("team/b:1");
            RegistryName name = RegistryName.of("registry", own.host());
            MirrorPlan plan = MirrorPlan.of(
                    List.of(
                            NeededImage.required("registry.access.redhat.com/rhscl/a:1", new Use.Stream("a", "1")),
                            NeededImage.required("quay.io/team/b:1", new Use.Additional())),
                    name,
                    new Relocation(List.of(
                            new Mapping("registry.access.redhat.com", own.host()),
                            new Mapping("quay.io", other.host()))));
            RegistryAccess access =
                    RegistryAccess.to(own.host()).withInsecure(true).withCredentials(new Credentials("jane", "secret"));

            assertThat(Inventory.take(plan, access, MINUTE).usable()).isEqualTo(2);
            assertThat(other.requests()).isNotEmpty().allSatisfy(request -> assertThat(request.authorization())
                    .isEmpty());
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "cdk.benchmark", matches = "true")
    @EnabledIf("tools")
    @DisplayName("is at least ten times as fast as skopeo inspect in a loop (benchmark)")
    void againstSkopeo() {
        try (DockerRegistry registry = DockerRegistry.start()) {
            MirrorPlan plan = filled(registry);
            Skopeo skopeo = new Skopeo(folder, Map.of());
            String loop = plan.images().stream()
                    .map(image -> "skopeo inspect --raw --tls-verify=false docker://" + image.target() + " >/dev/null")
                    .collect(Collectors.joining("\n"));
            long theirs =
                    nanos(() -> assertThat(skopeo.line(folder, loop).exit()).isZero());

            long ours = best(() -> take(plan, registry));

            System.out.printf("131 images: skopeo inspect %d ms, ours %d ms%n", theirs / 1_000_000, ours / 1_000_000);
            assertThat(theirs).isGreaterThan(10 * ours);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "cdk.benchmark", matches = "true")
    @DisplayName("takes at most one and a half of the round trips that eight at once need, at 10 ms (benchmark)")
    void againstTheLimit() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().latency(Duration.ofMillis(10)).start()) {
            MirrorPlan plan = filled(registry);

            long ours = best(() -> take(plan, registry));

            long limit = Duration.ofMillis(10L * ROUNDS_AT_8).toNanos();
            System.out.printf("131 images at 10 ms: %d ms, limit %d ms%n", ours / 1_000_000, limit / 1_000_000);
            assertThat(ours).isLessThan(limit * 3 / 2);
        }
    }

    private static long best(Runnable work) {
        return LongStream.range(0, 20).map(run -> nanos(work)).min().orElseThrow();
    }

    private static long nanos(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }

    private static MirrorPlan filled(TestRegistry registry) {
        RegistryName name = RegistryName.of("registry", registry.host());
        MirrorPlan plan = MirrorPlan.of(
                Catalog.of("v3.9.31", Products.CDK_3_5).stream()
                        .filter(image -> image.use() instanceof Use.Stream)
                        .toList(),
                name,
                Relocation.byDefault(name));
        plan.images()
                .forEach(image ->
                        registry.image(image.target().path() + image.target().suffix()));
        return plan;
    }

    private static Inventory take(MirrorPlan plan, TestRegistry registry) {
        return Inventory.take(plan, RegistryAccess.to(registry.host()).withInsecure(true), MINUTE);
    }
}
