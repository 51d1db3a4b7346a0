package io.github.cdkmaven.mojo;

import io.github.cdkmaven.lifecycle.HandedFiles;
import io.github.cdkmaven.lifecycle.StartedCdk;
import io.github.cdkmaven.registry.Credentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a cluster to the rest of a module's build: as properties of the project, of which two make Failsafe and Surefire give all of them to
 * the tests as system properties. Other modules see nothing of it.
 */
final class BuildProperties {

    private static final Logger LOG = LoggerFactory.getLogger(BuildProperties.class);

    /** Read from the project when the goal runs, from Failsafe and Surefire 3.0.0 on; before, only the POM's configuration names such a file. */
    private static final List<String> FILE_OF_TESTS =
            List.of("failsafe.systemPropertiesFile", "surefire.systemPropertiesFile");

    private final MavenSession session;
    private final MavenProject project;

    BuildProperties(MavenSession session, MavenProject project) {
        this.session = session;
        this.project = project;
    }

    /** Hands over. A file that somebody else gives to the tests stays. */
    void set(StartedCdk started) {
        started.toProperties().forEach(project.getProperties()::setProperty);
        started.pushRegistry().ifPresent(host -> started.pushLogin().ifPresent(login -> addServer(host, login)));
        String file = started.files().properties().toString();
        for (String name : FILE_OF_TESTS) {
            Optional<String> other = value(name).filter(value -> !value.equals(file));
            if (other.isEmpty()) {
                project.getProperties().setProperty(name, file);
            } else {
                LOG.info(
                        "The tests get {} from {}, so they see only the cdk.* properties that <systemPropertyVariables> names",
                        other.get(),
                        name);
            }
        }
    }

    /**
     * Lets the plugins that come after log in to OpenShift's own registry as they do to any: they look for a server of settings.xml by its
     * host. Only this session knows of it. One that settings.xml has stays; that of an earlier start gives way, whose token may be another VM's or
     * have expired.
     */
    private void addServer(String host, Credentials login) {
        MavenExecutionRequest request = session.getRequest();
        synchronized (request) {
            boolean ofSettings = request.getServers().stream()
                    .anyMatch(server ->
                            host.equals(server.getId()) && !login.user().equals(server.getUsername()));
            if (!ofSettings) {
                Server server = new Server();
                server.setId(host);
                server.setUsername(login.user());
                server.setPassword(login.password());
                // A new list, since modules that build at the same time may be reading the old one.
                List<Server> servers = new ArrayList<>(request.getServers());
                servers.removeIf(earlier -> host.equals(earlier.getId()));
                servers.add(server);
                request.setServers(servers);
            }
        }
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(session.getUserProperties().getProperty(name))
                .or(() -> Optional.ofNullable(project.getProperties().getProperty(name)));
    }

    /** The module needs the cluster no longer, and the file may be gone when other tests run. */
    void clear(HandedFiles files) {
        FILE_OF_TESTS.forEach(
                name -> project.getProperties().remove(name, files.properties().toString()));
    }
}
