package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.report.ReportSchema;
import io.github.cdkmaven.sim.SimulatedCdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MojoTest
@DisplayName("cdk:status and cdk:delete as Maven configures them")
class StatusAndDeleteMojoTest {

    @TempDir
    Path folder;

    @Test
    @InjectMojo(goal = "status")
    @DisplayName("status tells state, address, console, owner and drift, and changes nothing")
    void running(StatusMojo mojo) throws Exception {
        try (SimulatedCdk cdk =
                SimulatedCdk.in(folder.resolve("site")).running(true).create()) {
            wire(mojo, "status", cdk);
            mojo.registry = "registry.corp.example:5000";

            mojo.execute();

            List<String> checks = checks("status");
            assertThat(checks)
                    .anyMatch(line -> line.startsWith("vm.state minishift Minishift: running, OpenShift: running"))
                    .anyMatch(line -> line.startsWith("vm.address minishift 127."))
                    .anyMatch(line -> line.startsWith("vm.console minishift https://127."))
                    .anyMatch(line ->
                            line.startsWith("vm.owner minishift started without the plugin, and no build uses it"))
                    .anyMatch(line ->
                            line.equals("vm.drift docker-opt POM: add-registry=registry.corp.example:5000, VM: –"));
            assertThat(cdk.journal().changingCalls()).isEmpty();
        }
    }

    @Test
    @InjectMojo(goal = "status")
    @DisplayName("status needs no registry, and is content without a VM")
    void absent(StatusMojo mojo) throws Exception {
        try (SimulatedCdk cdk = SimulatedCdk.in(folder.resolve("site")).create()) {
            wire(mojo, "status", cdk).execute();

            assertThat(checks("status"))
                    .containsExactly("vm.state minishift Minishift: does not exist, OpenShift: stopped");
        }
    }

    @Test
    @InjectMojo(goal = "delete")
    @DisplayName("delete deletes a running VM and leaves the cache")
    void deletes(DeleteMojo mojo) throws Exception {
        try (SimulatedCdk cdk =
                SimulatedCdk.in(folder.resolve("site")).running(true).create()) {
            wire(mojo, "delete", cdk).execute();

            assertThat(cdk.status()).isEqualTo("Does Not Exist\n");
            assertThat(cdk.home().resolve("cache/oc/v3.11.141/linux/oc")).exists();
            assertThat(cdk.journal().minishiftCalls()).contains("delete --force");
            assertThat(checks("delete")).hasSize(1);
        }
    }

    @Test
    @InjectMojo(goal = "delete")
    @DisplayName("delete says what is wrong with its parameters before it looks at any program")
    void mistakes(DeleteMojo mojo) {
        Wiring.byHand(mojo, "delete", folder);
        mojo.stopTimeout = "soon";

        assertThat(catchThrowable(mojo::execute)).hasMessageContaining("Parameter 'stopTimeout' is 'soon'");
    }

    @Test
    @InjectMojo(goal = "delete")
    @DisplayName("a wrong profile is told, and not taken for a VM that is gone")
    void wrongProfile(DeleteMojo mojo) throws Exception {
        try (SimulatedCdk cdk = SimulatedCdk.in(folder.resolve("site")).create()) {
            wire(mojo, "delete", cdk);
            mojo.profile = "nosuch";

            assertThat(catchThrowable(mojo::execute))
                    .hasMessageContaining("There is no profile 'nosuch'")
                    .hasMessageContaining("<profile>");
        }
    }

    @Test
    @InjectMojo(goal = "status")
    @DisplayName("status takes a profile that the first start is to make for one without a VM")
    void newProfile(StatusMojo mojo) throws Exception {
        try (SimulatedCdk cdk = SimulatedCdk.in(folder.resolve("site")).create()) {
            wire(mojo, "status", cdk);
            mojo.profile = "ci";

            mojo.execute();

            assertThat(checks("status")).containsExactly("vm.state ci Minishift: does not exist, OpenShift: stopped");
        }
    }

    private <M extends AbstractCdkMojo> M wire(M mojo, String goal, SimulatedCdk cdk) {
        Wiring.byHand(mojo, goal, folder);
        mojo.minishift = cdk.minishift().toFile();
        mojo.home = cdk.home().toFile();
        return mojo;
    }

    private List<String> checks(String goal) throws Exception {
        JsonNode report = ReportSchema.valid(folder.resolve("target/cdk/" + goal + "/report.json"));
        List<String> lines = new ArrayList<>();
        report.path("checks")
                .forEach(check -> lines.add(check.path("id").asText() + " "
                        + check.path("subject").asText() + " "
                        + check.path("message").asText()));
        return lines;
    }
}
