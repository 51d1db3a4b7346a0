package io.github.cdkmaven.preflight;

import io.github.cdkmaven.engine.NeededImages;
import io.github.cdkmaven.engine.ToyEngine;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.mirror.Purpose;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ReportBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A preflight of an engine that needs some images and nothing else. */
final class OneImagePreflight {

    private static final ClusterAccess CLUSTER = ClusterAccess.to(URI.create("https://192.0.2.1:8443"));

    private OneImagePreflight() {}

    /** What was found. */
    static List<Check> of(Registry access, String image, Path folder) {
        return of(access, List.of(image), folder);
    }

    static List<Check> of(Registry access, List<String> images, Path folder) {
        return of(access, images, folder, "v3.11.0");
    }

    /** The same for an engine that runs some OpenShift. */
    static List<Check> of(Registry access, List<String> images, Path folder, String openshift) {
        ReportBuilder report = new ReportBuilder("preflight");
        PreflightRequest request = new PreflightRequest(
                List.of(),
                new ToyEngine(folder, CLUSTER) {
                    @Override
                    public NeededImages images() {
                        return new NeededImages(openshift, List.of(), Optional.empty());
                    }
                },
                Optional.of(Registries.of(access)),
                true,
                PreflightFixture.choice(List.of(), List.of()),
                false,
                images.stream()
                        .map(image ->
                                NeededImage.required("registry.access.redhat.com/" + image, new Purpose.Additional()))
                        .toList(),
                folder.resolve("images"));
        try {
            new Preflight(request).run(report);
        } catch (ProblemException e) {
            // It is in the checks.
        }
        return report.build().checks();
    }
}
