package io.github.cdkmaven.minishift;

import static io.github.cdkmaven.minishift.Account.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.cdkmaven.minishift.Account.Minishift;
import io.github.cdkmaven.minishift.Account.User;
import io.github.cdkmaven.process.Root;
import io.github.cdkmaven.process.UserFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What minishift does × what the user does meanwhile × how the build ends: nothing of the user's is lost. */
@DisplayName("The account's ~/.kube/config, whatever minishift and the user do,")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals")
@Timeout(120)
class KeptKubeconfigTableTest {

    private static final String BASE = text("prod", "prod", "test");

    @TempDir
    Path root;

    /** One line of the table, with a home of its own that bears its name. */
    private record Line(Minishift minishift, User user, Account account) {

        static List<Line> all(Path root) {
            return Stream.of(Minishift.values())
                    .flatMap(minishift -> Stream.of(User.values())
                            .map(user -> new Line(minishift, user, new Account(root.resolve(minishift + "-" + user)))))
                    .toList();
        }

        String act() {
            account.act(minishift, user);
            return "";
        }

        /** The file is as before, or as the user has made it with the original beside it. */
        void isRight() {
            boolean users = user != User.DOES_NOTHING;
            List<String> names = new ArrayList<>();
            if (user != User.DELETES_THE_FILE) {
                names.add("config");
                assertThat(account.config()).as(toString()).hasContent(users ? asTheUserLeftIt() : BASE);
            }
            if (users) {
                names.add("config.before-minishift");
                assertThat(account.folder().resolve("config.before-minishift")).hasContent(BASE);
            } else if (minishift == Minishift.IS_CUT_OFF) {
                names.add("config.unreadable");
            }
            assertThat(account.names()).as(toString()).isEqualTo(names);
            assertThat(account.state()).doesNotExist();
        }

