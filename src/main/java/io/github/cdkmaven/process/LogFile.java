package io.github.cdkmaven.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines of a program in a file, as they come, so that they are there too when the build is killed.
 *
 * <p>A log that cannot be written stops no program, and a program that prints for ever fills no disk.
 */
final class LogFile implements Consumer<String>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);

    /** In characters; a first start of the CDK prints some thousand. */
    private static final long LONGEST = 32L * 1024 * 1024;

    private final Path file;
    private long left = LONGEST;
    private Optional<BufferedWriter> writer;

    /** Begins the file anew. */
    LogFile(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            this.writer = Optional.of(Files.newBufferedWriter(file));
        } catch (IOException e) {
            this.writer = Optional.empty();
            LOG.warn("{} cannot be written", file, e);
        }
    }

    @Override
    public synchronized void accept(String line) {
        if (writer.isPresent()) {
            left -= line.length() + 1;
            try {
                writer.get().write(left < 0 ? "(more is left out here)" : line);
                writer.get().write('\n');
                writer.get().flush();
                if (left < 0) {
                    close();
                }
            } catch (IOException e) {
                LOG.warn("{} cannot be written any more", file, e);
                close();
            }
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (writer.isPresent()) {
                writer.get().close();
            }
        } catch (IOException e) {
            LOG.debug("{} could not be closed", file, e);
        }
        writer = Optional.empty();
    }
}
