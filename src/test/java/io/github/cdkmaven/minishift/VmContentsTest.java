package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.engine.MachineEngine.Pull;
import io.github.cdkmaven.engine.RegistryPolicy;
import io.github.cdkmaven.minishift.VmShell.Output;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What the VM's docker is asked")
class VmContentsTest {

    private static final RegistryPolicy ANY = new RegistryPolicy(List.of(), List.of(), List.of());

    @TempDir
    Path folder;

    @Test
    @DisplayName("proves nothing when it does not answer")
    void silentDocker() {
        for (List<Output> answers : List.of(
                List.of(new Output(0, "a"), new Output(1, "no daemon")),
                List.of(new Output(1, "no daemon"), new Output(0, "a")))) {
            assertThat(catchThrowableOfType(
                            ProblemException.class,
                            () -> VmContents.of(answers, ANY, ProxyAuthority.OF_MINISHIFT, "recreate it")))
                    .hasMessage("The docker in the VM does not answer.");
        }
    }

    @Test
    @DisplayName("is to pull each image, and to remove what it could pull, and nothing where there is nothing to pull")
    void pulls() throws IOException {
        Path script = Files.writeString(folder.resolve("minishift"), """
                #!/bin/sh
                echo "$*" >> "${0%/*}/calls"
                case "$*" in
                  *"docker pull"*) printf 'no\ncdk-exit-status=1\nyes\ncdk-exit-status=0\n' ;;
                  *) echo cdk-exit-status=0 ;;
                esac
                """);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        MinishiftEngine engine = new MinishiftEngine(
                new CdkInstallation(
                        Optional.of(script),
                        Optional.empty(),
                        Optional.of(folder.resolve("home")),
                        Optional.empty(),
                        folder,
                        List.of()),
                Optional.empty(),
                folder,
                new CommandRunner(Secrets.NONE));

        assertThat(engine.pull(List.of(), Duration.ofMinutes(1))).isEmpty();
        assertThat(folder.resolve("calls")).doesNotExist();
        assertThat(engine.pull(List.of("quay.io/a:1", "hub.example:5000/b:1"), Duration.ofMinutes(1)))
                .containsExactly(
                        new Pull("quay.io/a:1", false, "no\n", "no"),
                        new Pull("hub.example:5000/b:1", true, "yes\n", "yes"));
        assertThat(Files.readAllLines(folder.resolve("calls")))
                .containsExactly(
                        "ssh -- docker pull quay.io/a:1 2>&1; echo cdk-exit-status=$?; docker pull hub.example:5000/b:1"
                                + " 2>&1; echo cdk-exit-status=$?",
                        "ssh -- docker rmi hub.example:5000/b:1 2>&1; echo cdk-exit-status=$?");
    }
}
