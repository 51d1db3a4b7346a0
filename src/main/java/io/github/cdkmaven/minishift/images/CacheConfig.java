package io.github.cdkmaven.minishift.images;

import io.github.cdkmaven.minishift.Minishift;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The names of images that the first start brings into the VM from minishift's cache, beside the three that it brings in any case.
 *
 * <p>That list is the user's configuration, so what was added is taken away again.
 */
public final class CacheConfig {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Minishift minishift;

    public CacheConfig(Minishift minishift) {
        this.minishift = minishift;
    }

    /**
     * Adds those names that are not on the list.
     *
     * @return what was added, for {@link #remove}
     * @throws io.github.cdkmaven.problem.ProblemException if minishift does not take them
     */
    public List<String> add(Collection<String> names) {
        List<String> listed = minishift
                .command(LIMIT, "image", "cache-config", "view")
                .out()
                .lines()
                .map(String::strip)
                .toList();
        List<String> missing =
                names.stream().filter(name -> !listed.contains(name)).distinct().toList();
        if (!missing.isEmpty()) {
            CommandResult result = minishift.command(LIMIT, words("add", missing));
            if (!result.succeeded()) {
                throw Problem.of(
                                "minishift does not accept the names of the images that it has to load into the VM.",
                                "fix what its last lines say, and start again; the names are "
                                        + String.join(", ", missing))
                        .with(result.lastLines())
                        .toException();
            }
        }
        return missing;
    }

    /** Takes names off the list; a name too many does no harm, so nothing is said when it fails. */
    public void remove(List<String> names) {
        if (!names.isEmpty()) {
            minishift.command(LIMIT, words("remove", names));
        }
    }

    private static String[] words(String verb, List<String> names) {
        List<String> words = new ArrayList<>(List.of("image", "cache-config", verb));
        words.addAll(names);
        return words.toArray(String[]::new);
    }
}
