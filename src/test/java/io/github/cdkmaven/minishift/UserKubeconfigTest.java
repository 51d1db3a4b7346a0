package io.github.cdkmaven.minishift;

import static io.github.cdkmaven.minishift.Account.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.minishift.Account.Minishift;
import io.github.cdkmaven.minishift.Account.User;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The account's ~/.kube/config")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions and links of POSIX")
@Timeout(60)
class UserKubeconfigTest {

    private static final String MINE =
            "# Grüße\r\n" + text("prod", "prod", "test").replace("\n", "\r\n");

    @TempDir
    Path home;

    private Account account;
    private Path config;

    @BeforeEach
    void setUp() {
        account = new Account(home);
        config = account.config();
    }

    @Test
    @DisplayName("is byte for byte as before, with its permissions, and the work's result comes back")
    void isAsBefore() throws IOException {
        account.has(MINE);
        permit(config, "rw-r-----");

        String result = account.during(() -> {
            account.act(Minishift.STARTS_FIRST, User.DOES_NOTHING);
            permit(config, "rw-rw-rw-");
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(config).hasContent(MINE).content().contains("\r\n");
        assertThat(permissions(config)).isEqualTo("rw-r-----");
        assertThat(account.names()).containsExactly("config");
        assertThat(account.state()).doesNotExist();
    }

    @Test
    @DisplayName("is not touched when minishift did not touch it: what else changed, the user did")
    void isNotTouched() throws IOException {
        account.has(MINE);
        Object key = key(config);

        account.during(() -> permit(config, "rw-------"));

        assertThat(key(config)).isEqualTo(key);
        assertThat(permissions(config)).isEqualTo("rw-------");
    }

    @Test
    @DisplayName("is kept in a file of the user's own while minishift runs, which nobody else can read")
    void isKept() {
        account.has(MINE);

        account.during(() -> {
            assertThat(permissions(account.state())).isEqualTo("rw-------");
            assertThat(permissions(account.state().getParent())).isEqualTo("rwx------");
            return "";
        });

        assertThat(home.resolve(".cdk-maven-plugin")).isDirectoryNotContaining("glob:**.json");
    }

    @Test
    @DisplayName("is as before when the work failed")
    void isAsBeforeAfterAnException() {
        account.has(MINE);

        assertThatIllegalStateException()
                .isThrownBy(() -> account.during(() -> {
                    account.act(Minishift.IS_CUT_OFF, User.DOES_NOTHING);
                    throw new IllegalStateException("start failed");
                }))
                .withMessage("start failed");

        assertThat(config).hasContent(MINE);
    }

    @Test
    @DisplayName("is gone again when it was not there, and the folder with other files stays")
    void isGoneAgain() {
        Account.write(account.folder().resolve("cache"), "of kubectl");

        account.during(() -> act(Minishift.STARTS_FIRST));

        assertThat(account.names()).containsExactly("cache");
    }

    @Test
    @DisplayName("is gone again with its folder when neither was there")
    void isGoneWithItsFolder() {
        account.during(() -> act(Minishift.STARTS_FIRST));

        assertThat(account.folder()).doesNotExist();
    }

    @Test
    @DisplayName("stays where it was not there before and minishift alone did not make it")
    void isNeverDeleted() {
        account.during(() -> {
            Account.write(config, "the user's first log-in");
            return "";
        });

        assertThat(config).hasContent("the user's first log-in");
    }

    @Test
    @DisplayName("stays a symbolic link when it is one, and the linked file is as before")
    void staysALink() throws IOException {
        Path real = Files.writeString(home.resolve("dotfiles"), MINE);
        Files.createDirectories(account.folder());
        Files.createSymbolicLink(config, Path.of("../dotfiles"));

        account.during(() -> act(Minishift.STARTS_FIRST));

        assertThat(Files.readSymbolicLink(config)).isEqualTo(Path.of("../dotfiles"));
        assertThat(real).hasContent(MINE);

        account.during(() -> {
            Account.delete(config);
            Account.write(config, text("minishift", "prod", "test", "vm"));
            Account.write(account.files().kubeconfig(), text("", "vm"));
            return "";
        });

        assertThat(Files.readSymbolicLink(config)).isEqualTo(Path.of("../dotfiles"));
        assertThat(real).hasContent(MINE);
    }

    @Test
    @DisplayName("stays a link that leads nowhere, and what minishift made there is gone")
    void staysADanglingLink() throws IOException {
        Files.createDirectories(account.folder());
        Files.createSymbolicLink(config, Path.of("second"));
        Files.createSymbolicLink(account.folder().resolve("second"), Path.of("nowhere"));

        account.during(() -> act(Minishift.STARTS_FIRST));

        assertThat(account.names()).containsExactly("config", "second");
    }

    @Test
    @DisplayName("is left as a link that the user made to lead elsewhere")
    void isTheUsersLink() throws IOException {
        Account.write(home.resolve("a"), MINE);
        Account.write(home.resolve("b"), text("b", "b"));
        Files.createDirectories(account.folder());
        Files.createSymbolicLink(config, Path.of("../a"));

        account.during(() -> {
            Account.delete(config);
            return link(config, Path.of("../b"));
        });

        assertThat(Files.readSymbolicLink(config)).isEqualTo(Path.of("../b"));
        assertThat(home.resolve("a")).hasContent(MINE);
        assertThat(home.resolve("b")).hasContent(text("b", "b"));
    }

    @Test
    @DisplayName("keeps its other names when it is a hard link")
    void staysAHardLink() throws IOException {
        account.has(MINE);
        Path other = Files.createLink(home.resolve("other"), config);

        account.during(() -> act(Minishift.STARTS_FIRST));

        assertThat(Files.isSameFile(other, config)).isTrue();
        assertThat(config).hasContent(MINE);
    }

    @Test
    @DisplayName("is refused, and minishift not run, where it is a folder or a pipe")
    void isNoFile() throws Exception {
        Files.createDirectories(config);
        assertThat(refusal()).contains(config.toString());

        Files.delete(config);
        new ProcessBuilder("mkfifo", config.toString()).start().waitFor();
        assertThat(refusal()).contains(config.toString());
    }

    private String refusal() {
        ProblemException thrown = catchThrowableOfType(
                ProblemException.class,
                () -> account.during(() -> {
                    throw new AssertionError("minishift was run");
                }));
        return thrown.problem().what() + thrown.problem().evidence();
    }

    @Test
    @DisplayName("is put back by any next goal when what was kept is there, and not lost when that cannot be read")
    void isRecovered() throws IOException {
        account.has(MINE);
        byte[] kept = account.during(() -> {
            try {
                return Files.readAllBytes(account.state());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        Files.write(account.state(), kept);
        account.act(Minishift.IS_CUT_OFF, User.DOES_NOTHING);

        UserKubeconfig.recover(home);

        assertThat(config).hasContent(MINE);
        assertThat(account.state()).doesNotExist();

        Account.write(account.state(), "{");
        account.nextBuild();

        assertThat(config).hasContent(MINE);
        assertThat(account.state().resolveSibling("kubeconfig.unreadable.json")).hasContent("{");
    }

    @Test
    @DisplayName("is kept by one build after the other, whose time begins then; a third gives up and names who has it")
    void isKeptInTurns() throws Exception {
        account.has(MINE);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> account.during(() -> {
            act(Minishift.STARTS_FIRST);
            inside.countDown();
            await(leave);
            return "first";
        }));
        await(inside);
        Deadline deadline = Deadline.in(Duration.ofSeconds(30));
        Duration before = deadline.left();
        CompletableFuture<Duration> second = CompletableFuture.supplyAsync(
                () -> UserKubeconfig.during(home, account.files(), deadline, deadline::left));

        ProblemException third = catchThrowableOfType(
                ProblemException.class,
                () -> UserKubeconfig.during(home, account.files(), Deadline.in(Duration.ofSeconds(1)), () -> ""));

        assertThat(third.problem().evidence().get(0))
                .contains(System.getProperty("user.dir"))
                .contains("process " + ProcessHandle.current().pid());
        assertThat(third.problem().fix()).contains("startTimeout");
        assertThat(second).isNotDone();
        leave.countDown();
        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("first");
        assertThat(second.get(30, TimeUnit.SECONDS)).isGreaterThan(before.minusMillis(900));
        assertThat(config).hasContent(MINE);
    }

    private String act(Minishift minishift) {
        account.act(minishift, User.DOES_NOTHING);
        return "";
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path permit(Path file, String permissions) {
        try {
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path link(Path link, Path target) {
        try {
            return Files.createSymbolicLink(link, target);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
