package io.github.cdkmaven.minishift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.json.JsonTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A kubeconfig, read just far enough to tell minishift's change of it from anybody else's.
 *
 * <p>minishift rewrites the whole file in the layout of Go programs, without comments, with certificates in place of their paths, and
 * without fields that it does not know. So a change is minishift's if the new text has that layout and, beside the VM's own entries, nothing
 * that the old text did not have, and lacks no entry of it. Words are compared, entry by entry, and no YAML is interpreted.
 *
 * @param entries the text of each cluster, context and user, by {@code section/name}
 * @param current the current context; empty where there is none
 * @param rest everything else
 */
record KubeconfigText(Map<String, String> entries, String current, String rest) {

    static final String CLUSTERS = "clusters";
    static final String USERS = "users";

    private static final Set<String> SECTIONS = Set.of(CLUSTERS, "contexts", USERS);
    private static final Pattern KEY = Pattern.compile("([A-Za-z][\\w-]*):(?: +(.*))?");
    private static final Pattern ITEM = Pattern.compile("( *)- (.*)");
    private static final Pattern ANY_KEY = Pattern.compile(
            "(?m)^[{\\s\"]*(apiVersion|kind|clusters|contexts|users|current-context|preferences)\"?\\s*:");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\"',:{}\\[\\]]+");

    /** What every kubeconfig has, and Go programs add where it is missing. */
    private static final String COMMON = "apiVersion: v1 kind: Config preferences: null";

    /** What minishift knows of an entry, and so keeps (client-go's {@code clientcmd/api/v1/types.go} of Kubernetes 1.7 to 1.11). */
    private static final Set<String> KEPT =
            Set.of("server", "cluster", "user", "namespace", "token", "tokenFile", "username", "password", "as");

    /** What {@code oc config view --flatten} reads into the text: the path's key goes, the key with {@code -data} comes. */
    private static final List<String> FLATTENED = List.of("certificate-authority", "client-certificate", "client-key");

    /** Who changed a kubeconfig. */
    enum Author {
        MINISHIFT,
        SOMEBODY_ELSE,
        /** Nobody meant it: the text was cut off, as on a full disk, or is no kubeconfig. */
        ACCIDENT
    }

    KubeconfigText {
        entries = Map.copyOf(entries);
    }

    /** Who made the one text of the other. */
    static Author author(String before, String after, VmEntries vm) {
        if (isBroken(before, after)) {
            return Author.ACCIDENT;
        }
        Optional<KubeconfigText> old = parse(before);
        Optional<KubeconfigText> now = parse(after);
        boolean explained = old.isPresent()
                && now.isPresent()
                && isWrittenByGo(after)
                && now.get().isMadeBy(vm, old.get());
        return explained ? Author.MINISHIFT : Author.SOMEBODY_ELSE;
    }

    private static boolean isBroken(String before, String after) {
        boolean cut = after.isBlank()
                || before.startsWith(after) && !after.endsWith("\n")
                || after.startsWith("apiVersion: v1\nclusters:")
                        && !(after.endsWith("\n") && after.contains("\n" + USERS + ":"));
        return cut || !ANY_KEY.matcher(after).find();
    }

    /** Keys in their order, and no line that says nothing. */
    private static boolean isWrittenByGo(String text) {
        List<String> keys = text.lines()
                .map(KEY::matcher)
                .filter(Matcher::matches)
                .map(key -> key.group(1))
                .toList();
        return text.startsWith("apiVersion:")
                && keys.equals(keys.stream().sorted().toList())
                && text.lines()
                        .noneMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"));
    }

    /** Reads a file; empty where its form is none of those that programs write. */
    static Optional<KubeconfigText> parse(String text) {
        return text.stripLeading().startsWith("{") ? parseJson(text) : parseLines(text);
    }

    private static Optional<KubeconfigText> parseJson(String text) {
        try {
            JsonNode json = JsonTree.read(text);
            Map<String, String> entries = new LinkedHashMap<>();
            StringBuilder rest = new StringBuilder();
            json.properties().forEach(field -> {
                if (SECTIONS.contains(field.getKey())) {
                    field.getValue()
                            .forEach(entry -> entries.put(
                                    field.getKey() + "/" + entry.path("name").asText(), JsonTree.text(entry)));
                } else if (!field.getKey().equals("current-context")) {
                    rest.append(field.getKey())
                            .append('=')
                            .append(JsonTree.text(field.getValue()))
                            .append('\n');
                }
            });
            return Optional.of(
                    new KubeconfigText(entries, json.path("current-context").asText(""), rest.toString()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Block style: sections at the margin, each a list whose items have their name on a line of its own. */
    private static Optional<KubeconfigText> parseLines(String text) {
        Map<String, String> entries = new LinkedHashMap<>();
        StringBuilder rest = new StringBuilder();
        String current = "";
        String section = "";
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher key = KEY.matcher(lines.get(i));
            Matcher item = ITEM.matcher(lines.get(i));
            if (key.matches() && key.group(1).equals("current-context")) {
                section = "";
                current = unquoted(key.group(2));
            } else if (key.matches() && SECTIONS.contains(key.group(1))) {
                section = key.group(1);
                rest.append(unquoted(key.group(2))).append('\n');
            } else if (!section.isEmpty() && item.matches()) {
                int end = i + 1;
                while (end < lines.size() && lines.get(end).startsWith(item.group(1) + "  ")) {
                    end++;
                }
                String entry =
                        item.group(1) + "  " + item.group(2) + "\n" + String.join("\n", lines.subList(i + 1, end));
                Matcher name = Pattern.compile("(?m)^" + item.group(1) + "  name:(.*)$")
                        .matcher(entry);
                if (!name.find()) {
                    return Optional.empty();
                }
                entries.merge(section + "/" + unquoted(name.group(1)), entry, (one, other) -> one + "\n" + other);
                i = end - 1;
            } else {
                section = key.matches() ? "" : section;
                rest.append(lines.get(i)).append('\n');
            }
        }
        return Optional.of(new KubeconfigText(entries, current, rest.toString()));
    }

    private static String unquoted(@Nullable String value) {
        return value == null ? "" : value.strip().replaceAll("^(['\"])(.*)\\1$", "$2");
    }

    /** The names of one section's entries. */
    List<String> names(String section) {
        return entries.keySet().stream()
                .filter(key -> key.startsWith(section + "/"))
                .map(key -> key.substring(section.length() + 1))
                .toList();
    }

    private boolean isMadeBy(VmEntries vm, KubeconfigText old) {
        boolean context = current.equals(old.current)
                || vm.isMade("contexts", current)
                || current.isEmpty() && vm.isNamedBy(old.entries.getOrDefault("contexts/" + old.current, ""));
        return context
                && contains(words(old.rest + COMMON), words(rest))
                && entries.entrySet().stream().allMatch(entry -> isMadeBy(vm, old, entry.getKey(), entry.getValue()))
                && old.entries.keySet().stream()
                        .filter(key -> !entries.containsKey(key))
                        .allMatch(key -> vm.isNamedBy(key) || vm.isNamedBy(old.entries.get(key)));
    }

    private static boolean isMadeBy(VmEntries vm, KubeconfigText old, String key, String entry) {
        int slash = key.indexOf('/');
        if (vm.isMade(key.substring(0, slash), key.substring(slash + 1))) {
            return true;
        }
        List<String> before = words(old.entries.getOrDefault(key, ""));
        List<String> after = words(entry);
        for (String path : FLATTENED) {
            if (before.contains(path) && after.contains(path + "-data")) {
                int data = after.indexOf(path + "-data");
                after.subList(data, Math.min(data + 2, after.size())).clear();
            }
        }
        return contains(before, after) && before.stream().filter(KEPT::contains).allMatch(after::contains);
    }

    private static List<String> words(String text) {
        return new ArrayList<>(Arrays.asList(BETWEEN_WORDS.split(" " + text.replaceAll("(?m)^ *- ", ""))).stream()
                .filter(word -> !word.isEmpty() && !word.equals("null"))
                .toList());
    }

    /** Whether there is nothing in a list that another does not have as often. */
    private static boolean contains(List<String> all, List<String> part) {
        List<String> left = new ArrayList<>(all);
        return part.stream().allMatch(left::remove);
    }
}
