package io.github.cdkmaven.minishift;

import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Command;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What minishift, its VM and its cluster can tell to somebody who wants to know why a goal failed. Only asks. */
final class Diagnosis {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int LONGEST = 1_000_000;

    private final Map<String, String> answers = new LinkedHashMap<>();

    /** What minishift itself says; a question that is not answered in time says so. */
    Diagnosis(Minishift minishift) {
        ask(minishift, "version.txt", "version");
        ask(minishift, "status.txt", "status");
        ask(minishift, "config.txt", "config", "view");
        ask(minishift, "logs.txt", "logs");
    }

    private void ask(Minishift minishift, String file, String... words) {
        add(file, () -> {
            CommandResult result = minishift.command(LIMIT, words);
            String text = result.shown();
            return (result.ended()
                            ? "did not end within " + LIMIT.toSeconds() + " s\n"
                            : "exit status " + result.exit() + "\n")
                    + text.substring(Math.max(0, text.length() - LONGEST));
        });
    }

    /** A text, or why there is none. */
    void add(String file, Supplier<String> text) {
        try {
            answers.put(file, text.get());
        } catch (ProblemException e) {
            answers.put(file, e.getMessage() + "\n");
        }
    }

    /** A file, if it is there. */
    void addFile(String name, Path file) {
        try {
            if (Files.isReadable(file)) {
                answers.put(name, Files.readString(file));
            }
        } catch (IOException e) {
            answers.put(name, e + "\n");
        }
    }

    /** The events say why a pod has no image, where the pod itself only says that it waits for it. */
    void addCluster(CommandRunner runner, Supplier<Path> oc, Path kubeconfig) {
        ask(runner, oc, kubeconfig, "pods.txt", "get", "pods", "--all-namespaces", "-o", "wide");
        ask(runner, oc, kubeconfig, "events.txt", "get", "events", "--all-namespaces");
        ask(runner, oc, kubeconfig, "imagestreams.json", "get", "imagestreams", "--all-namespaces", "-o", "json");
    }

    private void ask(CommandRunner runner, Supplier<Path> oc, Path kubeconfig, String file, String... words) {
        List<String> arguments = new ArrayList<>(List.of("--request-timeout=10s"));
        arguments.addAll(List.of(words));
        // Not --config, which oc has no more since 4.7.
        Map<String, String> environment = Map.of("KUBECONFIG", kubeconfig.toString());
        add(file, () -> Kubeconfig.secrets(kubeconfig)
                .mask(runner.run(new Command(oc.get(), arguments, environment, LIMIT))
                        .shown()));
    }

    /** The texts by file name. */
    Map<String, String> answers() {
        return answers;
    }
}
