package io.github.cdkmaven.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.registry.RegistryClients;
import io.github.cdkmaven.sim.registry.DockerRegistry;
import io.github.cdkmaven.sim.registry.Skopeo;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The real skopeo, given the files for the registry's team,")
@EnabledIf("available")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealSkopeoTest {

    private DockerRegistry outside;
    private String pinned;
    private String pinnedList;
    private Skopeo skopeo;

    @TempDir
    Path folder;

    static boolean available() {
        return Skopeo.available() && DockerRegistry.available();
    }

    @BeforeAll
    void fillTheRegistryThatPlaysThePublicOnes() {
        outside = DockerRegistry.start();
        outside.image("openshift3/ose:v3.9.31");
        outside.image("rhscl/mysql-57-rhel7:latest");
        outside.image("fuse7/fuse-java-openshift:1.0");
        outside.image("fuse7/fuse-java-openshift:1.10");
        outside.put("rhscl/as-oci:1", TinyImage.oci("oci"));
        outside.put("rhscl/as-list:1", TinyImage.list("list", "s390x", "amd64"));
        pinned = outside.put("team/pinned:1", TinyImage.named("pinned"));
        pinnedList = outside.put("team/list:1", TinyImage.list("pinned", "s390x", "amd64"));
    }

    @BeforeEach
    void playThePublicRegistries() {
        skopeo = new Skopeo(
                folder,
                Map.of(
                        "registry.access.redhat.com", outside.host(),
                        "registry.redhat.io", outside.host(),
                        "docker.io", outside.host()));
    }

    @AfterAll
    void close() {
        outside.close();
    }

    @ParameterizedTest(name = "copies all images by {0} to a registry with the prefix \"{1}\"")
    @CsvSource({"skopeo-sync.sh,''", "skopeo-sync.sh,/mirror/deep", "skopeo-copy.sh,''", "skopeo-copy.sh,/mirror/deep"})
    void copies(String script, String prefix) {
        try (DockerRegistry inside = DockerRegistry.start()) {
            MirrorPlan plan = plan(inside, prefix, tagged());
            new MirrorFiles(folder, "OpenShift v3.9.31", true, "amd64").write(plan);

            Skopeo.Result result = skopeo.script(folder.resolve(script));

            assertThat(result.exit()).as(result.output()).isZero();
            assertThat(look(inside, plan).missingOf(plan).images()).isEmpty();
            assertThat(look(inside, plan).usable()).isEqualTo(tagged().size());
        }
    }

    @Test
    @DisplayName("keeps the digest of what is named by one")
    void keepsDigests() {
        try (DockerRegistry inside = DockerRegistry.start()) {
            List<NeededImage> images = List.of(
                    NeededImage.required("team/pinned@" + pinned, new Purpose.Additional()),
                    NeededImage.required("team/list:1@" + pinnedList, new Purpose.Additional()));
            MirrorPlan plan = plan(inside, "", images);
            new MirrorFiles(folder, "OpenShift v3.9.31", true, "amd64").write(plan);

            Skopeo.Result result = skopeo.script(folder.resolve("skopeo-copy.sh"));

            assertThat(result.exit()).as(result.output()).isZero();
            assertThat(look(inside, plan).usable()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("runs each YAML by the very line in its comment")
    void runsTheLineOfTheComment() throws IOException {
        try (DockerRegistry inside = DockerRegistry.start()) {
            MirrorPlan plan = plan(inside, "/mirror", tagged());
            new MirrorFiles(folder, "OpenShift v3.9.31", true, "amd64").write(plan);
            Path yamls = folder.resolve("skopeo-sync");
            try (Stream<Path> files = Files.list(yamls)) {
                for (Path yaml : files.toList()) {
                    String line = Files.readAllLines(yaml).stream()
                            .filter(text -> text.startsWith("#   skopeo"))
                            .findFirst()
                            .orElseThrow()
                            .substring(1);
                    Skopeo.Result result = skopeo.line(yamls, line);
                    assertThat(result.exit()).as(result.output()).isZero();
                }
            }

            assertThat(look(inside, plan).usable()).isEqualTo(tagged().size());
        }
    }

    @Test
    @DisplayName("goes on after an image that is not there, and exits 1")
    void goesOn() {
        try (DockerRegistry inside = DockerRegistry.start()) {
            List<NeededImage> images = List.of(
                    NeededImage.required("registry.access.redhat.com/rhscl/aaa:1", new Purpose.Stream("a", "1")),
                    NeededImage.required(
                            "registry.access.redhat.com/rhscl/mysql-57-rhel7", new Purpose.Stream("b", "1")));
            MirrorPlan plan = plan(inside, "", images);
            new MirrorFiles(folder, "OpenShift v3.9.31", true, "amd64").write(plan);

            assertThat(skopeo.script(folder.resolve("skopeo-copy.sh"), "--retry-times=0")
                            .exit())
                    .isEqualTo(1);
            assertThat(look(inside, plan).usable()).isEqualTo(1);
            assertThat(skopeo.script(folder.resolve("skopeo-sync.sh")).exit()).isEqualTo(1);
        }
    }

    private static List<NeededImage> tagged() {
        return List.of(
                NeededImage.required("registry.access.redhat.com/openshift3/ose:v3.9.31", new Purpose.Platform("")),
                NeededImage.required(
                        "registry.access.redhat.com/rhscl/mysql-57-rhel7", new Purpose.Stream("mysql", "5.7")),
                NeededImage.required("registry.access.redhat.com/rhscl/as-oci:1", new Purpose.Stream("oci", "1")),
                NeededImage.required("registry.access.redhat.com/rhscl/as-list:1", new Purpose.Stream("list", "1")),
                NeededImage.required(
                        "registry.redhat.io/fuse7/fuse-java-openshift:1.0", new Purpose.Stream("fuse", "1.0")),
                NeededImage.required(
                        "registry.redhat.io/fuse7/fuse-java-openshift:1.10", new Purpose.Stream("fuse", "1.10")));
    }

    private static MirrorPlan plan(DockerRegistry inside, String prefix, List<NeededImage> images) {
        RegistryName name = RegistryName.of("registry", inside.host() + prefix);
        return MirrorPlan.of(images, name, Relocation.byDefault(name));
    }

    private static Inventory look(DockerRegistry inside, MirrorPlan plan) {
        try (RegistryClients registries =
                new RegistryClients(Registries.of(Registry.to(inside.host()).withInsecure(true)))) {
            return Inventory.take(plan, registries, Duration.ofMinutes(1));
        }
    }
}
