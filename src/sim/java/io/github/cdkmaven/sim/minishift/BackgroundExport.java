package io.github.cdkmaven.sim.minishift;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;

/** The detached {@code minishift image export} that outlives the first start, with nothing on its stdio. */
final class BackgroundExport {

    private static final String SECONDS = "20";

    private BackgroundExport() {}

    static long start(World world) {
        try {
            Process process = new ProcessBuilder("sleep", SECONDS)
                    .redirectInput(Redirect.from(new java.io.File("/dev/null")))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            world.remember(process.toHandle());
            return process.pid();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
