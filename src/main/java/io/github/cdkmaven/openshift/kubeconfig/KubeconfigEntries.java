package io.github.cdkmaven.openshift.kubeconfig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.cdkmaven.openshift.Namespace;
import io.github.cdkmaven.problem.ForeignFailure;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.problem.Problem;
import java.io.File;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The entries of a kubeconfig, or of several, merged as {@code kubectl} does: the first file that has an entry, or a current context, wins, and
 * files that are not there are left out.
 */
final class KubeconfigEntries {

    /** Some hundred clusters with their certificates. */
    private static final long LARGEST = 4L << 20;

    private static final int NAMED = 20;
    private static final int LONGEST_NAME = 100;

    /**
     * An entry.
     *
     * @param content what stands beside its name
     * @param folder what its paths are relative to
     */
    record Entry(JsonNode content, Path folder) {

        /** A text of it; empty where there is none. */
        Optional<String> text(String name) {
            return Optional.of(content.path(name).asText("")).filter(value -> !value.isBlank());
        }

        /** Whether it says yes, in one of YAML's words for it. */
        boolean isTrue(String name) {
            return content.path(name).asText("").matches("(?i)true|yes|on|y");
        }
    }

    private final String files;
    private final Map<String, Entry> clusters = new LinkedHashMap<>();
    private final Map<String, Entry> users = new LinkedHashMap<>();
    private final Map<String, Entry> contexts = new LinkedHashMap<>();
    private String current = "";

    private KubeconfigEntries(String files) {
        this.files = files;
    }

    /** Reads a file, or several of them in the form of {@code KUBECONFIG}. */
    static KubeconfigEntries read(String files) {
        KubeconfigEntries entries = new KubeconfigEntries(files);
        List<Path> paths = Arrays.stream(files.split(File.pathSeparator))
                .filter(name -> !name.isBlank())
                .map(Path::of)
                .toList();
        List<Path> there = paths.stream().filter(Files::exists).toList();
        if (there.isEmpty()) {
            throw entries.unusable(paths.size() > 1 ? "none of these files exists" : "the file does not exist")
                    .toException();
        }
        there.forEach(file -> entries.add(file, entries.text(file)));
        return entries;
    }

    /** The entries of a text, as if it stood in a file. */
    static KubeconfigEntries parse(String text, Path file) {
        KubeconfigEntries entries = new KubeconfigEntries(file.toString());
        entries.add(file, text);
        return entries;
    }

    /** The namespace in which a context works; empty where it names none that there can be. */
    Optional<String> namespace(String context) {
        return Optional.ofNullable(contexts.get(context))
                .flatMap(entry -> entry.text("namespace"))
                .filter(Namespace::isName);
    }

    private String text(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw unusable(inFile(file, "it is a folder")).toException();
            }
            if (Files.size(file) > LARGEST) {
                throw unusable(inFile(file, "it is larger than " + (LARGEST >> 20) + " MB"))
                        .toException();
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw unusable(inFile(file, "it is not UTF-8 text")).toException();
        } catch (IOException e) {
            throw unusable(inFile(file, "it cannot be read: " + ForeignFailure.words(e)))
                    .toException(e);
        }
    }

    private void add(Path file, String text) {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
        try {
            JsonNode config = YamlTree.of(text);
            if (!config.isObject() && !config.isMissingNode() && !config.isNull()) {
                throw unusable(inFile(file, "it is not a kubeconfig")).toException();
            }
            collect(config.path("clusters"), "cluster", folder, clusters);
            collect(config.path("users"), "user", folder, users);
            collect(config.path("contexts"), "context", folder, contexts);
            if (current.isEmpty()) {
                current = config.path("current-context").asText("").strip();
            }
        } catch (IOException e) {
            // Not the cause: the parser's messages quote what it reads.
            throw unusable(inFile(file, e.getMessage())).toException();
        }
    }

    private static void collect(JsonNode list, String kind, Path folder, Map<String, Entry> into) {
        list.forEach(named -> into.putIfAbsent(named.path("name").asText(""), new Entry(named.path(kind), folder)));
    }

    private String inFile(Path file, String why) {
        return file.toString().equals(files) ? why : file + ": " + why;
    }

    /** The name of the context to use. */
    String context(Optional<String> wanted) {
        String name = wanted.orElse(current);
        if (name.isEmpty()) {
            throw Problem.of(
                            "The kubeconfig " + files + " cannot be used: it has no current context.",
                            "name one of its contexts: <context> (-Dcdk.context)")
                    .with(names())
                    .toException();
        }
        if (!contexts.containsKey(name)) {
            throw Problem.of(
                            "The kubeconfig " + files + " cannot be used: it has no context '" + shown(name) + "'.",
                            "name one of its contexts: <context> (-Dcdk.context); or name another file: <kubeconfig> (-Dcdk.kubeconfig)")
                    .with(names())
                    .toException();
        }
        return name;
    }

    private String names() {
        List<String> names =
                contexts.keySet().stream().map(KubeconfigEntries::shown).toList();
        return names.isEmpty()
                ? "it has no contexts"
                : "contexts: " + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                        + (names.size() > NAMED ? ", and " + (names.size() - NAMED) + " more" : "");
    }

    /** The cluster of a context. */
    Entry cluster(String context) {
        String name = contexts.get(context).text("cluster").orElse("");
        return Optional.ofNullable(clusters.get(name)).orElseThrow(() -> unusable(
                        name.isEmpty()
                                ? "its context '" + shown(context) + "' names no cluster"
                                : "the cluster '" + shown(name) + "' of its context '" + shown(context)
                                        + "' is not in it")
                .toException());
    }

    /** The user of a context; one without anything where the context names none that is there. */
    Entry user(String context) {
        return contexts.get(context)
                .text("user")
                .flatMap(name -> Optional.ofNullable(users.get(name)))
                .orElse(new Entry(MissingNode.getInstance(), Path.of("")));
    }

    /** A name as messages show it. */
    static String shown(String name) {
        return ForeignText.line(name, LONGEST_NAME);
    }

    /** What it is called in messages. */
    String files() {
        return files;
    }

    /** That this kubeconfig leads to no cluster. */
    Problem unusable(String why) {
        return Problem.of(
                "The kubeconfig " + files + " cannot be used: " + why + ".",
                "log in again with 'oc login', or name another file: <kubeconfig> (-Dcdk.kubeconfig)");
    }
}
