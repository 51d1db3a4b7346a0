package io.github.cdkmaven.minishift;

import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What minishift can tell of itself and its VM to somebody who wants to know why a start failed. Only asks. */
public final class Diagnosis {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int LONGEST = 1_000_000;

    /** File names, and the command whose output goes there. */
    private static final Map<String, List<String>> QUESTIONS = questions();

    private Diagnosis() {}

    private static Map<String, List<String>> questions() {
        Map<String, List<String>> questions = new LinkedHashMap<>();
        questions.put("version.txt", List.of("version"));
        questions.put("status.txt", List.of("status"));
        questions.put("config.txt", List.of("config", "view"));
        questions.put("logs.txt", List.of("logs"));
        return questions;
    }

    /** The answers by file name, masked; one that did not come says so. */
    public static Map<String, String> of(Minishift minishift) {
        Map<String, String> answers = new LinkedHashMap<>();
        QUESTIONS.forEach((file, words) -> answers.put(file, ask(minishift, words)));
        return answers;
    }

    private static String ask(Minishift minishift, List<String> words) {
        try {
            CommandResult result = minishift.command(LIMIT, words.toArray(String[]::new));
            String text = result.shown();
            return (result.ended()
                            ? "did not end within " + LIMIT.toSeconds() + " s\n"
                            : "exit status " + result.exit() + "\n")
                    + text.substring(Math.max(0, text.length() - LONGEST));
        } catch (ProblemException e) {
            return e.getMessage() + "\n";
        }
    }
}
