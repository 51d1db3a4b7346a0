package io.github.cdkmaven.preflight;

import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.minishift.checks.Host;
import io.github.cdkmaven.minishift.checks.Programs;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.registry.RegistryAccess;
import io.github.cdkmaven.report.Check;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is to be checked.
 *
 * @param mistakes what is wrong with the parameters
 * @param settings what minishift would be started with
 * @param programs the programs of the start
 * @param host the machine of the start
 * @param registry the company's registry; absent when its parameters are mistaken, so that asking it would prove nothing
 * @param relocation where images go; absent when the rules are mistaken
 * @param streams which ImageStreams matter
 * @param additionalImages the project's own images
 * @param proxies the proxies that minishift will find
 * @param imagesDirectory where the lists of missing images go
 */
public record PreflightRequest(
        List<Check> mistakes,
        StartSettings settings,
        Programs programs,
        Host host,
        Optional<RegistryAccess> registry,
        Optional<Relocation> relocation,
        StreamChoice streams,
        List<NeededImage> additionalImages,
        ProxySettings proxies,
        Path imagesDirectory) {

    public PreflightRequest {
        mistakes = List.copyOf(mistakes);
        additionalImages = List.copyOf(additionalImages);
    }

    /** The same checks for a start that is about to be made, which goes on where it will learn more. */
    public PreflightRequest beforeStart() {
        return new PreflightRequest(
                mistakes,
                settings,
                programs,
                host,
                registry,
                relocation,
                streams.beforeStart(settings.isGeneric()),
                additionalImages,
                proxies,
                imagesDirectory);
    }
}
