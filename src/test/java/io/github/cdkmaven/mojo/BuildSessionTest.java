package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.when;

import io.github.cdkmaven.minishift.CdkInstallation;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Secrets;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.BuildFailure;
import org.apache.maven.execution.BuildSuccess;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.execution.ExecutionListener;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the goals of a session have in common")
class BuildSessionTest {

    private final ExecutionListener mavens = mock(ExecutionListener.class);
    private final MavenSession session = session();
    private final MavenProject module = new MavenProject(new Model());

    @Test
    @DisplayName("is one for all modules, and listens for the session's end once")
    void one() {
        BuildSession first = BuildSession.of(session);
        ExecutionListener listener = session.getRequest().getExecutionListener();

        assertThat(BuildSession.of(session)).isSameAs(first);
        assertThat(session.getRequest().getExecutionListener())
                .isSameAs(listener)
                .isNotSameAs(mavens);
        assertThat(BuildSession.of(session())).isNotSameAs(first);
    }

    @Test
    @DisplayName("a later goal need not be told again what its module's start was told")
    void nothingTwice() {
        BuildSession build = BuildSession.of(session);
        build.starts(module, engines("minishift", tools("/homes/ci", "ci")), true);

        for (Engines silent : List.of(
                engines("auto", tools("", "")),
                engines("minishift", tools("", "")),
                engines("auto", tools("/homes/ci", "")))) {
            assertThat(build.asStarted(module, silent)).isNotSameAs(silent);
        }
        for (Engines other : List.of(
                engines("crc", tools("", "")),
                engines("auto", tools("/homes/other", "")),
                engines("auto", tools("", "other")))) {
            assertThat(build.asStarted(module, other)).isSameAs(other);
        }
        Engines elsewhere = engines("auto", tools("", ""));
        assertThat(build.asStarted(new MavenProject(new Model()), elsewhere)).isSameAs(elsewhere);
    }

    @Test
    @DisplayName("the kubeconfig that a start hands over in cdk.kubeconfig is nobody's wish for another cluster")
    void handedOver() {
        BuildSession build = BuildSession.of(session);
        Path file = Path.of("/build/target/cdk/kubeconfig");
        build.handsOver(module, Map.of("cdk.kubeconfig", file.toString()));

        assertThat(build.hasHandedOver(module, "cdk.kubeconfig", file)).isTrue();
        assertThat(build.hasHandedOver(module, "cdk.kubeconfig", Path.of("/build/shared.kubeconfig")))
                .isFalse();
        assertThat(build.hasHandedOver(module, "cdk.oc", file)).isFalse();
        assertThat(build.hasHandedOver(new MavenProject(new Model()), "cdk.kubeconfig", file))
                .isFalse();
    }

    private static Engines engines(String engine, CdkInstallation tools) {
        return new Engines(
                new ParameterReader(),
                engine,
                tools,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Path.of("reports"),
                new CommandRunner(Secrets.NONE));
    }

    @Test
    @DisplayName("every event goes on to the listener that was there, the end after what we do about it")
    void delegates() throws ReflectiveOperationException {
        List<String> acted = new ArrayList<>();
        SessionEndListener listener = new SessionEndListener(
                mavens,
                ended -> acted.add(
                        "ended " + mockingDetails(mavens).getInvocations().size()));
        ExecutionEvent event = mock(ExecutionEvent.class);
        Method[] methods = ExecutionListener.class.getMethods();

        listener.sessionEnded(event);
        for (Method method : methods) {
            method.invoke(listener, event);
        }

        assertThat(mockingDetails(mavens).getInvocations()).hasSize(methods.length + 1);
        assertThat(mockingDetails(mavens).getInvocations().stream()
                        .map(invocation -> invocation.getMethod().getName())
                        .distinct())
                .hasSize(methods.length);
        assertThat(acted).hasSize(2).startsWith("ended 0");
    }

    @Test
    @DisplayName("is looked at once more at the end for each module that failed before it came to its stop")
    void failures() {
        List<String> looked = new ArrayList<>();
        MavenProject stopped = module("stopped");
        MavenProject succeeded = module("succeeded");
        MavenProject failed = module("failed");
        BuildSession build = BuildSession.of(session);
        List.of(stopped, succeeded, failed).forEach(one -> build.onFailure(one, () -> looked.add(one.getArtifactId())));
        build.stops(stopped);
        DefaultMavenExecutionResult result = new DefaultMavenExecutionResult();
        result.addBuildSummary(new BuildFailure(stopped, 1, new IllegalStateException("Failsafe's verify")));
        result.addBuildSummary(new BuildSuccess(succeeded, 1));
        result.addBuildSummary(new BuildFailure(failed, 1, new IllegalStateException("a test of Surefire")));
        when(session.getResult()).thenReturn(result);
        ExecutionEvent end = mock(ExecutionEvent.class);
        when(end.getSession()).thenReturn(session);

        session.getRequest().getExecutionListener().sessionEnded(end);

        assertThat(looked).containsExactly("failed");
    }

    private static MavenProject module(String name) {
        Model model = new Model();
        model.setGroupId("example");
        model.setArtifactId(name);
        model.setVersion("1");
        return new MavenProject(model);
    }

    private MavenSession session() {
        MavenSession made = mock(MavenSession.class);
        when(made.getRequest()).thenReturn(new DefaultMavenExecutionRequest().setExecutionListener(mavens));
        return made;
    }

    private static CdkInstallation tools(String home, String profile) {
        return new CdkInstallation(
                Optional.empty(),
                Optional.empty(),
                home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home)),
                profile.isEmpty() ? Optional.empty() : Optional.of(profile),
                Path.of("/account"),
                List.of());
    }
}
