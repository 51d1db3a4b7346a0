package io.github.cdkmaven.mirror;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.registry.ManifestAnswer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code images.lock}: what the registry holds, each image by its tag and the digest that it had when it was asked. */
final class ImageLock {

    private ImageLock() {}

    static String text(Inventory inventory, String what) {
        return Heading.of(List.of(what, "What the registry holds of it, with digests."))
                + inventory.answers().entrySet().stream()
                        .flatMap(entry -> line(entry.getKey().target(), entry.getValue()).stream())
                        .sorted()
                        .map(line -> line + "\n")
                        .collect(Collectors.joining());
    }

    private static Optional<String> line(ImageReference target, ManifestAnswer answer) {
        return answer instanceof ManifestAnswer.Found found
                ? Optional.of(target.digest().isPresent() ? target.toString() : target + "@" + found.digest())
                : Optional.empty();
    }
}
