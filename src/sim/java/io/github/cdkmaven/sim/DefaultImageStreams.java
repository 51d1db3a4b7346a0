package io.github.cdkmaven.sim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** The small set of ImageStreams that a cluster holds when a test brings none of its own. */
final class DefaultImageStreams {

    private static final String RESOURCE = "image-streams.json";

    private DefaultImageStreams() {}

    static Path write(Path folder) throws IOException {
        Path file = folder.resolve(RESOURCE);
        try (InputStream in = Objects.requireNonNull(
                DefaultImageStreams.class.getResourceAsStream(RESOURCE), "the default image streams are missing")) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }
}
