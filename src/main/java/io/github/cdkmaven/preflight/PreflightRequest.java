package io.github.cdkmaven.preflight;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.streams.Streams;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is to be checked.
 *
 * @param mistakes what is wrong with the parameters
 * @param engine what would be started
 * @param registries from which images come; absent when their parameters are mistaken, so that asking them would prove nothing
 * @param mapped whether the rules of where images go can be used
 * @param streams which ImageStreams matter
 * @param beforeStart whether a start is about to be made, which goes on where it will learn more
 * @param additionalImages the project's own images
 * @param imagesDirectory where the lists of missing images go
 */
public record PreflightRequest(
        List<Check> mistakes,
        Engine engine,
        Optional<Registries> registries,
        boolean mapped,
        Streams streams,
        boolean beforeStart,
        List<NeededImage> additionalImages,
        Path imagesDirectory) {

    public PreflightRequest {
        mistakes = List.copyOf(mistakes);
        additionalImages = List.copyOf(additionalImages);
    }
}
