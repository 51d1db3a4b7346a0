package io.github.cdkmaven.verify;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the running daemon says of its registries. Its unit says more, but a unit may have been changed since the daemon began.
 *
 * @param insecure the registries and networks that need no valid certificate; absent where it does not tell
 * @param searched where it looks for a name without a registry, Docker Hub last; absent where it is not Red Hat's docker
 */
record DaemonInfo(Optional<List<String>> insecure, Optional<List<String>> searched) {

    private static final String INSECURE = "Insecure Registries:";
    private static final String SEARCHED = "Registries:";

    /** Reads {@code docker info}: a heading with an indented line for each, and one line {@code a (secure), b (insecure)}. */
    static DaemonInfo parse(String text) {
        List<String> lines = text.lines().toList();
        Optional<List<String>> insecure = Optional.empty();
        Optional<List<String>> searched = Optional.empty();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.equals(INSECURE)) {
                insecure = Optional.of(below(lines.get(i), lines.subList(i + 1, lines.size())));
            } else if (line.startsWith(SEARCHED)) {
                searched = Optional.of(names(line.substring(SEARCHED.length())));
            }
        }
        return new DaemonInfo(insecure, searched);
    }

    /** Newer daemons indent the heading, too. */
    private static List<String> below(String heading, List<String> lines) {
        return lines.stream()
                .takeWhile(line -> indentation(line) > indentation(heading))
                .map(String::strip)
                .toList();
    }

    private static int indentation(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static List<String> names(String list) {
        return Stream.of(list.split(","))
                .map(entry -> entry.strip().replaceFirst("\\s.*", ""))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** The options in force: what the daemon itself tells, and from its unit what it does not tell, which is what it blocks. */
    DaemonOptions completing(DaemonOptions unit) {
        return new DaemonOptions(
                insecure.orElse(unit.insecure()),
                searched.map(DaemonInfo::withoutHub).orElse(unit.added()),
                unit.blocked());
    }

    /** Docker Hub ends the list of every daemon, whether it was added or not. */
    private static List<String> withoutHub(List<String> registries) {
        int others = Math.max(0, registries.size() - 1);
        return registries.subList(others, registries.size()).contains(SearchOrder.HUB)
                ? registries.subList(0, others)
                : registries;
    }
}
