package io.github.cdkmaven.process;

import java.time.Duration;
import java.util.List;

/**
 * How a program ended.
 *
 * @param exit its exit status; meaningless when it was ended by us
 * @param out what it wrote to standard output as it is, to be read by us alone, without carriage returns; the end of it when it was endless
 * @param err the same for standard error
 * @param took how long it ran
 * @param ended whether it was ended because its time was up
 * @param secrets what must not be seen of it
 */
public record CommandResult(int exit, String out, String err, Duration took, boolean ended, Secrets secrets) {

    private static final int LAST_LINES = 20;

    /** Of a command that had no time left: it did not end in time either. */
    static CommandResult notStarted() {
        return new CommandResult(-1, "", "not started: no time was left for it", Duration.ZERO, true);
    }

    /** What a program without secrets did. */
    public CommandResult(int exit, String out, String err, Duration took, boolean ended) {
        this(exit, out, err, took, ended, Secrets.NONE);
    }

    /** Whether it ended by itself with exit status 0. That alone proves little: see each command's own check. */
    public boolean succeeded() {
        return !ended && exit == 0;
    }

    /** Both streams as they are, standard output first. */
    public String all() {
        return out + (out.isEmpty() || out.endsWith("\n") ? "" : "\n") + err;
    }

    /** Both streams for people: masked, and harmless to a terminal. */
    public String shown() {
        return secrets.mask(all());
    }

    /** The last lines that say anything, for a message: masked. */
    public List<String> lastLines() {
        List<String> lines = shown().lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isBlank())
                .toList();
        return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    }

    /** Never what it wrote. */
    @Override
    public String toString() {
        return ended ? "ended after " + took : "exit status " + exit;
    }
}
