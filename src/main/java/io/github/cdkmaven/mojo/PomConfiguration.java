package io.github.cdkmaven.mojo;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.report.Check;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecution;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * What the POM's {@code <configuration>} sets for a goal. Maven takes no property for such a parameter, and drops one from the command line without
 * a word; so advice to give one would be of no use.
 *
 * @param values the values by the parameters' names; empty for one that is more than a text
 */
record PomConfiguration(Map<String, Optional<String>> values) {

    /** {@code (-Dcdk.home=…, -Dcdk.profile=…)} after the elements. */
    private static final Pattern IN_BRACKETS = Pattern.compile(" ?\\((-Dcdk\\.\\w+[^()]*)\\)");

    /** {@code , or -Dcdk.home=…} after the element. */
    private static final Pattern AFTER_OR = Pattern.compile(",? or -Dcdk\\.(\\w+)(?:=\\S*?)?(?=[;,.]?(?:\\s|$))");

    private static final Pattern NAME = Pattern.compile("-Dcdk\\.(\\w+)");

    PomConfiguration {
        values = Map.copyOf(values);
    }

    /** That of a goal's execution: Maven has put an expression where the POM says nothing. */
    static PomConfiguration of(MojoExecution execution) {
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        Xpp3Dom configuration = execution.getConfiguration();
        for (Xpp3Dom parameter : configuration == null ? new Xpp3Dom[0] : configuration.getChildren()) {
            Optional<String> text = Optional.ofNullable(parameter.getValue()).map(String::strip);
            boolean open = text.filter(value -> value.contains("${cdk." + parameter.getName() + "}"))
                    .isPresent();
            if (!open && (text.isPresent() || parameter.getChildCount() > 0)) {
                values.put(parameter.getName(), text);
            }
        }
        return new PomConfiguration(values);
    }

    /** The user's properties that have no effect, since the POM says something else. */
    List<Check> ignored(Properties user) {
        return user.stringPropertyNames().stream()
                .filter(name -> name.startsWith("cdk."))
                .map(name -> name.substring("cdk.".length()))
                .filter(values::containsKey)
                .filter(name -> values.get(name)
                        .filter(user.getProperty("cdk." + name)::equals)
                        .isEmpty())
                .sorted()
                .map(name -> Check.warn(
                        "settings.ignored",
                        "-Dcdk." + name,
                        "has no effect, since the POM's <configuration> sets <" + name + ">, and Maven takes that",
                        "remove it; or change the POM to <" + name + ">${cdk." + name + "}</" + name
                                + ">, and put the value into the property <cdk." + name + "> in <properties>"))
                .toList();
    }

    /** An advice without the properties that have no effect; the elements that it names beside them stay. */
    String advice(String fix) {
        String shorter = IN_BRACKETS.matcher(fix).replaceAll(found -> Matcher.quoteReplacement(brackets(found)));
        return AFTER_OR.matcher(shorter)
                .replaceAll(found -> values.containsKey(found.group(1)) ? "" : Matcher.quoteReplacement(found.group()));
    }

    private String brackets(MatchResult found) {
        String kept = Arrays.stream(found.group(1).split(", "))
                .filter(part -> NAME.matcher(part).results().noneMatch(name -> values.containsKey(name.group(1))))
                .collect(Collectors.joining(", "));
        return kept.isEmpty() ? "" : found.group().replace(found.group(1), kept);
    }

    /** The same problem with such advice. */
    Problem advice(Problem problem) {
        List<String> evidence = problem.evidence().stream()
                .map(line -> line.strip().startsWith("Fix: ") ? advice(line) : line)
                .toList();
        return new Problem(problem.what(), evidence, advice(problem.fix()), problem.log());
    }
}
