package io.github.cdkmaven.sim.minishift;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Asks on stdin: waits for ever where stdin stays open, takes its end as no. */
final class Confirmation {

    private Confirmation() {}

    static boolean ask(Call call, String question) {
        call.print(question + " Do you want to continue [y/N]?: ");
        String answer = readLine(call).toLowerCase(Locale.ROOT).trim();
        return answer.equals("y") || answer.equals("yes");
    }

    /** Empty at the end of stdin. */
    static String readLine(Call call) {
        StringBuilder line = new StringBuilder();
        try {
            int next = call.in().read();
            while (next >= 0 && next != '\n') {
                line.append((char) next);
                next = call.in().read();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }
}
