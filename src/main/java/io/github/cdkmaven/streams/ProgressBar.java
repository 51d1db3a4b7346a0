package io.github.cdkmaven.streams;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/** A bar below the last line of the log that shows how far the imports are; only for eyes, so only on a real terminal. */
final class ProgressBar {

    private static final int WIDTH = 30;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Optional<PrintWriter> terminal;

    ProgressBar(Optional<PrintWriter> terminal) {
        this.terminal = terminal;
    }

    /** The bar of this process: none in a build whose output goes to a file, a pipe or a CI server. */
    static ProgressBar here() {
        return new ProgressBar(
                isTerminal() ? Optional.ofNullable(System.console()).map(Console::writer) : Optional.empty());
    }

    /** Java 22 to 24 have a console also where there is no terminal (JDK-8308591, taken back by JDK-8351435). */
    private static boolean isTerminal() {
        int java = Runtime.version().feature();
        return (java < 22 || java > 24)
                && System.getenv("CI") == null
                && !"dumb".equals(System.getenv().getOrDefault("TERM", "dumb"));
    }

    boolean isVisible() {
        return terminal.isPresent();
    }

    /** Draws the bar, unless all is done. The next line of the log, whosever it is, begins where the bar does and covers it. */
    void draw(int done, int all) {
        if (done < all) {
            int filled = WIDTH * done / all;
            write("[" + "=".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + done + "/" + all + "\r");
        }
    }

    /** Makes room for a line of the log. */
    void clear() {
        write(CLEAR_LINE);
    }

    private void write(String text) {
        terminal.ifPresent(writer -> {
            writer.print(text);
            writer.flush();
        });
    }
}
