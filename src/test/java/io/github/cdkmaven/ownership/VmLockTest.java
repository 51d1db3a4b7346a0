package io.github.cdkmaven.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The lock of a VM")
class VmLockTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path home;

    @Test
    @DisplayName("lets the modules of one build in one after the other")
    void modulesTakeTurns() throws Exception {
        Build build = Builds.living("example:root");
        AtomicInteger inside = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Integer>> most = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String module = "example:" + i;
            most.add(threads.submit(
                    () -> VmLock.during(files(), Builds.module(build, module), LONG, "startTimeout", () -> {
                        int now = inside.incrementAndGet();
                        sleep(50);
                        inside.decrementAndGet();
                        return now;
                    })));
        }
        threads.shutdown();
        for (Future<Integer> one : most) {
            assertThat(one.get()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("names the module of this build that has it for too long, and what to set")
    void tooLong() {
        VmLock lock = VmLock.take(files(), Builds.living("example:web"), SHORT, "startTimeout");
        try {
            ProblemException thrown = catchThrowableOfType(
                    ProblemException.class,
                    () -> VmLock.take(files(), Builds.living("example:shop"), SHORT, "startTimeout"));

            assertThat(thrown.problem().what()).contains("'minishift'").contains("another build");
            assertThat(thrown.problem().evidence()).first().asString().contains("the build of example:web");
            assertThat(thrown.problem().fix()).contains("-Dcdk.startTimeout").contains("<profile>");
        } finally {
            lock.close();
        }
        VmLock.take(files(), Builds.living("example:shop"), SHORT, "startTimeout")
                .close();
    }

    @Test
    @DisplayName("is for one profile: another VM of the same home is free")
    void byProfile() {
        VmLock.during(
                files(),
                Builds.living("example:web"),
                SHORT,
                "startTimeout",
                () -> VmLock.during(
                        new OwnershipFiles(home.resolve("cdk-maven-plugin"), "ci"),
                        Builds.living("example:shop"),
                        SHORT,
                        "startTimeout",
                        () -> true));
    }

    @Test
    @DisplayName("is another process's as long as that lives, and names it; kill -9 sets it free")
    void otherProcess() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        home.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = other.inputReader(StandardCharsets.UTF_8)) {
            awaitLine(out, "held");
            ProblemException thrown = catchThrowableOfType(
                    ProblemException.class,
                    () -> VmLock.take(files(), Builds.living("example:shop"), SHORT, "stopTimeout"));
            assertThat(thrown.problem().evidence())
                    .first()
                    .asString()
                    .contains("the build of example:other (process " + other.pid() + ")");
        } finally {
            other.destroyForcibly().waitFor();
        }

        VmLock.take(files(), Builds.living("example:shop"), LONG, "stopTimeout").close();
    }

    /** Takes the lock and keeps it. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) {
            OwnershipFiles files =
                    new OwnershipFiles(Path.of(arguments[0]).resolve(OwnershipFiles.FOLDER), "minishift");
            VmLock.take(files, Builds.living("example:other"), LONG, "startTimeout");
            System.out.println("held");
            sleep(60_000);
        }
    }

    private static void awaitLine(BufferedReader out, String text) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals(text)) {
                return;
            }
        }
        throw new AssertionError("the other process has ended");
    }

    private OwnershipFiles files() {
        return new OwnershipFiles(home.resolve(OwnershipFiles.FOLDER), "minishift");
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
