package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.minishift.images.Products;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.world.Mirror;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

@MojoTest
@DisplayName("No goal looks up any name but the registry's")
@EnabledForJreRange(max = JRE.JAVA_17)
class NoPublicNamesTest {

    private static final Pattern GOAL = Pattern.compile("<goal>(\\w+)</goal>");

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
    @DisplayName("whichever of them is called, in the order of a site's first day")
    void goals(
            @InjectMojo(goal = "images") ImagesMojo images,
            @InjectMojo(goal = "preflight") PreflightMojo preflight,
            @InjectMojo(goal = "start") StartMojo start,
            @InjectMojo(goal = "status") StatusMojo status,
            @InjectMojo(goal = "imagestreams") ImageStreamsMojo streams,
            @InjectMojo(goal = "verify") VerifyMojo verify,
            @InjectMojo(goal = "env") EnvMojo env,
            @InjectMojo(goal = "console") ConsoleMojo console,
            @InjectMojo(goal = "stop") StopMojo stop,
            @InjectMojo(goal = "delete") DeleteMojo delete)
            throws Exception {
        Map<String, AbstractCdkMojo> goals = Map.of(
                "images", images,
                "preflight", preflight,
                "start", start,
                "status", status,
                "imagestreams", streams,
                "verify", verify,
                "env", env,
                "console", console,
                "stop", stop,
                "delete", delete);
        assertThat(goals.keySet()).as("all that there are, but for help").isEqualTo(goalsOfThePlugin());
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCdk cdk = SimulatedCdk.in(folder.resolve("site"))
                        .version("cdk-3.10")
                        .pacing(false)
                        .create()) {
            new Mirror(registry).catalogue("v3.11.141", Products.CDK_3_10).defaultImageStreams();
            String host = registry.host().replace("127.0.0.1", "localhost");
            goals.forEach((goal, mojo) -> {
                Wiring.byHand(mojo, goal, folder);
                mojo.minishift = cdk.minishift().toFile();
                mojo.home = cdk.home().toFile();
            });
            for (AbstractRegistryMojo mojo : List.of(images, streams, verify)) {
                mojo.registry = host;
                mojo.registryInsecure = true;
            }
            for (AbstractVmMojo mojo : List.of(preflight, start, status)) {
                mojo.registry = host;
                mojo.registryInsecure = true;
            }
            preflight.additionalImages = List.of("quay.io/team/app:1");
            images.additionalImages = List.of("quay.io/team/app:1");

            try (RecordedNames names = RecordedNames.start()) {
                for (AbstractCdkMojo mojo :
                        List.of(images, preflight, start, status, streams, verify, env, console, stop, delete)) {
                    mojo.execute();
                }

                assertThat(names.names()).containsExactly("localhost");
            }
        }
    }

    private static TreeSet<String> goalsOfThePlugin() throws IOException {
        try (InputStream file = PreflightMojo.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
            TreeSet<String> goals = new TreeSet<>(GOAL.matcher(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .map(MatchResult::group)
                    .map(text -> text.replaceAll("</?goal>", ""))
                    .toList());
            goals.remove("help");
            return goals;
        }
    }
}
