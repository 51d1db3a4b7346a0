package io.github.cdkmaven.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A launcher of the simulation")
class ProgramServerTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("MINISHIFT_CPUS", "3", "MINISHIFT_ENABLE_EXPERIMENTAL", "y");

    @TempDir
    Path folder;

    private SimulatedCdk cdk;

    @BeforeEach
    void create() {
        cdk = SimulatedCdk.in(folder).version("cdk-3.10").create();
    }

    private SimulatedCdk.Output launch(boolean pipes, String input, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(cdk.minishift().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        if (!pipes) {
            builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        }
        builder.environment().putAll(ENVIRONMENT);
        Process process = builder.start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String complained = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        return pipes
                ? new SimulatedCdk.Output(exit, printed, complained)
                : new SimulatedCdk.Output(exit, Files.readString(out), Files.readString(err));
    }

    private Invocation last() {
        List<Invocation> all = cdk.journal().invocations();
        return all.get(all.size() - 1);
    }

    /** Whether the process that was called became a JVM. */
    private static boolean hadOwnJvm(Invocation invocation) {
        return invocation.processes().get(0).contains("-Xshare:auto");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version",
                "status",
                "ip",
                "console --url",
                "config view",
                "--profile other status",
                "profile list",
                "ssh -- docker ps",
                "logs --frobnicate"
            })
    @DisplayName("has a short command run by the JVM of the tests, as a JVM of its own would")
    void sameAnswer(String words) throws IOException, InterruptedException {
        SimulatedCdk.Output shared = launch(true, "", words.split(" "));
        Invocation inShared = last();
        SimulatedCdk.Output own = launch(false, "", words.split(" "));
        Invocation inOwn = last();

        assertThat(hadOwnJvm(inShared)).isFalse();
        assertThat(hadOwnJvm(inOwn)).as("its output goes to files").isTrue();
        assertThat(shared).isEqualTo(own);
        assertThat(inShared.arguments()).containsExactly(words.split(" ")).isEqualTo(inOwn.arguments());
        assertThat(inShared.environment()).containsAllEntriesOf(ENVIRONMENT).isEqualTo(inOwn.environment());
        assertThat(inShared.exit()).isEqualTo(shared.exit()).isEqualTo(inOwn.exit());
        assertThat(inShared.hadClosedStdin()).isTrue();
        assertThat(cdk.livingProcesses())
                .as("the JVM of the tests is none of them")
                .isEmpty();
    }

    @Test
    @DisplayName("passes each argument on as it is")
    void arguments() throws IOException, InterruptedException {
        launch(true, "", "version", "", " two  words ", "line\nbreak", "'\"$HOME\\");

        assertThat(hadOwnJvm(last())).isFalse();
        assertThat(last().arguments()).containsExactly("version", "", " two  words ", "line\nbreak", "'\"$HOME\\");
    }

    @Test
    @DisplayName("starts a JVM for a command that is given something to read, and for one that takes its time")
    void ownJvm() throws IOException, InterruptedException {
        launch(true, "yes\n", "version");
        assertThat(hadOwnJvm(last())).isTrue();
        assertThat(last().stdin()).isEqualTo("data");

        launch(true, "", "start", "--frobnicate");
        assertThat(hadOwnJvm(last())).isTrue();
    }

    @Test
    @DisplayName("starts a JVM where the one that wrote it has ended")
    void survivesItsMaker() throws IOException, InterruptedException {
        Process ended =
                new ProcessBuilder("true").redirectOutput(Redirect.DISCARD).start();
        ended.waitFor();
        String script = Files.readString(cdk.minishift());
        Files.writeString(
                cdk.minishift(),
                script.replace("kill -0 " + ProcessHandle.current().pid(), "kill -0 " + ended.pid()));
        Files.setPosixFilePermissions(cdk.minishift(), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(launch(true, "", "status").stdout()).isEqualTo("Does Not Exist\n");
        assertThat(hadOwnJvm(last())).isTrue();
    }
}
