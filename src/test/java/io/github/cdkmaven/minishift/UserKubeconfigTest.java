package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The account's ~/.kube/config")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions and links of POSIX")
class UserKubeconfigTest {

    private static final byte[] MINE = "kind: Config\r\n# Grüße, \0\n".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    Path account;

    private Path folder;
    private Path config;

    @BeforeEach
    void setUp() {
        folder = account.resolve(".kube");
        config = folder.resolve("config");
    }

    @Test
    @DisplayName("is byte for byte as before, with its permissions, and the work's result comes back")
    void isAsBefore() throws IOException {
        mine("rw-r-----");

        String result = UserKubeconfig.during(account, () -> {
            write(config, "written by minishift");
            permit(config, "rw-rw-rw-");
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(config).hasBinaryContent(MINE);
        assertThat(permissions(config)).isEqualTo("rw-r-----");
        assertThat(names(folder)).containsExactly("config");
    }

    @Test
    @DisplayName("has its permissions back when only these were changed")
    void hasItsPermissionsBack() throws IOException {
        mine("rw-------");

        UserKubeconfig.during(account, () -> permit(config, "rw-r--r--"));

        assertThat(permissions(config)).isEqualTo("rw-------");
    }

    @Test
    @DisplayName("is not touched when nobody touched it")
    void isNotTouched() throws IOException {
        mine("rw-------");
        Object key = Files.readAttributes(config, java.nio.file.attribute.BasicFileAttributes.class)
                .fileKey();

        UserKubeconfig.during(account, () -> "nothing");

        assertThat(Files.readAttributes(config, java.nio.file.attribute.BasicFileAttributes.class)
                        .fileKey())
                .isEqualTo(key);
    }

    @Test
    @DisplayName("is as before when the work failed")
    void isAsBeforeAfterAnException() throws IOException {
        mine("rw-------");

        assertThatIllegalStateException()
                .isThrownBy(() -> UserKubeconfig.during(account, () -> {
                    write(config, "half a");
                    throw new IllegalStateException("start failed");
                }))
                .withMessage("start failed");

        assertThat(config).hasBinaryContent(MINE);
    }

    @Test
    @DisplayName("is back when the work deleted it")
    void isBackWhenDeleted() throws IOException {
        mine("rw-------");

        UserKubeconfig.during(account, () -> delete(config));

        assertThat(config).hasBinaryContent(MINE);
        assertThat(permissions(config)).isEqualTo("rw-------");
    }

    @Test
    @DisplayName("is back when the work deleted its folder too")
    void isBackWhenItsFolderWasDeleted() throws IOException {
        mine("rw-------");

        UserKubeconfig.during(account, () -> {
            delete(config);
            return delete(folder);
        });

        assertThat(config).hasBinaryContent(MINE);
    }

    @Test
    @DisplayName("is gone again when it was not there, and the folder with other files stays")
    void isGoneAgain() throws IOException {
        Files.createDirectories(folder);
        write(folder.resolve("cache"), "of kubectl");

        UserKubeconfig.during(account, () -> write(config, "written by minishift"));

        assertThat(names(folder)).containsExactly("cache");
    }

    @Test
    @DisplayName("leaves an empty folder that was there before")
    void leavesAnEmptyFolder() throws IOException {
        Files.createDirectories(folder);

        UserKubeconfig.during(account, () -> write(config, "written by minishift"));

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @DisplayName("is gone again with its folder when neither was there")
    void isGoneWithItsFolder() {
        UserKubeconfig.during(account, () -> {
            assertThat(folder.toFile().mkdir()).isTrue();
            return write(config, "written by minishift");
        });

        assertThat(folder).doesNotExist();
    }

    @Test
    @DisplayName("leaves no folder behind when the work made only that")
    void leavesNoFolderBehind() {
        UserKubeconfig.during(account, () -> folder.toFile().mkdir());

        assertThat(folder).doesNotExist();
    }

    @Test
    @DisplayName("stays a link when it is one, and the linked file is as before")
    void staysALink() throws IOException {
        Path real = Files.write(account.resolve("dotfiles"), MINE);
        Files.createDirectories(folder);
        Files.createSymbolicLink(config, real);

        UserKubeconfig.during(account, () -> write(config, "written by minishift"));

        assertThat(Files.isSymbolicLink(config)).isTrue();
        assertThat(real).hasBinaryContent(MINE);
    }

    @Test
    @DisplayName("is a link again when the work put a file in the link's place")
    void isALinkAgain() throws IOException {
        Path real = Files.write(account.resolve("dotfiles"), MINE);
        Files.createDirectories(folder);
        Files.createSymbolicLink(config, real);

        UserKubeconfig.during(account, () -> {
            delete(config);
            return write(config, "written by minishift");
        });

        assertThat(config).hasBinaryContent(MINE);
        assertThat(real).hasBinaryContent(MINE);
        assertThat(Files.isSymbolicLink(config)).isTrue();
    }

    @Test
    @DisplayName("is kept by one build after the other")
    void isKeptInTurns() throws Exception {
        mine("rw-------");
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> UserKubeconfig.during(account, () -> {
            write(config, "by the first");
            inside.countDown();
            await(leave);
            return "first";
        }));
        await(inside);
        CompletableFuture<String> second =
                CompletableFuture.supplyAsync(() -> UserKubeconfig.during(account, () -> read(config)));

        assertThat(second).isNotDone();
        leave.countDown();

        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("first");
        assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(new String(MINE, StandardCharsets.ISO_8859_1));
        assertThat(config).hasBinaryContent(MINE);
    }

    private void mine(String permissions) throws IOException {
        Files.createDirectories(folder);
        Files.write(config, MINE);
        permit(config, permissions);
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    }

    private static Path permit(Path file, String permissions) {
        return unchecked(() -> Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions)));
    }

    private static Path write(Path file, String text) {
        return unchecked(() -> Files.writeString(file, text));
    }

    private static String read(Path file) {
        return unchecked(() -> Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    private static boolean delete(Path file) {
        return unchecked(() -> Files.deleteIfExists(file));
    }

    private static Stream<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    private static void await(CountDownLatch latch) {
        unchecked(() -> {
            try {
                return latch.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
    }

    private interface Io<T> {
        T run() throws IOException;
    }

    private static <T> T unchecked(Io<T> io) {
        Supplier<T> supplier = () -> {
            try {
                return io.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        return supplier.get();
    }
}
