package io.github.cdkmaven.mojo;

import io.github.cdkmaven.lifecycle.HandedFiles;
import io.github.cdkmaven.lifecycle.StartedCdk;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
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
        String file = started.files().properties().toString();
        for (String name : FILE_OF_TESTS) {
            Optional<String> other = value(name).filter(value -> !value.equals(file));
            if (other.isEmpty()) {
                project.getProperties().setProperty(name, file);
            } else {
                LOG.info(
                        "The tests get {} from {}, and so no cdk.* properties but those that <systemPropertyVariables> names",
                        other.get(),
                        name);
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
