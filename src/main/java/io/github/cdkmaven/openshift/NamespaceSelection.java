package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Retry.Pause;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.codehaus.plexus.util.SelectorUtils;

/**
 * The namespaces that a user chose, by name or by glob ({@code team-*}, {@code *}).
 *
 * @param patterns names and globs
 */
public record NamespaceSelection(List<String> patterns) {

    private static final Pattern GLOB = Pattern.compile("[-a-z0-9*?]{1,63}");
    private static final Listing NAMESPACES =
            new Listing("/api/v1/namespaces", "Namespace", "The cluster's namespaces", "");

    /** What a user may see of them; OpenShift has it in every version. */
    private static final Listing PROJECTS = new Listing(
            "/apis/project.openshift.io/v1/projects",
            "Project",
            "The projects of this user",
            "name the namespaces one by one in <namespaces> (-Dcdk.namespaces) instead of by a glob, or log in as a user"
                    + " who may list projects: <kubeconfig>, <context>");

    public NamespaceSelection {
        patterns = List.copyOf(patterns);
    }

    /** Whether a text is the name of a namespace, or a glob that could match one. */
    public static boolean isPattern(String text) {
        return Namespace.isName(text) || isGlob(text) && GLOB.matcher(text).matches();
    }

    private static boolean isGlob(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /** The namespaces that are called by their name, so that the user counts on them. */
    public List<String> named() {
        return patterns.stream().filter(pattern -> !isGlob(pattern)).toList();
    }

    /** Whether a cluster has to be asked which namespaces are meant. */
    public boolean hasGlobs() {
        return patterns.stream().anyMatch(NamespaceSelection::isGlob);
    }

    /** Whether a namespace is meant. */
    public boolean includes(String namespace) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, namespace));
    }

    private static boolean matches(String pattern, String namespace) {
        return isGlob(pattern) ? SelectorUtils.match(pattern, namespace) : pattern.equals(namespace);
    }

    /**
     * The namespaces that are meant in a cluster; asks it only where there is a glob. Who may not list namespaces is shown the own projects.
     *
     * @return those called by name, then the others as the cluster sorts them
     * @throws ProblemException if a glob matches none of them, or if the cluster does not tell them
     */
    public List<String> in(OpenShiftApi api) {
        if (!hasGlobs()) {
            return named();
        }
        List<String> all = all(api);
        Set<String> chosen = new LinkedHashSet<>(named());
        List<String> unmatched = new ArrayList<>();
        for (String pattern : patterns) {
            List<String> found = isGlob(pattern)
                    ? all.stream().filter(name -> matches(pattern, name)).toList()
                    : List.of(pattern);
            chosen.addAll(found);
            if (found.isEmpty()) {
                unmatched.add(pattern);
            }
        }
        if (!unmatched.isEmpty()) {
            throw Problem.of(
                            "No namespace of " + api.access().server() + " matches '" + String.join("', '", unmatched)
                                    + "'.",
                            "correct <namespaces> (-Dcdk.namespaces); 'oc get projects' shows those that this user sees")
                    .with("the user sees " + all.size() + (all.size() == 1 ? " namespace" : " namespaces"))
                    .toException();
        }
        return List.copyOf(chosen);
    }

    private static List<String> all(OpenShiftApi api) {
        Optional<List<String>> namespaces = NAMESPACES.readIfPermitted(api, Pause.real(), NamespaceSelection::name);
        return namespaces.orElseGet(() -> PROJECTS.read(api, Pause.real(), NamespaceSelection::name));
    }

    private static String name(JsonNode namespace) {
        String name = Fields.text(namespace.path("metadata"), "name");
        if (!Namespace.isName(name)) {
            throw Fields.unexpected("name", namespace.path("metadata").path("name"), "a namespace's name");
        }
        return name;
    }
}
