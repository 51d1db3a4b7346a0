package io.github.cdkmaven.crc;

import io.github.cdkmaven.engine.Contents.StoredImage;
import io.github.cdkmaven.process.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The list of the images that were in the VM right after its first start, before it was told of any registry: those of the bundle. It lies beside the
 * record of who has started the VM.
 *
 * @param file the list: the VM that it is of, then a digest a line
 * @param kubeconfig what tells one VM from the next: the administrator's certificate, which a first start makes
 */
record BundledImages(Path file, Path kubeconfig) {

    /** Repositories of images that a bundle brings along (snc {@code snc.sh}, {@code createdisk.sh}), for a VM of which there is no list. */
    private static final List<String> REPOSITORIES = List.of(
            "quay.io/openshift-release-dev/ocp-release",
            "quay.io/openshift-release-dev/ocp-v4.0-art-dev",
            "quay.io/crcont/routes-controller",
            "registry.redhat.io/container-native-virtualization/hostpath-csi-driver-rhel9");

    /** The digests, if there is a list of this VM. */
    Optional<Set<String>> read() {
        try {
            List<String> lines = Files.isReadable(file) ? Files.readAllLines(file) : List.of();
            return !lines.isEmpty() && lines.get(0).equals(vm())
                    ? Optional.of(Set.copyOf(lines.subList(1, lines.size())))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Keeps the list. */
    void write(List<StoredImage> images) {
        try {
            String digests = digests(images).stream().sorted().collect(Collectors.joining("\n"));
            AtomicFile.writePrivate(file, vm() + "\n" + digests + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** What counts as bundled where there is no list: what the release pins by its digests. */
    static Set<String> ofRelease(List<StoredImage> images) {
        return digests(images.stream()
                .filter(image -> REPOSITORIES.contains(image.repository()))
                .toList());
    }

    private static Set<String> digests(List<StoredImage> images) {
        return images.stream()
                .map(StoredImage::digest)
                .filter(digest -> digest.startsWith("sha"))
                .collect(Collectors.toUnmodifiableSet());
    }

    private String vm() throws IOException {
        try {
            byte[] content = Files.isReadable(kubeconfig)
                    ? Files.readAllBytes(kubeconfig)
                    : "none".getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
