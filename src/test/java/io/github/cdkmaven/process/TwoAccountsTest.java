package io.github.cdkmaven.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Another account of the machine")
@EnabledIf(value = "io.github.cdkmaven.process.Root#available", disabledReason = "only root can act as another account")
class TwoAccountsTest {

    /** Tries what was ever a way to hold a lock or read a secret: an open, which a lock needs, and a listing. */
    private static final String TRY =
            "for file; do cat \"$file\" && echo READ; (: >> \"$file\") && echo WRITTEN; done; true";

    @TempDir
    Path root;

    private Path home;

    @BeforeEach
    void homeThatAllMayEnter() throws IOException {
        permit(root, "rwxr-xr-x");
        home = Files.createDirectory(root.resolve("home"));
        permit(home, "rwxr-xr-x");
    }

    @Test
    @DisplayName("can neither read what is kept in the user's folder nor hold a lock there")
    void reachesNothing() throws IOException {
        Path folder = UserFolder.create(home);
        Path lock = folder.resolve("kubeconfig.lock");
        Path secret = folder.resolve("kubeconfig.json");
        AtomicFile.writePrivate(secret, "token: CANARY");
        try (MachineLock held = MachineLock.tryTake(lock, "a build").orElseThrow()) {
            assertThat(Root.asNobody(TRY, secret, lock))
                    .noneMatch(List.of("READ", "WRITTEN")::contains)
                    .noneMatch(line -> line.contains("CANARY"));
            assertThat(held).isNotNull();
        }
        assertThat(Root.asNobody("mkdir \"$1/.cdk-maven-plugin.2\"", home))
                .last()
                .isEqualTo("1");
    }

    @Test
    @DisplayName("cannot open a lock, which is what locking takes, though all may look into its folder")
    void opensNoLock() throws IOException {
        Path open = Files.writeString(home.resolve("open.lock"), "");
        permit(open, "rw-r--r--");
        for (Path lock : List.of(home.resolve("new.lock"), open)) {
            MachineLock.tryTake(lock, "a build").orElseThrow().close();

            assertThat(Root.asNobody("(: < \"$1\") || (: >> \"$1\")", lock))
                    .last()
                    .isEqualTo("2");
        }
    }

    @Test
    @DisplayName("can plant no folder and no link in a home where all may write: the build says so and writes nowhere")
    void plantsNothing() throws IOException {
        permit(home, "rwxrwxrwx");
        Path folder = UserFolder.in(home);

        Root.asNobody("mkdir -m 777 \"$1\"", folder);
        assertThat(refusal()).anyMatch(line -> line.contains("belongs to"));
        assertThat(folder).isEmptyDirectory();
        Files.delete(folder);

        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        permit(elsewhere, "rwxrwxrwx");
        Root.asNobody("ln -s \"$2\" \"$1\"", folder, elsewhere);
        assertThat(refusal()).anyMatch(line -> line.contains("link"));
        assertThat(elsewhere).isEmptyDirectory();
    }

    private List<String> refusal() {
        return catchThrowableOfType(ProblemException.class, () -> UserFolder.create(home))
                .problem()
                .toLines();
    }

    @Test
    @DisplayName("finds no private file readable, not even where one took the place of a readable one")
    void readsNoPrivateFile() throws IOException {
        Path file = Files.writeString(home.resolve("kubeconfig"), "old");
        permit(file, "rw-r--r--");

        AtomicFile.writePrivate(file, "token: CANARY");

        assertThat(Root.asNobody(TRY, file)).noneMatch(List.of("READ", "WRITTEN")::contains);
    }

    @Test
    @DisplayName("owns, in its home, what root makes there for it: its next build can use it")
    void ownsWhatRootMakes() throws IOException {
        Path nobodys = Files.createDirectory(root.resolve("nobody"));
        Files.setAttribute(nobodys, "unix:uid", 65534);
        Path folder = UserFolder.create(nobodys);
        Path lock = folder.resolve("kubeconfig.lock");
        MachineLock.tryTake(lock, "sudo").orElseThrow().close();
        UserFolder.handOver(lock);

        assertThat(Root.asNobody("ls \"$1\" && (: >> \"$2\")", folder, lock)).containsExactly("kubeconfig.lock", "0");
    }

    private static void permit(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
