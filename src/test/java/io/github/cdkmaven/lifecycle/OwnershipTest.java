package io.github.cdkmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.lifecycle.StartRequest.IfRunning;
import io.github.cdkmaven.ownership.Build;
import io.github.cdkmaven.ownership.Builds;
import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.ownership.VmRecord;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.verify.VerifyPolicy;
import io.github.cdkmaven.world.Mirror;
import io.github.cdkmaven.world.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Builds that share a VM over a simulated CDK")
class OwnershipTest {

    @TempDir
    Path folder;

    private SimulatedRegistry registry;
    private SimulatedCdk cdk;
    private Site site;

    @BeforeEach
    void begin() {
        registry = SimulatedRegistry.start();
        cdk = SimulatedCdk.in(folder.resolve("site"))
                .version("cdk-3.10")
                .pacing(false)
                .create();
        new Mirror(registry).platform("openshift3/ose", cdk.openshift()).defaultImageStreams();
        site = new Site(cdk, registry, folder.resolve("reports"))
                .verify(new VerifyPolicy(true, List.of(), false, Duration.ofSeconds(30)));
    }

    @AfterEach
    void end() {
        cdk.close();
        registry.close();
    }

    @Test
    @DisplayName(
            "modules and builds start it once; it is stopped after the last of all, and neither by hand nor by a restart before that")
    void oneAfterTheOther() {
        Build web = Builds.living("web");
        site.build(web).comingModules("example:b").start();
        site.stop();
        site.module("example:b").ifRunning(IfRunning.RESTART).comingModules();
        assertThat(site.start().startedByThisBuild()).isTrue();

        site.build(Builds.living("shop")).ifRunning(IfRunning.ATTACH);
        assertThat(site.start().startedByThisBuild()).isFalse();
        assertThat(problemOf(site.build("by hand", false)::stop)).contains("another build is using it");
        assertThat(problemOf(site::delete)).contains("cannot be deleted now");
        assertThat(problemOf(site.ifRunning(IfRunning.RESTART)::start)).contains("cannot be restarted now");
        assertThat(life()).containsExactly("start");

        site.build(web).stop();
        assertThat(cdk.status()).contains("Minishift:  Running");
        site.build(Builds.living("shop")).stop();
        assertThat(life()).containsExactly("start", "stop");
        assertThat(record()).isEmpty();
    }

    @Test
    @DisplayName("what a build leaves behind, its session's end stops; nothing is left to stop for the next one")
    void sessionEnd() {
        site.build(Builds.living("web")).comingModules("example:b").start();
        site.stop();

        assertThat(site.end().sessionEnded()).isEmpty();
        assertThat(site.end().sessionEnded()).isEmpty();

        assertThat(life()).containsExactly("start", "stop");
        assertThat(record()).isEmpty();
    }

    @Test
    @DisplayName("the VM of a build that was killed is taken over, unless somebody has started it anew meanwhile")
    void takenOver() throws IOException {
        site.build(Builds.dead("killed")).start();
        assertThat(site.build(Builds.living("web")).start().startedByThisBuild())
                .isTrue();
        site.build(Builds.dead("killed too")).start();
        VmRecord abandoned = startedBy(Builds.dead("killed too"));
        place().record().write(abandoned);
        Path state = cdk.home().resolve("machines/minishift-state.json");
        Files.setLastModifiedTime(state, FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(site.build(Builds.living("shop")).start().startedByThisBuild())
                .isFalse();
        site.stop();

        assertThat(life()).containsExactly("start");
    }

    @Test
    @DisplayName(
            "a VM that a killed build was still making is deleted and made anew; one that it was starting again is stopped first")
    void halfMade() throws IOException {
        site.build(Builds.dead("killed")).start();
        place().record().write(VmRecord.starting(Builds.dead("killed"), true, Instant.now()));
        Files.delete(cdk.home().resolve("machines/minishift_kubeconfig"));

        assertThat(site.build(Builds.living("web")).start().startedByThisBuild())
                .isTrue();

        assertThat(life()).containsExactly("start", "delete", "start");
        place().record().write(VmRecord.starting(Builds.dead("killed"), false, Instant.now()));
        Files.move(cdk.home().resolve("machines/minishift_kubeconfig"), folder.resolve("kubeconfig"));
        assertThat(problemOf(site.build(Builds.living("shop"))::start)).isNotEmpty();
        assertThat(life()).startsWith("start", "delete", "start", "stop", "start");
    }

    private VmRecord startedBy(Build build) {
        return VmRecord.starting(build, false, Instant.now()).running(record().flatMap(VmRecord::mark));
    }

    private Optional<VmRecord> record() {
        return place().record().read();
    }

    private OwnershipFiles place() {
        return new OwnershipFiles(cdk.home().resolve(OwnershipFiles.FOLDER), "minishift");
    }

    /** What happened to the VM, in order. */
    private List<String> life() {
        return cdk.journal().minishiftCalls().stream()
                .map(call -> call.replaceFirst("^--profile \\S+ ", "").replaceFirst(" .*", ""))
                .filter(List.of("start", "stop", "delete")::contains)
                .toList();
    }

    private static String problemOf(Runnable goal) {
        ProblemException thrown = catchThrowableOfType(ProblemException.class, goal::run);
        assertThat(thrown).as("the goal fails").isNotNull();
        return thrown.problem().what();
    }
}
