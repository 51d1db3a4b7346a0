package io.github.cdkmaven.mojo;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.SecretPlaces;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;

/**
 * Refuses passwords in the POM or on the command line, where {@code mvn -X}, the list of processes and the history of the POM show them.
 *
 * <p>Maven leaves out what no parameter is named after, so such an element would only seem to work. It is looked for in the model
 * therefore, as text: the class of a configuration is not the same on Maven 3 and 4.
 */
final class PlaintextSecrets {

    private static final String NAME = "[\\w.-]*(?:password|passwd|passphrase|secret|token|credential)[\\w.-]*";
    private static final Pattern ELEMENT = Pattern.compile("<(" + NAME + ")[\\s>/]", Pattern.CASE_INSENSITIVE);
    private static final Pattern PROPERTY = Pattern.compile("cdk\\." + NAME, Pattern.CASE_INSENSITIVE);

    private PlaintextSecrets() {}

    /**
     * Looks at names alone; a value is never read, and so cannot be shown.
     *
     * @param properties what the user has set
     * @throws io.github.cdkmaven.problem.ProblemException if one of them is a secret's
     */
    static void refuse(MojoExecution execution, Properties... properties) {
        List<String> found = new ArrayList<>(elements(execution));
        Stream.of(properties)
                .flatMap(set -> set.stringPropertyNames().stream())
                .filter(name -> PROPERTY.matcher(name).matches())
                .sorted()
                .forEach(found::add);
        if (!found.isEmpty()) {
            throw Problem.of(
                            "A password does not belong in the POM or on the command line, where everybody can read it: "
                                    + String.join(
                                            ", ", found.stream().distinct().toList()) + ".",
                            "put user and password into a <server> of settings.xml, encrypted if you like, and name its id:"
                                    + " <registryServerId> (-Dcdk.registryServerId) for the registry,"
                                    + " <registrationServerId> (-Dcdk.registrationServerId) for Red Hat;"
                                    + " a proxy's goes into its <proxy> there, with <useSettingsProxy> (-Dcdk.useSettingsProxy)")
                    .toException();
        }
    }

    /** The parameters of a goal whose values hold a login: the address of a proxy, the name of an image, an argument. What it is, is not shown. */
    static Map<String, Problem> logins(AbstractCdkMojo mojo) {
        Map<String, Problem> problems = new LinkedHashMap<>();
        for (Class<?> type = mojo.getClass(); type != AbstractMojo.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                texts(field, mojo)
                        .filter(SecretPlaces::holdLogin)
                        .findFirst()
                        .ifPresent(text -> problems.put(field.getName(), login(field.getName(), text)));
            }
        }
        return problems;
    }

    private static Problem login(String parameter, String value) {
        return Problem.of(
                "Parameter '" + parameter + "' is '" + Values.shown(value)
                        + "': must not contain a user name or password: Maven prints parameters, and everybody can see the arguments of"
                        + " programs.",
                "remove them from <" + parameter + "> (-Dcdk." + parameter
                        + "); those of a registry go into a <server> of settings.xml: <registryServerId> (-Dcdk.registryServerId), those of a"
                        + " proxy into its <proxy> there: <useSettingsProxy>true</useSettingsProxy> (-Dcdk.useSettingsProxy)");
    }

    private static Stream<String> texts(Field field, AbstractCdkMojo mojo) {
        boolean ofInstances = !Modifier.isStatic(field.getModifiers());
        try {
            if (ofInstances && field.getType() == String.class) {
                return Stream.ofNullable((String) field.get(mojo));
            }
            return ofInstances && field.get(mojo) instanceof Collection<?> values
                    ? values.stream().filter(Objects::nonNull).map(Object::toString)
                    : Stream.empty();
        } catch (IllegalAccessException e) {
            return Stream.empty(); // private, and so no parameter
        }
    }

    private static List<String> elements(MojoExecution execution) {
        Optional<Plugin> plugin = Optional.ofNullable(execution.getPlugin());
        return Stream.of(
                        plugin.map(Plugin::getConfiguration),
                        plugin.map(Plugin::getExecutionsAsMap)
                                .map(executions -> executions.get(execution.getExecutionId()))
                                .map(PluginExecution::getConfiguration))
                .flatMap(Optional::stream)
                .flatMap(configuration ->
                        ELEMENT.matcher(configuration.toString()).results())
                .map(match -> "<" + match.group(1) + ">")
                .toList();
    }
}
