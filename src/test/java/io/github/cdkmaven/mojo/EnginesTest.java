package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.cluster.ClusterLogin;
import io.github.cdkmaven.minishift.CdkInstallation;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.world.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The engine")
class EnginesTest {

    private static final Optional<Path> KUBECONFIG = Optional.of(Path.of("/etc/shared.kubeconfig"));
    private static final Optional<Path> MINISHIFT = Optional.of(Path.of("/opt/cdk/minishift"));

    private static final Optional<Path> CRC = Optional.of(Path.of("/opt/crc/crc"));

    @TempDir
    Path path;

    private String chosen(String engine, Optional<Path> minishift, Optional<Path> kubeconfig) {
        return chosen(engine, minishift, Optional.empty(), kubeconfig);
    }

    private String chosen(String engine, Optional<Path> minishift, Optional<Path> crc, Optional<Path> kubeconfig) {
        ParameterReader reader = new ParameterReader();
        CdkInstallation tools = new CdkInstallation(
                minishift, Optional.empty(), Optional.empty(), Optional.empty(), path, List.of(path));
        String name = new Engines(
                        reader,
                        engine,
                        tools,
                        crc,
                        kubeconfig.map(
                                file -> new ClusterLogin(file, Optional.empty(), new CommandRunner(Secrets.NONE))),
                        Map.of(),
                        path,
                        new CommandRunner(Secrets.NONE))
                .name();
        reader.complete();
        return name;
    }

    private String refusal(String engine, Optional<Path> minishift, Optional<Path> kubeconfig) {
        return String.join(
                "\n",
                catchThrowableOfType(ProblemException.class, () -> chosen(engine, minishift, kubeconfig))
                        .problem()
                        .toLines());
    }

    private void onPath(String program) throws IOException {
        Files.createFile(
                path.resolve(program),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    @Test
    @DisplayName("is the one of what is given")
    void given() {
        assertThat(chosen("auto", Optional.empty(), KUBECONFIG)).isEqualTo("cluster");
        assertThat(chosen("auto", MINISHIFT, Optional.empty())).isEqualTo("minishift");
        assertThat(chosen("AUTO", Optional.empty(), Optional.empty())).isEqualTo("minishift");
    }

    @Test
    @DisplayName("is crc where only that is given, also beside a minishift on the PATH")
    void crcGiven() throws IOException {
        onPath("minishift");

        assertThat(chosen("auto", Optional.empty(), CRC, Optional.empty())).isEqualTo("crc");
        assertThat(chosen("crc", Optional.empty(), Optional.empty())).isEqualTo("crc");
        assertThat(catchThrowableOfType(ProblemException.class, () -> chosen("auto", MINISHIFT, CRC, KUBECONFIG))
                        .problem()
                        .toLines())
                .asString()
                .contains("<minishift> and <crc> and <kubeconfig>", "<engine>crc</engine>", "/opt/crc/crc");
    }

    @Test
    @DisplayName("has to be named where two of them are given")
    void twoGiven() {
        assertThat(refusal("auto", MINISHIFT, KUBECONFIG))
                .contains("<minishift>", "<kubeconfig>", "<engine>", "-Dcdk.engine", "/opt/cdk/minishift");
        assertThat(chosen("cluster", MINISHIFT, KUBECONFIG)).isEqualTo("cluster");
        assertThat(chosen("minishift", MINISHIFT, KUBECONFIG)).isEqualTo("minishift");
    }

    @Test
    @DisplayName(
            "is minishift before crc where nothing is given and both are on the PATH, and how to choose the other is told")
    void onThePath() throws IOException {
        onPath("crc");
        assertThat(chosen("auto", Optional.empty(), Optional.empty())).isEqualTo("crc");
        onPath("minishift");

        assertThat(Log.of(() -> assertThat(chosen("auto", Optional.empty(), Optional.empty()))
                        .isEqualTo("minishift")))
                .contains("<engine>crc</engine>");
        assertThat(chosen("auto", Optional.empty(), KUBECONFIG)).isEqualTo("cluster");
    }

    @Test
    @DisplayName("'cluster' wants a kubeconfig")
    void clusterWithoutKubeconfig() {
        assertThat(refusal("cluster", Optional.empty(), Optional.empty()))
                .contains("<kubeconfig>", "-Dcdk.kubeconfig", "~/.kube/config");
    }

    @Test
    @DisplayName("is none of another name")
    void unknown() {
        assertThat(refusal("minikube", Optional.empty(), Optional.empty()))
                .contains("'engine'", "minikube", "auto, minishift, crc, cluster");
    }
}
