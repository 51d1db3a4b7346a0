package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdkmaven.report.ReportSchema;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.world.Log;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MojoTest
@DisplayName("What a shell and a browser need")
class EnvAndConsoleTest {

    @TempDir
    Path folder;

    private static String printed(Wired mojo) throws Exception {
        PrintStream out = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            mojo.execute();
        } finally {
            System.setOut(out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private interface Wired {
        void execute() throws Exception;
    }

    private Path kubeconfig(SimulatedCluster cluster) throws Exception {
        return Files.writeString(folder.resolve("given"), cluster.kubeconfigYaml("kube:admin"));
    }

    @Test
    @InjectMojo(goal = "env")
    @DisplayName("is printed for the shell alone, and names a private kubeconfig that holds the login")
    void env(EnvMojo mojo) throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.builder().openshift("4.19.0").pacing(false).start()) {
            mojo.kubeconfig = kubeconfig(cluster).toFile();
            mojo.oc = folder.resolve("tools/oc").toFile();
            Wiring.byHand(mojo, "env", folder);

            String lines = printed(mojo::execute);

            Path written = folder.resolve("target/cdk/kubeconfig");
            assertThat(lines)
                    .contains(
                            "export KUBECONFIG='" + written + "'\n",
                            "export PATH='" + folder.resolve("tools") + "':\"$PATH\"\n")
                    .doesNotContain("DOCKER_HOST");
            assertThat(written).content().contains(cluster.url().toString());
            String token = Files.readString(folder.resolve("given")).replaceFirst("(?s).*token: (\\S+).*", "$1");
            assertThat(lines).doesNotContain(token);
            assertThat(folder.resolve("target/cdk/env/report.json")).content().doesNotContain(token);
        }
    }

    @Test
    @InjectMojo(goal = "env")
    @DisplayName("is all that Maven prints with -q, also where there is something to warn of")
    void quiet(EnvMojo mojo) throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.builder().openshift("4.19.0").pacing(false).start()) {
            mojo.kubeconfig = kubeconfig(cluster).toFile();
            Wiring.byHand(mojo, "env", folder);
            mojo.mojoExecution.setConfiguration(
                    Xpp3DomBuilder.build(new StringReader("<configuration><home>/data/cdk</home></configuration>")));
            mojo.session.getRequest().getUserProperties().setProperty("cdk.home", "/elsewhere");

            String log = Log.of(() -> assertThatNoException().isThrownBy(() -> printed(mojo::execute)));

            assertThat(log).contains("-Dcdk.home").doesNotContain("WARN", "ERROR");
        }
    }

    @Test
    @InjectMojo(goal = "env")
    @MojoParameter(name = "shell", value = "fish")
    @DisplayName("is not there for a shell that is not known")
    void unknownShell(EnvMojo mojo) {
        Wiring.byHand(mojo, "env", folder);

        assertThatThrownBy(mojo::execute).hasMessageContaining("'shell'").hasMessageContaining("powershell");
    }

    @Test
    @InjectMojo(goal = "console")
    @DisplayName("is an address, and the users that may log in there")
    void console(ConsoleMojo mojo) throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.builder().openshift("v3.11.0").pacing(false).start()) {
            mojo.kubeconfig = kubeconfig(cluster).toFile();
            Wiring.byHand(mojo, "console", folder).execute();

            assertThat(folder.resolve("target/cdk/console/report.json"))
                    .content()
                    .contains(cluster.url() + "/console", "kube:admin");
            assertThat(ReportSchema.valid(folder.resolve("target/cdk/console/report.json"))
                            .path("checks"))
                    .hasSize(2);
        }
    }
}
