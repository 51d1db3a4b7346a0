package io.github.cdkmaven.problem;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that went wrong, in the four parts that every failed goal shows.
 *
 * @param what one sentence: what failed, and where
 * @param evidence what shows it: a status, an elapsed time and its limit, the last lines of a program; may be empty
 * @param fix what the user can do, naming the POM element and the property
 * @param log the file that holds the whole story, where there is one
 */
public record Problem(String what, List<String> evidence, String fix, Optional<Path> log) {

    public Problem {
        evidence = List.copyOf(evidence);
    }

    /** A problem without evidence or log yet. */
    public static Problem of(String what, String fix) {
        return new Problem(what, List.of(), fix, Optional.empty());
    }

    /** The same problem with further lines of evidence. */
    public Problem with(String... lines) {
        return with(List.of(lines));
    }

    /** The same problem with further lines of evidence. */
    public Problem with(List<String> lines) {
        List<String> all = new ArrayList<>(evidence);
        all.addAll(lines);
        return new Problem(what, all, fix, log);
    }

    /** The same problem, with the file that tells more. */
    public Problem loggedIn(Path file) {
        return new Problem(what, evidence, fix, Optional.of(file));
    }

    /** An exception that carries this problem. */
    public ProblemException toException() {
        return new ProblemException(this);
    }

    /** An exception that carries this problem and what caused it. */
    public ProblemException toException(Throwable cause) {
        return new ProblemException(this, cause);
    }

    /** What happened and what shows it, in one line. */
    public String toSentence() {
        return evidence.isEmpty() ? what : what + " (" + String.join("; ", evidence) + ")";
    }

    /**
     * The block that ends a failed goal's log: what, evidence, {@code Fix:}, {@code Log:}. Whatever names and messages from elsewhere bring along, none
     * of them acts on a terminal.
     */
    public List<String> toLines() {
        List<String> lines = new ArrayList<>();
        lines.add(what);
        evidence.forEach(line -> lines.add("  " + line));
        lines.add("Fix: " + fix);
        log.ifPresent(file -> lines.add("Log: " + file));
        return lines.stream().map(ForeignText::spelledOut).toList();
    }
}
