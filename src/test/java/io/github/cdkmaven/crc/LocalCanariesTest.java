package io.github.cdkmaven.crc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.process.UserFolder;
import io.github.cdkmaven.sim.Invocation;
import io.github.cdkmaven.sim.SimulatedCrc;
import io.github.cdkmaven.sim.crc.CrcFault;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.world.BuildProcess;
import io.github.cdkmaven.world.Canaries;
import io.github.cdkmaven.world.InvokedLocal;
import io.github.cdkmaven.world.Mirror;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The passwords of OpenShift Local and of the registry")
class LocalCanariesTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "appear nowhere but in crc's own files, whether goals succeed or fail; a VM that is started again is told nothing anew")
    void nowhere() throws IOException {
        try (SimulatedRegistry registry = SimulatedRegistry.builder()
                        .basicAuth("ci", Canaries.REGISTRY)
                        .start();
                SimulatedCrc crc = SimulatedCrc.in(folder)
                        .configured("kubeadmin-password", "kubeadmin-canary")
                        .configured("developer-password", "developer-canary")
                        .samples(InvokedLocal.SAMPLES)
                        .pacing(false)
                        .create()) {
            new Mirror(registry).imageStreams(InvokedLocal.SAMPLES);

            BuildProcess first =
                    LocalBuild.begin(crc, registry.host(), "build", "start", "status", "verify", "console", "stop");
            assertThat(first.end()).as(first.log()).isZero();
            assertThat(crc.crcFolder().resolve("machines/crc/kubeadmin-password"))
                    .hasContent("kubeadmin-canary");
            assertThat(first.log()).contains("Changed in the cluster: ", "DEBUG");
            assertSafe(crc, first);
            List<String> once = writes(crc);
            assertThat(once).isNotEmpty();

            BuildProcess second =
                    LocalBuild.begin(crc, registry.host(), "build", "start-without-preflight", "stop", "delete");
            assertThat(second.end()).as(second.log()).isZero();
            assertThat(writes(crc)).isEqualTo(once);
            assertSafe(crc, second);

            crc.with(CrcFault.PULL_SECRET_PATCH_FAILS, CrcFault.DELETE_FAILS);
            BuildProcess failing = LocalBuild.begin(crc, registry.host(), "build", "start", "delete");
            assertThat(failing.end()).as(failing.log()).isEqualTo(1);
            assertThat(failing.log()).contains("could not store the pull secret", "the VM is still there");
            assertThat(crc.home().resolveSibling("build/debug/crc.log")).isRegularFile();
            assertSafe(crc, failing);
        }
    }

    /** Of objects of the whole cluster. */
    private static List<String> writes(SimulatedCrc crc) {
        return crc.journal().changingCalls().stream()
                .filter(call -> call.matches("(PATCH|POST|PUT) .*"))
                .toList();
    }

    private void assertSafe(SimulatedCrc crc, BuildProcess build) throws IOException {
        assertThat(shows(build.log())).as("the log").isFalse();
        for (Invocation call : crc.journal().invocations()) {
            assertThat(shows(call.arguments() + " " + call.processes()))
                    .as(call.arguments().toString())
                    .isFalse();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(crc.crcFolder()) && !file.startsWith(folder.resolve("world")))
                    .toList()) {
                assertThat(shows(Files.readString(file, StandardCharsets.ISO_8859_1)))
                        .as(file.toString())
                        .isFalse();
            }
        }
        Path reports = crc.home().resolveSibling("build");
        assertThat(List.of(reports.resolve("kubeconfig"), reports.resolve("engine.kubeconfig")))
                .as("logins of a cluster that has stopped")
                .noneMatch(Files::exists);
        assertThat(UserFolder.in(crc.home()).toFile().list((all, name) -> name.startsWith("pull-secret")))
                .isEmpty();
    }

    private static boolean shows(String text) {
        return Canaries.isIn(text) || twice().stream().anyMatch(text::contains);
    }

    /** A login within a pull secret, as crc quotes that: in Base64 of Base64. */
    private static List<String> twice() {
        String login = Base64.getEncoder().encodeToString(("ci:" + Canaries.REGISTRY).getBytes(StandardCharsets.UTF_8));
        List<String> forms = new ArrayList<>();
        for (String before : List.of("", "x", "xx")) {
            String encoded = Base64.getEncoder().encodeToString((before + login).getBytes(StandardCharsets.UTF_8));
            forms.add(encoded.substring(4, encoded.length() - 4));
        }
        return forms;
    }
}
