package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdkmaven.problem.ProblemException;
import java.util.List;
import java.util.Properties;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A password in the open")
class PlaintextSecretsTest {

    @ParameterizedTest
    @ValueSource(strings = {"password", "registryPassword", "proxyPasswd", "cdk.token", "clientSecret", "credentials"})
    @DisplayName("is refused by its element's name, wherever Maven would have ignored it, and is not repeated")
    void inThePlugin(String element) {
        Plugin plugin = new Plugin();
        plugin.setConfiguration(configuration("<registry>r.example:5000</registry>", element));

        assertRefused(plugin, element);
    }

    @Test
    @DisplayName("is refused in the configuration of the execution that runs")
    void inTheExecution() {
        Plugin plugin = new Plugin();
        PluginExecution execution = new PluginExecution();
        execution.setId("start");
        execution.setConfiguration(configuration("", "registryPassword"));
        plugin.addExecution(execution);

        assertRefused(plugin, "registryPassword");
    }

    @Test
    @DisplayName("is refused as a property of the command line or the POM")
    void asProperty() {
        assertThatThrownBy(() -> PlaintextSecrets.refuse(
                        execution(new Plugin()),
                        properties("cdk.registryPassword"),
                        properties("cdk.registry", "cdk.rh.token")))
                .hasMessageContaining(": cdk.registryPassword, cdk.rh.token.")
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    @DisplayName("is not seen in the ids of servers, nor in other plugins' properties")
    void nothingToRefuse() {
        Plugin plugin = new Plugin();
        plugin.setConfiguration("""
                <configuration>
                  <registryServerId>token-of-trust</registryServerId>
                  <startArguments><startArgument>--password</startArgument></startArguments>
                </configuration>
                """);

        assertThatCode(() -> PlaintextSecrets.refuse(
                        execution(plugin), properties("cdk.registryServerId", "db.password", "sonar.token")))
                .doesNotThrowAnyException();
    }

    private static void assertRefused(Plugin plugin, String element) {
        assertThatThrownBy(() -> PlaintextSecrets.refuse(execution(plugin), new Properties()))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(
                                String.join("\n", e.problem().toLines()))
                        .contains("<" + element + ">")
                        .contains("<registryServerId> (-Dcdk.registryServerId)")
                        .doesNotContain("hunter2"));
    }

    private static String configuration(String before, String element) {
        return "<configuration>\n  " + before + "\n  <" + element + ">hunter2</" + element + ">\n</configuration>";
    }

    private static MojoExecution execution(Plugin plugin) {
        return new MojoExecution(plugin, "start", "start");
    }

    private static Properties properties(String... names) {
        Properties properties = new Properties();
        List.of(names).forEach(name -> properties.setProperty(name, "hunter2"));
        return properties;
    }
}
