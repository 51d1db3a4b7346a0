package io.github.cdkmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.world.Mirror;
import io.github.cdkmaven.world.Site;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("cdk:start")
class StartCdkTest {

    @TempDir
    Path folder;

    @Test
    void starts() {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCdk cdk = SimulatedCdk.in(folder).version("cdk-3.5").create()) {
            new Mirror(registry).platform("openshift3/ose", "v3.9.31").defaultImageStreams();
            Site site = new Site(cdk, registry, folder.resolve("reports"));
            site.startTimeout(java.time.Duration.ofSeconds(30));
            StartedCdk started;
            try {
                started = site.start();
            } catch (io.github.cdkmaven.problem.ProblemException e) {
                System.out.println(e.problem().toLines());
                System.out.println(cdk.journal().clusterRequests().subList(0, 25));
                throw e;
            }
            System.out.println(started + " " + site.report().path("summary"));
            site.start();
            System.out.println(site.report().path("summary"));
            site.stop();
            assertThat(cdk.status()).contains("Stopped");
            System.out.println(cdk.journal().minishiftCalls());
            System.out.println(cdk.journal().outsideContacts());
            System.out.println(cdk.journal().changingCalls());
        }
    }
}
