package io.github.cdkmaven.crc.objects;

import io.github.cdkmaven.engine.RegistryPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What CRI-O on a node goes by: {@code /etc/containers/registries.conf} as the machine-config operator writes it, one key a line (containers-registries.conf
 * version 2).
 *
 * @param searched where a name without a registry is looked for
 * @param entries what is said of registries
 */
public record RegistriesConf(List<String> searched, List<Entry> entries) {

    /** The file on the node. */
    public static final String FILE = "/etc/containers/registries.conf";

    private static final Pattern KEY = Pattern.compile("\\s*([a-z-]+)\\s*=\\s*(.*?)\\s*");
    private static final Pattern STRING = Pattern.compile("\"([^\"]*)\"");

    /**
     * What is said of one registry, or a path of it.
     *
     * @param prefix the names that it is for
     * @param insecure whether it needs no valid certificate
     * @param blocked whether it is never asked
     * @param mirrors what is asked before it
     */
    public record Entry(String prefix, boolean insecure, boolean blocked, List<String> mirrors) {

        public Entry {
            mirrors = List.copyOf(mirrors);
        }
    }

    public RegistriesConf {
        searched = List.copyOf(searched);
        entries = List.copyOf(entries);
    }

    /** Reads the file's text. */
    public static RegistriesConf parse(String text) {
        List<String> searched = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        Section section = new Section();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.equals("[[registry]]")) {
                section.end(entries);
                section = new Section();
            } else if (line.equals("[[registry.mirror]]")) {
                section.inMirror = true;
            } else {
                Matcher key = KEY.matcher(line);
                if (key.matches()) {
                    if (key.group(1).equals("unqualified-search-registries")) {
                        STRING.matcher(key.group(2)).results().forEach(name -> searched.add(name.group(1)));
                    } else {
                        section.set(key.group(1), key.group(2).replace("\"", ""));
                    }
                }
            }
        }
        section.end(entries);
        return new RegistriesConf(searched, entries);
    }

    /** A {@code [[registry]]} that is being read. */
    private static final class Section {
        private boolean inMirror;
        private String location = "";
        private String prefix = "";
        private boolean insecure;
        private boolean blocked;
        private final List<String> mirrors = new ArrayList<>();

        private void set(String key, String value) {
            if (inMirror) {
                if (key.equals("location")) {
                    mirrors.add(value);
                }
                return;
            }
            switch (key) {
                case "location" -> location = value;
                case "prefix" -> prefix = value;
                case "insecure" -> insecure = Boolean.parseBoolean(value);
                case "blocked" -> blocked = Boolean.parseBoolean(value);
                default -> {
                    // Nothing that matters here.
                }
            }
        }

        private void end(List<Entry> entries) {
            String name = prefix.isEmpty() ? location : prefix;
            if (!name.isEmpty()) {
                entries.add(new Entry(name, insecure, blocked, mirrors));
            }
        }
    }

    /** What is said of exactly this registry or path. */
    Optional<Entry> at(String prefix) {
        return entries.stream().filter(entry -> entry.prefix().equals(prefix)).findFirst();
    }

    /** What counts for an image: the longest that covers it. */
    public Optional<Entry> of(String image) {
        return entries.stream()
                .filter(entry -> image.matches(Pattern.quote(entry.prefix()) + "([/:@].*)?"))
                .max(Comparator.comparingInt(entry -> entry.prefix().length()));
    }

    /** The same as a runtime's policy. A registry of which a part is still asked does not count as blocked. */
    public RegistryPolicy policy() {
        List<String> blocked = entries.stream()
                .filter(Entry::blocked)
                .map(Entry::prefix)
                .filter(prefix -> entries.stream()
                        .noneMatch(entry -> !entry.blocked() && entry.prefix().startsWith(prefix + "/")))
                .toList();
        List<String> insecure =
                entries.stream().filter(Entry::insecure).map(Entry::prefix).toList();
        return new RegistryPolicy(insecure, Collections.unmodifiableList(searched), blocked);
    }
}
