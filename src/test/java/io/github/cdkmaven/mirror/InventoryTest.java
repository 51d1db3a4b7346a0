package io.github.cdkmaven.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.minishift.images.Catalog;
import io.github.cdkmaven.minishift.images.Products;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.ImageFormats;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.registry.RegistryClients;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TestRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Asking a registry for the 131 images of the ImageStreams of OpenShift 3.9")
class InventoryTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

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
            Relocation relocation = new Relocation(List.of(
                    new Mapping("registry.access.redhat.com", own.host()), new Mapping("quay.io", other.host())));
            MirrorPlan plan = MirrorPlan.of(
                    List.of(
                            NeededImage.required("registry.access.redhat.com/rhscl/a:1", new Purpose.Stream("a", "1")),
                            NeededImage.required("quay.io/team/b:1", new Purpose.Additional())),
                    name,
                    relocation);
            Registry access =
                    Registry.to(own.host()).withInsecure(true).withCredentials(new Credentials("jane", "secret"));

            try (RegistryClients registries = new RegistryClients(Registries.of(access, relocation))) {
                assertThat(Inventory.take(plan, registries, MINUTE).usable()).isEqualTo(2);
            }
            assertThat(other.requests()).isNotEmpty().allSatisfy(request -> assertThat(request.authorization())
                    .isEmpty());
        }
    }

    @Test
    @DisplayName("counts an OCI image as usable for an OpenShift that reads it, and as one to mirror for the others")
    void oci() {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                RegistryClients docker = new RegistryClients(
                        Registries.of(Registry.to(registry.host()).withInsecure(true)))) {
            RegistryName name = RegistryName.of("registry", registry.host());
            MirrorPlan plan = MirrorPlan.of(
                    List.of(NeededImage.required(
                            "registry.redhat.io/ubi9/perl-532", new Purpose.Stream("perl", "5.32"))),
                    name,
                    Relocation.byDefault(name));
            registry.put("ubi9/perl-532:latest", TinyImage.ociIndex("perl", "amd64", "arm64"));

            Inventory four = Inventory.ofWholeImages(plan, docker.reading(ImageFormats.DOCKER_AND_OCI), MINUTE);
            assertThat(four.usable()).isEqualTo(1);
            assertThat(four.missingOf(plan).isEmpty()).isTrue();
            Inventory three = Inventory.ofWholeImages(plan, docker, MINUTE);
            assertThat(three.usable()).isZero();
            assertThat(three.missingOf(plan).images()).hasSize(1);
        }
    }

    private static MirrorPlan filled(TestRegistry registry) {
        RegistryName name = RegistryName.of("registry", registry.host());
        MirrorPlan plan = MirrorPlan.of(
                Catalog.of("v3.9.31", Products.CDK_3_5).stream()
                        .filter(image -> image.use() instanceof Purpose.Stream)
                        .toList(),
                name,
                Relocation.byDefault(name));
        plan.images()
                .forEach(image ->
                        registry.image(image.target().path() + image.target().suffix()));
        return plan;
    }

    private static Inventory take(MirrorPlan plan, TestRegistry registry) {
        try (RegistryClients registries =
                new RegistryClients(Registries.of(Registry.to(registry.host()).withInsecure(true)))) {
            return Inventory.take(plan, registries, MINUTE);
        }
    }
}
