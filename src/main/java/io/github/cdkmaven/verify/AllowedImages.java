package io.github.cdkmaven.verify;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.References;
import io.github.cdkmaven.image.Relocation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.codehaus.plexus.util.SelectorUtils;

/**
 * The images that the user accepts from elsewhere: patterns with {@code *} and {@code ?}, held against the name as it is written and as it is
 * in full ({@code docker.io/library/mysql}), with and without tag and digest.
 *
 * @param patterns the patterns as configured
 */
public record AllowedImages(List<String> patterns) {

    public AllowedImages {
        patterns = patterns.stream().map(String::strip).toList();
    }

    /** Whether one of the patterns is for this image. */
    public boolean matches(String image) {
        return reference(image)
                .map(AllowedImages::spellings)
                .orElseGet(() -> Stream.of(image))
                .anyMatch(text -> patterns.stream().anyMatch(pattern -> SelectorUtils.match(pattern, text)));
    }

    private static Stream<String> spellings(ImageReference image) {
        String full = Relocation.fullName(image);
        return Stream.of(image.toString(), image.name(), full + image.suffix(), full);
    }

    private static Optional<ImageReference> reference(String image) {
        return References.parse(image);
    }
}
