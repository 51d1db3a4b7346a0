package io.github.cdkmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdkmaven.lifecycle.ListImages.ImagesSource;
import io.github.cdkmaven.minishift.CdkInstallation;
import io.github.cdkmaven.minishift.MinishiftEngine;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.RunReport;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.registry.Fault;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import io.github.cdkmaven.streams.Streams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("cdk:images")
class ListImagesTest {

    @TempDir
    Path folder;

    private SimulatedRegistry registry;

    @BeforeEach
    void open() {
        registry = SimulatedRegistry.start();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    @DisplayName("lists what a running cluster names, from a cluster that was found by minishift's own kubeconfig")
    void cluster() {
        try (SimulatedCdk cdk = SimulatedCdk.in(folder.resolve("site"))
                .version("cdk-3.10")
                .running(true)
                .create()) {
            cdk.pods(Json.parse("""
                    {"kind": "Pod", "apiVersion": "v1", "metadata": {"namespace": "shop", "name": "web-1"},
                     "spec": {"containers": [{"name": "c", "image": "%sa"}]}}""".formatted("a/".repeat(6_000))));

            RunReport report = run(cdk, ImagesSource.CLUSTER);

            assertThat(report.checks(CheckOutcome.WARN))
                    .filteredOn(check -> check.id().equals("images.unusable"))
                    .singleElement()
                    .satisfies(check -> assertThat(check.message())
                            .contains("shop/web-1", "not in the lists")
                            .hasSizeLessThan(300));
            assertThat(folder.resolve("images/images.txt"))
                    .content()
                    .contains("jenkins-2-rhel7")
                    .doesNotContain("fuse-java-openshift");
        }
    }

    @Test
    @DisplayName("goes on without a cluster when the catalogue was asked too, and fails when the cluster alone was")
    void noCluster() {
        try (SimulatedCdk cdk =
                SimulatedCdk.in(folder.resolve("site")).version("cdk-3.10").create()) {
            RunReport report = run(cdk, ImagesSource.BOTH);

            assertThat(report.checks())
                    .anySatisfy(check -> assertThat(check.id()).isEqualTo("images.cluster"));
            assertThat(folder.resolve("images/images.txt")).content().contains("fuse-java-openshift");
            assertThatThrownBy(() -> run(cdk, ImagesSource.CLUSTER)).isInstanceOf(ProblemException.class);
        }
    }

    @Test
    @DisplayName(
            "lists what the catalogue and a running cluster name, each image once, and leaves out only what got no answer")
    void both() {
        try (SimulatedCdk cdk = SimulatedCdk.in(folder.resolve("site"))
                .version("cdk-3.10")
                .running(true)
                .create()) {
            registry.image("openshift3/jenkins-2-rhel7:v3.11");
            registry.inject(Fault.status(500), 9, request -> request.path().contains("/openshift3/ose-pod/manifests/"));

            RunReport report = run(cdk, ImagesSource.BOTH);

            assertThat(folder.resolve("images/images.txt"))
                    .content()
                    .contains("fuse-java-openshift")
                    .containsOnlyOnce("jenkins-2-rhel7:v3.11\n");
            assertThat(folder.resolve("images/images.lock"))
                    .content()
                    .contains(registry.host() + "/openshift3/jenkins-2-rhel7:v3.11@sha256:");
            assertThat(folder.resolve("images/missing.txt"))
                    .content()
                    .contains("/openshift3/ose-deployer:v3.11.141\n")
                    .doesNotContain("openshift3/jenkins-2-rhel7:v3.11\n", "openshift3/ose-pod:v3.11.141\n");
            assertThat(report.notes()).anyMatch(note -> note.startsWith("The registry gave no answer about 1 of "));
        }
    }

    @Test
    @DisplayName("names folder, files, number and size, and lists on the page what is missing")
    void tellsWhatItWrote() {
        try (SimulatedCdk cdk =
                SimulatedCdk.in(folder.resolve("site")).version("cdk-3.10").create()) {
            registry.put("openshift3/ose-pod:v3.11.141", TinyImage.withLayers("pod", 2, 700_000));
            registry.put("openshift3/ose-deployer:v3.11.141", TinyImage.withLayers("pod", 2, 700_000));

            RunReport report = run(cdk, ImagesSource.CATALOGUE);

            assertThat(report.notes())
                    .anySatisfy(note -> assertThat(note)
                            .contains(
                                    folder.resolve("images").toString(), "images.txt", "skopeo-copy.sh", "mapping.txt")
                            .containsPattern("\\b\\d+ images for OpenShift v3.11.141"))
                    .anySatisfy(
                            note -> assertThat(note).contains("holds 2 of ", "1.4 MB", "missing.txt", "images.lock"));
            assertThat(report.checks(CheckOutcome.WARN))
                    .allSatisfy(check -> assertThat(check.id()).isEqualTo("images.missing"))
                    .extracting(Check::subject)
                    .contains(registry.host() + "/openshift3/ose-control-plane:v3.11.141")
                    .doesNotContain(registry.host() + "/openshift3/ose-pod:v3.11.141");
        }
    }

    @Test
    @DisplayName("leaves no list of an earlier run beside new ones when the registry cannot be asked")
    void noOldLists() {
        try (SimulatedCdk cdk =
                SimulatedCdk.in(folder.resolve("site")).version("cdk-3.10").create()) {
            run(cdk, ImagesSource.CATALOGUE);
            assertThat(folder.resolve("images/missing.txt")).exists();
            assertThat(folder.resolve("images/images.lock")).exists();

            registry.inject(Fault.status(500), Integer.MAX_VALUE);
            RunReport report = run(cdk, ImagesSource.CATALOGUE);

            assertThat(report.notes()).anyMatch(note -> note.startsWith("The registry could not be asked"));
            try (Stream<Path> files = Files.list(folder.resolve("images"))) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder(
                                "images.txt", "mapping.txt", "skopeo-copy.sh", "skopeo-sync.sh", "skopeo-sync");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private RunReport run(SimulatedCdk cdk, ImagesSource source) {
        Registries registries = Registries.of(Registry.to(registry.host()).withInsecure(true));
        CdkInstallation tools = new CdkInstallation(
                Optional.of(cdk.minishift()),
                Optional.of(cdk.oc()),
                Optional.of(cdk.home()),
                Optional.empty(),
                cdk.accountHome(),
                List.of());
        MinishiftEngine engine = new MinishiftEngine(
                tools, Optional.of(StartSettings.of(registries)), folder, new CommandRunner(Secrets.NONE));
        ListImages.Request request = new ListImages.Request(
                engine,
                engine::images,
                registries,
                Streams.of(List.of("openshift")),
                List.of(),
                source,
                folder.resolve("images"));
        ReportBuilder report = new ReportBuilder("images");
        new ListImages(request, report).run();
        return report.build();
    }
}
