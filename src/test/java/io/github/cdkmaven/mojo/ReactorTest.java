package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.maven.execution.BuildFailure;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The modules that are still to use the CDK")
class ReactorTest {

    private static final Consumer<PluginExecution> PLAIN = execution -> {};

    private final DefaultMavenExecutionResult result = new DefaultMavenExecutionResult();
    private final Properties user = new Properties();
    private final List<MavenProject> projects = new ArrayList<>();
    private final List<MavenProject> stopped = new ArrayList<>();

    @Test
    @DisplayName(
            "are those of the reactor that start it, without the one that asks, those that have failed, and those that have stopped it")
    void all() {
        MavenProject first = module("first", PLAIN);
        module("second", PLAIN);
        result.addBuildSummary(new BuildFailure(module("failed", PLAIN), 1, new Exception()));
        stopped.add(module("stopped", PLAIN));
        projects.add(new MavenProject(new Model()));

        assertThat(coming(first)).containsExactly("example:second");
    }

    @Test
    @DisplayName("are none beside the last one")
    void last() {
        assertThat(coming(module("only", PLAIN))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<skip>true</skip>", "<skip> ${opt.out} </skip>", "<skip>${only.here}</skip>"})
    @DisplayName("are not those that opt out by configuration, wherever its value comes from")
    void configured(String configuration) {
        user.setProperty("opt.out", "true");
        module("other", execution -> configure(execution, configuration))
                .getProperties()
                .setProperty("only.here", "true");

        assertThat(coming(module("this", PLAIN))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<skip>false</skip>", "<skip>${unknown}</skip>", "<registry>r:5000</registry>"})
    @DisplayName("are those whose configuration does not opt out, though a property would")
    void configuredOtherwise(String configuration) {
        MavenProject other = module("other", execution -> configure(execution, configuration));
        if (configuration.contains("false")) {
            other.getProperties().setProperty("cdk.skip", "true");
        }

        assertThat(coming(module("this", PLAIN))).containsExactly("example:other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cdk.skip", "skipTests", "skipITs", "maven.test.skip"})
    @DisplayName("are not those that opt out by a property")
    void property(String name) {
        module("other", PLAIN).getProperties().setProperty(name, "true");

        assertThat(coming(module("this", PLAIN))).isEmpty();
        user.setProperty(name, "false");
        assertThat(coming(projects.get(1))).as("the command line wins").containsExactly("example:other");
    }

    @Test
    @DisplayName("are not those that bind it to no phase, or other goals only")
    void unbound() {
        module("none", execution -> execution.setPhase("none"));
        module("verifies", execution -> execution.setGoals(List.of("verify")));

        assertThat(coming(module("this", PLAIN))).isEmpty();
    }

    private List<String> coming(MavenProject module) {
        MavenSession session = mock(MavenSession.class);
        when(session.getProjects()).thenReturn(projects);
        when(session.getResult()).thenReturn(result);
        when(session.getUserProperties()).thenReturn(user);
        when(session.getSystemProperties()).thenReturn(new Properties());
        return new Reactor(session, "io.github.cdkmaven:cdk-maven-plugin", stopped::contains).comingBeside(module);
    }

    private MavenProject module(String name, Consumer<PluginExecution> change) {
        PluginExecution execution = new PluginExecution();
        execution.setGoals(List.of("start", "stop"));
        change.accept(execution);
        Plugin plugin = new Plugin();
        plugin.setGroupId("io.github.cdkmaven");
        plugin.setArtifactId("cdk-maven-plugin");
        plugin.addExecution(execution);
        Model model = new Model();
        model.setGroupId("example");
        model.setArtifactId(name);
        model.setVersion("1");
        model.setBuild(new Build());
        model.getBuild().addPlugin(plugin);
        MavenProject project = new MavenProject(model);
        projects.add(project);
        return project;
    }

    private static void configure(PluginExecution execution, String xml) {
        try {
            execution.setConfiguration(
                    Xpp3DomBuilder.build(new StringReader("<configuration>" + xml + "</configuration>")));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
