package io.github.cdkmaven.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.problem.ProblemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Whether a VM is left up when a build has done with it")
class StopDecisionTest {

    private static final Build WEB = Builds.living("example:web");
    private static final Build SHOP = Builds.living("example:shop");

    @TempDir
    Path home;

    private OwnershipFiles files;

    @BeforeEach
    void files() {
        files = new OwnershipFiles(home.resolve(OwnershipFiles.FOLDER), "minishift");
        files.create();
    }

    @Test
    @DisplayName("the last build that uses it stops it")
    void last() {
        assertThat(reason(startedBy(WEB).usedBy(WEB), WEB)).isEmpty();
    }

    @Test
    @DisplayName("more modules of the build are waited for, and the build stays responsible")
    void moreModules() {
        assertThat(reason(startedBy(WEB).usedBy(WEB), WEB, "example:b", "example:c"))
                .contains("The VM is left running for more modules of this build: example:b, example:c");

        assertThat(record().use(WEB)).contains(new Use(WEB, java.util.Set.of()));
    }

    @Test
    @DisplayName("another build that still uses it becomes responsible for it, and stops it")
    void otherBuild() {
        assertThat(reason(startedBy(WEB).usedBy(WEB).usedBy(SHOP), WEB).orElseThrow())
                .contains("left running for the build of example:shop");

        assertThat(record().isStartedBy(SHOP)).isTrue();
        assertThat(reason(record(), SHOP)).isEmpty();
    }

    @Test
    @DisplayName("a build that waits to use it is not made to start it again")
    void waitingBuild() {
        Optional<String> reason = new WaitingBuilds(files)
                .during(SHOP, () -> reason(startedBy(WEB).usedBy(WEB), WEB));

        assertThat(reason.orElseThrow()).contains("left running for the build of example:shop");
        assertThat(reason(startedBy(WEB).usedBy(WEB), WEB))
                .as("when nobody waits")
                .isEmpty();
    }

    @Test
    @DisplayName("a build that was killed is not waited for")
    void deadBuild() {
        Build dead = Builds.dead("example:dead");

        assertThat(reason(startedBy(WEB).usedBy(WEB).usedBy(dead), WEB)).isEmpty();
        assertThat(reason(startedBy(dead).usedBy(dead).usedBy(WEB), WEB))
                .as("its VM is stopped by the one that is left")
                .isEmpty();
    }

    @Test
    @DisplayName("what a person has started stays up")
    void byHand() {
        assertThat(reason(startedBy(Builds.byHand("/home/joe")).usedBy(WEB), WEB)
                        .orElseThrow())
                .contains("not started by a build");
        assertThat(reason(VmRecord.ofSomebodyElse().usedBy(WEB), WEB).orElseThrow())
                .contains("not started by a build");
        assertThat(record().uses()).isEmpty();
    }

    @Test
    @DisplayName("with keepRunning it stays up, also for later builds, until it is stopped by hand")
    void kept() {
        assertThat(reason(startedBy(WEB).usedBy(WEB), decision(WEB, true, List.of()))
                        .orElseThrow())
                .isEqualTo("The VM is kept running, since cdk.keepRunning is set; 'the stop' stops it.");
        assertThat(reason(record().usedBy(SHOP), SHOP).orElseThrow()).contains("kept on purpose");
        assertThat(reason(record(), Builds.byHand("/home/joe"))).isEmpty();
    }

    @Test
    @DisplayName("what is half-way is stopped, whoever waits for it")
    void halfWay() {
        VmRecord half = VmRecord.starting(WEB, true, Instant.now()).usedBy(WEB);

        assertThat(new WaitingBuilds(files).during(SHOP, () -> reason(half, WEB)))
                .isEmpty();
        assertThat(reason(
                        VmRecord.starting(Builds.byHand("/home/joe"), true, Instant.now()), Builds.byHand("/home/joe")))
                .isEmpty();
    }

    @Test
    @DisplayName("nobody pulls it away by hand under a build that uses it: that build is named")
    void pulledAway() {
        ProblemException thrown = catchThrowableOfType(
                ProblemException.class,
                () -> reason(startedBy(WEB).usedBy(Builds.module(WEB, "example:it")), Builds.byHand("/home/joe")));

        assertThat(thrown.problem().what()).contains("cannot be stopped now");
        assertThat(thrown.problem().evidence())
                .containsExactly("it is used by the build of example:web (process "
                        + ProcessHandle.current().pid() + "), in example:it");
    }

    private static VmRecord startedBy(Build build) {
        return VmRecord.starting(build, true, Instant.now()).running(Optional.empty());
    }

    private VmRecord record() {
        return files.record().read().orElseThrow();
    }

    private Optional<String> reason(VmRecord record, Build build, String... coming) {
        return reason(record, decision(build, false, List.of(coming)));
    }

    private Optional<String> reason(VmRecord record, StopDecision decision) {
        files.record().write(record);
        return decision.reasonToLeaveItUp(record);
    }

    private StopDecision decision(Build build, boolean keepRunning, List<String> coming) {
        return new StopDecision(build, keepRunning, () -> coming, files, "'the stop'");
    }
}
