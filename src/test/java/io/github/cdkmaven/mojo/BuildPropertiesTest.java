package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.cdkmaven.lifecycle.HandedFiles;
import io.github.cdkmaven.lifecycle.StartedCdk;
import io.github.cdkmaven.registry.Credentials;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Server;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a module's build is handed")
class BuildPropertiesTest {

    private static final String FAILSAFE = "failsafe.systemPropertiesFile";
    private static final String SUREFIRE = "surefire.systemPropertiesFile";

    private final MavenSession session = mock(MavenSession.class);
    private final MavenProject module = new MavenProject(new Model());
    private final HandedFiles files = new HandedFiles(Path.of("/builds/module/target/cdk"));
    private final Properties user = new Properties();

    private BuildProperties properties() {
        when(session.getUserProperties()).thenReturn(user);
        when(session.getRequest()).thenReturn(request);
        return new BuildProperties(session, module);
    }

    private final DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();

    private StartedCdk started() {
        return started("s3cr3t");
    }

    private StartedCdk started(String token) {
        return new StartedCdk(
                "192.0.2.1",
                "https://192.0.2.1:8443",
                Optional.empty(),
                "registry.corp.example:5000",
                files,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("172.30.1.1:5000"),
                Optional.of("registry.apps.example"),
                Optional.of(new Credentials("cdk", token)),
                true);
    }

    @Test
    @DisplayName("reaches its tests by the file that Failsafe and Surefire read, until it needs the cluster no longer")
    void tests() {
        properties().set(started());

        assertThat(module.getProperties())
                .containsEntry(FAILSAFE, files.properties().toString())
                .containsEntry(SUREFIRE, files.properties().toString())
                .containsEntry("cdk.apiUrl", "https://192.0.2.1:8443")
                .containsEntry("cdk.pushLogin", files.pushLogin().toString());
        assertThat(module.getProperties().toString()).doesNotContain("s3cr3t");

        properties().clear(files);
        assertThat(module.getProperties())
                .doesNotContainKeys(FAILSAFE, SUREFIRE)
                .containsKey("cdk.apiUrl");
    }

    @Test
    @DisplayName("leaves the file that the POM or the command line gives to the tests")
    void filesOfOthers() {
        module.getProperties().setProperty(FAILSAFE, "own.properties");
        user.setProperty(SUREFIRE, "other.properties");

        properties().set(started());
        properties().clear(files);

        assertThat(module.getProperties())
                .containsEntry(FAILSAFE, "own.properties")
                .doesNotContainKey(SUREFIRE);
    }

    @Test
    @DisplayName(
            "lets other plugins log in to OpenShift's own registry by the token of the last start, unless settings.xml does")
    void login() {
        properties().set(started("of an earlier start"));
        properties().set(started());

        assertThat(request.getServers())
                .singleElement()
                .extracting(Server::getId, Server::getUsername, Server::getPassword)
                .containsExactly("registry.apps.example", "cdk", "s3cr3t");

        Server own = new Server();
        own.setId("registry.apps.example");
        own.setPassword("own");
        request.setServers(java.util.List.of(own));
        properties().set(started());
        assertThat(request.getServers()).containsExactly(own);
    }
}