        private String asTheUserLeftIt() {
            Path elsewhere = account.home().resolve("expected");
            Account expected = new Account(elsewhere).has(BASE);
            expected.act(minishift, user);
            try {
                return Files.readString(expected.config());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private List<Line> lines() {
        List<Line> lines = Line.all(root);
        lines.forEach(line -> line.account().has(BASE));
        return lines;
    }

    @Test
    @DisplayName("is right when the build ends well")
    void normally() {
        assertThat(lines()).hasSize(21).allSatisfy(line -> {
            line.account().during(line::act);
            line.isRight();
        });
    }

    @Test
    @DisplayName("is right when the build fails")
    void failed() {
        assertThat(lines()).allSatisfy(line -> {
            assertThat(catchThrowable(() -> line.account().during(() -> {
                        line.act();
                        throw new IllegalStateException("start failed");
                    })))
                    .hasMessage("start failed");
            line.isRight();
        });
    }

    @Test
    @DisplayName("is right after Ctrl-C and SIGTERM, also where what minishift does is not ended in time")
    void terminated() throws Exception {
        List<Line> lines = lines();
        Account stubborn = new Account(root.resolve("stubborn")).has(BASE);

        try (Builds builds = Builds.begin(root)) {
            builds.process.destroy();
            assertThat(builds.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(lines).allSatisfy(Line::isRight);
        assertThat(stubborn.config()).hasContent(BASE);
        assertThat(stubborn.state()).doesNotExist();
    }

    @Test
    @DisplayName("is right after kill -9 and the next build, also what the user did before that one")
    void killed() throws Exception {
        List<Line> lines = lines();
        Account later = new Account(root.resolve("stubborn")).has(BASE);

        try (Builds builds = Builds.begin(root)) {
            builds.process.destroyForcibly().waitFor();
        }
        assertThat(lines).allSatisfy(line -> assertThat(line.account().state()).exists());
        later.act(Minishift.STARTS_FIRST, User.ADDS_A_CONTEXT);
        String left = Files.readString(later.config());

        assertThat(lines).allSatisfy(line -> {
            line.account().nextBuild();
            line.isRight();
        });
        later.nextBuild();
        assertThat(later.config()).hasContent(left);
        assertThat(later.folder().resolve("config.before-minishift")).hasContent(BASE);
    }

    @Test
    @DisplayName("is right when the disk is full at the end, and the next build finds room")
    @EnabledIf(value = "io.github.cdkmaven.process.Root#available", disabledReason = "only root can mount a small disk")
    void noSpace() throws Exception {
        try (AutoCloseable disk = Root.smallDisk(root, "1m")) {
            List<Line> lines = lines();
            Path filler = root.resolve("filler");
            assertThat(lines).allSatisfy(line -> {
                line.account().during(() -> {
                    line.act();
                    fill(filler);
                    return "";
                });
                Files.delete(filler);
                line.account().nextBuild();
                line.isRight();
            });
            assertThat(disk).isNotNull();
        }
    }

    @Test
    @DisplayName("is not touched, and minishift not run, when the disk is full before")
    @EnabledIf(value = "io.github.cdkmaven.process.Root#available", disabledReason = "only root can mount a small disk")
    void noSpaceBefore() throws Exception {
        try (AutoCloseable disk = Root.smallDisk(root, "1m")) {
            Account account = new Account(root.resolve("home")).has(BASE);
            account.nextBuild();
            fill(root.resolve("filler"));

            assertThat(catchThrowable(() -> account.during(() -> {
                        throw new AssertionError("minishift was run");
                    })))
                    .hasMessageContaining("could not be saved");
            assertThat(account.config()).hasContent(BASE);
            assertThat(account.names()).containsExactly("config");
            assertThat(disk).isNotNull();
        }
    }

    @Test
    @DisplayName(
            "is right in both homes where HOME is not the JVM's, as under sudo: minishift follows one and its oc the other")
    void twoHomes() throws Exception {
        Account environments = new Account(root.resolve("environment")).has(BASE);
        Account jvms = new Account(root.resolve("jvm")).has(BASE);
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + jvms.home(),
                "-cp",
                System.getProperty("java.class.path"),
                TwoHomes.class.getName());
        builder.environment().put("HOME", environments.home().toString());

        assertThat(builder.inheritIO().start().waitFor()).isZero();

        assertThat(environments.config()).hasContent(BASE);
        assertThat(jvms.config()).hasContent(BASE);
    }

    /** A build in which minishift writes below both homes. */
    static final class TwoHomes {

        private TwoHomes() {}

        public static void main(String[] arguments) {
            Account account = new Account(UserFolder.accountHome(
                    Optional.ofNullable(System.getenv("HOME")), System.getProperty("user.home")));
            Account other = new Account(Path.of(System.getProperty("user.home")));
            account.during(() -> {
                for (Account one : List.of(account, other)) {
                    one.act(Minishift.STARTS_FIRST, User.DOES_NOTHING);
                    assertThat(one.config()).content().contains("minishift");
                }
                return "";
            });
        }
    }

    private static void fill(Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] block = new byte[512];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space");
        }
    }

    /** Builds of another process, one for each line of the table, all in the midst of it. */
    private record Builds(Process process) implements AutoCloseable {

        static Builds begin(Path root) throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            OtherProcess.class.getName(),
                            root.toString())
                    .redirectErrorStream(true)
                    .start();
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            StringBuilder log = new StringBuilder();
            for (String line = out.readLine(); !"all are in".equals(line); line = out.readLine()) {
                if (line == null) {
                    throw new AssertionError(log);
                }
                log.append(line).append('\n');
            }
            return new Builds(process);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** Does all lines at once and waits to be ended; what comes back then is as if its program had been ended. */
    static final class OtherProcess {

        private OtherProcess() {}

        public static void main(String[] arguments) throws InterruptedException {
            Path root = Path.of(arguments[0]);
            List<Line> lines = Line.all(root);
            CountDownLatch in = new CountDownLatch(lines.size() + 1);
            List<Thread> threads = new ArrayList<>();
            for (Line line : lines) {
                threads.add(new Thread(() -> line.account().during(() -> sleep(line.act(), in))));
            }
            Account stubborn = new Account(root.resolve("stubborn"));
            new Thread(() -> stubborn.during(() -> {
                        stubborn.act(Minishift.STARTS_FIRST, User.DOES_NOTHING);
                        return sleep("", in);
                    }))
                    .start();
            threads.forEach(Thread::start);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> threads.forEach(Thread::interrupt)));
            in.await();
            System.out.println("all are in");
        }

        private static String sleep(String result, CountDownLatch in) {
            in.countDown();
            try {
                Thread.sleep(TimeUnit.MINUTES.toMillis(5));
            } catch (InterruptedException e) {
                return result;
            }
            return result;
        }
    }
}
