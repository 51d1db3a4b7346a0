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
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.RunReport;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.registry.Fault;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.streams.Streams;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
            run(cdk, ImagesSource.CLUSTER);

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

    private RunReport run(SimulatedCdk cdk, ImagesSource source) {
        Registries registries = Registries.of(Registry.to(registry.host()).withInsecure(true));
        CdkInstallation tools = new CdkInstallation(
                Optional.of(cdk.minishift()),
                Optional.of(cdk.oc()),
                Optional.of(cdk.home()),
                Optional.empty(),
                cdk.accountHome(),
                List.of());
        ListImages.Request request = new ListImages.Request(
                new MinishiftEngine(
                        tools, Optional.of(StartSettings.of(registries)), folder, new CommandRunner(Secrets.NONE)),
                registries,
                Streams.of(List.of("openshift")),
                List.of(),
                source,
                Optional.empty(),
                Optional.empty(),
                folder.resolve("images"));
        ReportBuilder report = new ReportBuilder("images");
        new ListImages(request, report).run();
        return report.build();
    }
}
