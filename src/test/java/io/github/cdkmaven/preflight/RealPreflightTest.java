package io.github.cdkmaven.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.minishift.images.Catalog;
import io.github.cdkmaven.minishift.images.Products;
import io.github.cdkmaven.mirror.MirrorFiles;
import io.github.cdkmaven.mirror.MirrorPlan;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.registry.DockerRegistry;
import io.github.cdkmaven.sim.registry.Skopeo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName(
        "Preflight against a real docker-registry that lacks two of the 131 images of the ImageStreams of OpenShift 3.9")
@EnabledIf("available")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealPreflightTest {

    private static final List<String> LACKING =
            List.of("rhscl/mysql-57-rhel7:latest", "openshift3/jenkins-2-rhel7:v3.9");

    private static final String PREFIX = "mirror/redhat";

    private SimulatedCdk cdk;
    private DockerRegistry outside;

    /** Holds all images but two, with and without the prefix. */
    private DockerRegistry inside;

    @TempDir
    Path folder;

    static boolean available() {
        return Skopeo.available() && DockerRegistry.available();
    }

    @BeforeAll
    void prepare(@TempDir Path site) {
        cdk = SimulatedCdk.in(site).version("cdk-3.5").create();
        outside = DockerRegistry.start();
        inside = DockerRegistry.start();
        plan(outside.host()).images().parallelStream().forEach(image -> {
            String name = image.source().path() + image.source().suffix();
            outside.image(name);
            if (!LACKING.contains(name)) {
                inside.image(name);
                inside.image(PREFIX + "/" + name);
            }
        });
    }

    @AfterAll
    void close() {
        cdk.close();
        inside.close();
        outside.close();
    }

    @ParameterizedTest(name = "fails, names them, and passes once {0} has run, with the path prefix \"{1}\"")
    @CsvSource({
        "missing.skopeo-copy.sh, ''",
        "missing.skopeo-sync.sh, ''",
        "missing.skopeo-copy.sh, " + PREFIX,
        "missing.skopeo-sync.sh, " + PREFIX
    })
    void failsAndPasses(String script, String prefix) throws IOException {
        String place = prefix.isEmpty() ? inside.host() : inside.host() + "/" + prefix;
        MirrorPlan plan = plan(place);
        PreflightFixture preflight =
                new PreflightFixture(cdk, Registry.to(inside.host()).withInsecure(true), folder);
        if (!prefix.isEmpty()) {
            preflight.prefix(prefix);
        }

        PreflightFixture.Result before = preflight.run();

        assertThat(before.check("image.found").message())
                .isEqualTo((plan.images().size() - 2) + " of " + plan.images().size() + " images are in the registry");
        assertThat(before.failed())
                .extracting(Check::id, Check::subject, Check::message)
                .containsExactlyInAnyOrder(
                        tuple(
                                "image.missing",
                                place + "/rhscl/mysql-57-rhel7:latest",
                                "the registry has no such image; needed for image stream mysql:5.7"),
                        tuple(
                                "image.missing",
                                place + "/openshift3/jenkins-2-rhel7:v3.9",
                                "the registry has no such image; needed for image stream jenkins:2"));
        assertThat(before.problem()).isPresent();
        assertThat(Files.readAllLines(preflight.images().resolve("missing.txt")).stream()
                        .filter(line -> !line.isEmpty() && !line.startsWith("#")))
                .containsExactly(
                        "registry.access.redhat.com/openshift3/jenkins-2-rhel7:v3.9",
                        "registry.access.redhat.com/rhscl/mysql-57-rhel7:latest");

        assertThat(preflight.images().resolve("missing.mapping.txt"))
                .content()
                .contains("/rhscl/mysql-57-rhel7:latest=" + place + "/rhscl/mysql-57-rhel7:latest\n")
                .contains("/openshift3/jenkins-2-rhel7:v3.9=" + place + "/openshift3/jenkins-2-rhel7:v3.9\n");

        Skopeo.Result run = skopeo().script(preflight.images().resolve(script));
        assertThat(run.exit()).as(run.output()).isZero();
        PreflightFixture.Result after = preflight.run();
        LACKING.forEach(name -> inside.remove(prefix.isEmpty() ? name : prefix + "/" + name));

        assertThat(after.failed()).isEmpty();
        assertThat(after.problem()).isEmpty();
        assertThat(preflight.images().resolve("missing.txt")).doesNotExist();
    }

    @ParameterizedTest(
            name = "finds in an empty registry what {0} of cdk:images has copied there, with the path prefix \"{1}\"")
    @CsvSource({"skopeo-sync.sh, ''", "skopeo-copy.sh, mirror"})
    void fillsAnEmptyRegistry(String script, String prefix) {
        try (DockerRegistry empty = DockerRegistry.start()) {
            PreflightFixture preflight =
                    new PreflightFixture(cdk, Registry.to(empty.host()).withInsecure(true), folder);
            if (!prefix.isEmpty()) {
                preflight.prefix(prefix);
            }
            MirrorPlan plan = plan(preflight.registry().toString());
            // Each image is a process of its own.
            MirrorPlan some = plan.only(image -> plan.images().indexOf(image) % 8 == 0);
            new MirrorFiles(folder, "OpenShift v3.9.31", true, "amd64").write(some);

            Skopeo.Result run = skopeo().script(folder.resolve(script));

            assertThat(run.exit()).as(run.output()).isZero();
            assertThat(preflight.run().check("image.found").message())
                    .isEqualTo(some.images().size() + " of " + plan.images().size() + " images are in the registry");
        }
    }

    private Skopeo skopeo() {
        return new Skopeo(folder, Map.of("registry.access.redhat.com", outside.host()));
    }

    private static MirrorPlan plan(String registry) {
        RegistryName name = RegistryName.of("registry", registry);
        MirrorPlan plan = MirrorPlan.of(Catalog.of("v3.9.31", Products.CDK_3_5), name, Relocation.byDefault(name));
        assertThat(plan.images()).hasSize(131 + 12);
        return plan;
    }
}
