package io.github.cdkmaven.verify;

import io.github.cdkmaven.engine.Contents.StoredImage;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.References;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the VM's docker holds.
 *
 * @param images its rows; an image with several names has several
 */
record ImageStore(List<StoredImage> images) {

    private static final String POD_PULLED = "docker-pullable://";

    ImageStore {
        images = List.copyOf(images);
    }

    /** The evidence on a row of the store. */
    ImageOrigin of(StoredImage image, ContentProof proof) {
        List<ImageReference> pulls = image.pulledAs().map(List::of).orElse(List.of());
        return new ImageOrigin(image.name(), true, pulls, pulls.isEmpty() && isProven(image.id(), image.name(), proof));
    }

    /** The evidence on what a container runs; docker shows its id where the name has gone to another image. */
    ImageOrigin ofContainer(String image, ContentProof proof) {
        Optional<String> id = References.isId(image) ? Optional.of(image) : idOf(image);
        return id.map(known -> held(image, known, proof)).orElseGet(() -> ImageOrigin.named(image));
    }

    /** The evidence on what a pod's container runs, by what the node calls its image's id. */
    ImageOrigin ofPod(String image, Optional<String> imageId, ContentProof proof) {
        if (imageId.isEmpty()) {
            return ImageOrigin.named(image);
        }
        String id = imageId.get();
        if (id.startsWith(POD_PULLED)) {
            return References.parse(id.substring(POD_PULLED.length()))
                    .map(pull -> new ImageOrigin(image, true, List.of(pull), false))
                    .orElseGet(() -> ImageOrigin.named(image));
        }
        // CRI-O names what it pulled, and not a scheme.
        return References.parse(id)
                .filter(pull -> pull.digest().isPresent())
                .map(pull -> new ImageOrigin(image, true, List.of(pull), false))
                .orElseGet(() -> held(image, id.replaceFirst("^docker://", ""), proof));
    }

    private ImageOrigin held(String image, String id, ContentProof proof) {
        List<StoredImage> rows = rowsOf(id);
        List<ImageReference> sameRepository = rows.stream()
                .filter(row -> References.parse(image).filter(row::isNamed).isPresent())
                .flatMap(row -> row.pulledAs().stream())
                .distinct()
                .toList();
        List<ImageReference> pulls = sameRepository.isEmpty()
                ? rows.stream()
                        .flatMap(row -> row.pulledAs().stream())
                        .distinct()
                        .toList()
                : sameRepository;
        return new ImageOrigin(image, true, pulls, pulls.isEmpty() && isProven(id, image, proof));
    }

    private boolean isProven(String id, String image, ContentProof proof) {
        List<ImageReference> names = Stream.concat(
                        Stream.of(image), rowsOf(id).stream().map(StoredImage::name))
                .map(References::parse)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return proof.isRegistrys(fullId(id), names);
    }

    private Optional<String> idOf(String name) {
        return References.parse(name)
                .flatMap(reference ->
                        images.stream().filter(row -> row.isNamed(reference)).findFirst())
                .map(StoredImage::id);
    }

    private List<StoredImage> rowsOf(String id) {
        return images.stream().filter(row -> isSameId(row.id(), id)).toList();
    }

    /** The whole id, where docker has cut the one in hand. */
    private String fullId(String id) {
        return rowsOf(id).stream().map(StoredImage::id).findFirst().orElse(id);
    }

    private static boolean isSameId(String whole, String given) {
        return withoutAlgorithm(whole).startsWith(withoutAlgorithm(given));
    }

    private static String withoutAlgorithm(String id) {
        return id.startsWith("sha256:") ? id.substring("sha256:".length()) : id;
    }
}
