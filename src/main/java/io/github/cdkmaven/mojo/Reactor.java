package io.github.cdkmaven.mojo;

import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** Knows which modules of a build are still to use the CDK, so that it is stopped after the last of them and not before. */
final class Reactor {

    private static final String START = "start";
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]+)}");

    private final MavenSession session;
    private final String plugin;
    private final Predicate<MavenProject> done;

    /**
     * The modules of a session: what {@code -pl} and {@code -rf} have left of the reactor.
     *
     * @param plugin this plugin's {@code groupId:artifactId}
     * @param done whether a module has done with the CDK already
     */
    Reactor(MavenSession session, String plugin, Predicate<MavenProject> done) {
        this.session = session;
        this.plugin = plugin;
        this.done = done;
    }

    /** The modules beside one that use the CDK now or will use it; a module that has failed is done. */
    List<String> comingBeside(MavenProject module) {
        return session.getProjects().stream()
                .filter(other -> !other.equals(module))
                .filter(other -> session.getResult().getBuildSummary(other) == null)
                .filter(done.negate())
                .filter(this::startsTheCdk)
                .map(Reactor::name)
                .toList();
    }

    /** What a module is called in messages and records. */
    static String name(MavenProject module) {
        return module.getGroupId() + ":" + module.getArtifactId();
    }

    private boolean startsTheCdk(MavenProject module) {
        Plugin used = module.getPlugin(plugin);
        return skippedTests(session, module).isEmpty()
                && used != null
                && used.getExecutions().stream()
                        .anyMatch(execution -> isBound(execution) && !isSkipped(module, execution));
    }

    private static boolean isBound(PluginExecution execution) {
        return execution.getGoals().contains(START) && !"none".equalsIgnoreCase(execution.getPhase());
    }

    /** The model has the plugin's own configuration merged into that of its executions. */
    private boolean isSkipped(MavenProject module, PluginExecution execution) {
        Optional<String> configured = execution.getConfiguration() instanceof Xpp3Dom configuration
                ? Optional.ofNullable(configuration.getChild("skip")).map(Xpp3Dom::getValue)
                : Optional.empty();
        return configured
                .map(value -> resolve(module, value))
                .or(() -> property(module, "cdk.skip"))
                .filter(value -> Boolean.parseBoolean(value.strip()))
                .isPresent();
    }

    /** What the model's own interpolation has left: properties that only the session knows, or nobody. */
    private String resolve(MavenProject module, String value) {
        return EXPRESSION
                .matcher(value)
                .replaceAll(found -> Matcher.quoteReplacement(
                        property(module, found.group(1)).orElse("")));
    }

    /** The property by which integration tests of a module are left out, as Maven's own test plugins know it. */
    static Optional<String> skippedTests(MavenSession session, MavenProject module) {
        return Stream.of("skipTests", "skipITs", "maven.test.skip")
                .filter(name -> property(session, module, name)
                        .filter(Boolean::parseBoolean)
                        .isPresent())
                .findFirst();
    }

    private Optional<String> property(MavenProject module, String name) {
        return property(session, module, name);
    }

    /** A property, found in the order in which Maven itself looks for a parameter's value. */
    private static Optional<String> property(MavenSession session, MavenProject module, String name) {
        return Stream.of(session.getUserProperties(), session.getSystemProperties(), module.getProperties())
                .map((Properties properties) -> Optional.ofNullable(properties.getProperty(name)))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
