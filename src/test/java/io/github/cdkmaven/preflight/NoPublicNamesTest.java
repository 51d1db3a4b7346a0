package io.github.cdkmaven.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.catalog.NeededImage;
import io.github.cdkmaven.catalog.Products;
import io.github.cdkmaven.catalog.Use;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.lifecycle.ImagesRequest;
import io.github.cdkmaven.lifecycle.ListImages;
import io.github.cdkmaven.lifecycle.Tools;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.registry.RegistryAccess;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.world.Mirror;
import io.github.cdkmaven.world.Site;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("No goal looks up any name but the registry's")
@EnabledForJreRange(max = JRE.JAVA_17)
class NoPublicNamesTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("(the recorder does see look-ups)")
    void recorderWorks() throws Exception {
        try (RecordedNames names = RecordedNames.start()) {
            InetAddress.getByName("localhost");

            assertThat(names.names()).containsExactly("localhost");
        }
    }

    @Test
    @DisplayName("in preflight, images, start (with the move of the ImageStreams), verify, stop and delete")
    void goals() {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCdk cdk = SimulatedCdk.in(folder.resolve("site"))
                        .version("cdk-3.10")
                        .pacing(false)
                        .create()) {
            new Mirror(registry).catalogue("v3.11.141", Products.CDK_3_10).defaultImageStreams();
            String host = registry.host().replace("127.0.0.1", "localhost");
            RegistryAccess access = RegistryAccess.to(host).withInsecure(true);
            try (RecordedNames names = RecordedNames.start()) {
                PreflightFixture.Result preflight = new PreflightFixture(cdk, access, folder)
                        .additional(NeededImage.required("quay.io/team/app:1", new Use.Additional()))
                        .run();
                assertThat(preflight.failed()).isEmpty();
                images(cdk, access);
                Site site = new Site(cdk, registry, folder.resolve("reports"));
                site.start();
                site.prove();
                site.stop();
                site.delete();

                assertThat(names.names()).containsExactly("localhost");
            }
        }
    }

    private void images(SimulatedCdk cdk, RegistryAccess access) {
        RegistryName name = RegistryName.of("registry", access.host());
        Tools tools = new Tools(
                Optional.of(cdk.minishift()),
                Optional.of(cdk.oc()),
                Optional.of(cdk.home()),
                Optional.empty(),
                cdk.accountHome(),
                List.of());
        ImagesRequest request = new ImagesRequest(
                tools,
                name,
                access,
                Relocation.byDefault(name),
                PreflightFixture.choice(List.of(), List.of()),
                List.of("openshift"),
                Optional.empty(),
                List.of(),
                ImagesRequest.ImagesSource.CATALOGUE,
                Optional.empty(),
                Optional.empty(),
                folder);
        new ListImages(request, new CommandRunner(Secrets.NONE), new ReportBuilder("images")).run();
        assertThat(folder.resolve("images/images.txt")).isNotEmptyFile();
    }
}
