package io.github.cdkmaven.mojo;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.nio.file.Path;
import java.util.Date;
import java.util.Properties;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Settings;

/** Gives a mojo what Maven gives it beside the parameters: a session, a project, and the way in which it was called. */
final class Wiring {

    private Wiring() {}

    static <M extends AbstractCdkMojo> M bound(M mojo, String goal, Path folder) {
        return wire(mojo, goal, folder, MojoExecution.Source.LIFECYCLE);
    }

    static <M extends AbstractCdkMojo> M byHand(M mojo, String goal, Path folder) {
        return wire(mojo, goal, folder, MojoExecution.Source.CLI);
    }

    private static <M extends AbstractCdkMojo> M wire(M mojo, String goal, Path folder, MojoExecution.Source source) {
        MavenSession session = mock(MavenSession.class);
        when(session.getRequest()).thenReturn(new DefaultMavenExecutionRequest().setStartTime(new Date()));
        when(session.getSettings()).thenReturn(new Settings());
        when(session.getUserProperties()).thenReturn(new Properties());
        when(session.getSystemProperties()).thenReturn(new Properties());
        when(session.getExecutionRootDirectory()).thenReturn(folder.toString());
        Model model = new Model();
        model.setBuild(new Build());
        model.getBuild().setDirectory(folder.resolve("target").toString());
        MavenProject project = new MavenProject(model);
        project.setFile(folder.resolve("pom.xml").toFile());
        MojoDescriptor descriptor = new MojoDescriptor();
        descriptor.setGoal(goal);
        descriptor.setPluginDescriptor(new PluginDescriptor());
        descriptor.getPluginDescriptor().setPlugin(new Plugin());
        mojo.session = session;
        mojo.project = project;
        mojo.mojoExecution = new MojoExecution(descriptor, "default", source);
        return mojo;
    }
}
