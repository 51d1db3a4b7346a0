package io.github.cdkmaven.engine;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.References;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.report.Check;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is in a running machine.
 *
 * @param containers what runs
 * @param images what its runtime holds; an image with several names has several rows
 * @param policy what its runtime goes by; absent where nothing is known, or where it heeds none of it
 * @param findings what the engine itself finds about it
 * @param bundled the digests of the images that came with the machine's own image
 */
public record Contents(
        List<Container> containers,
        List<StoredImage> images,
        Optional<RegistryPolicy> policy,
        List<Check> findings,
        Set<String> bundled) {

    /** What is known of a cluster whose machines nobody looks into. */
    public static final Contents NONE = new Contents(List.of(), List.of(), Optional.empty(), List.of());

    public Contents {
        containers = List.copyOf(containers);
        images = List.copyOf(images);
        findings = List.copyOf(findings);
        bundled = Set.copyOf(bundled);
    }

    /** What is in a machine that brings no images with it. */
    public Contents(
            List<Container> containers,
            List<StoredImage> images,
            Optional<RegistryPolicy> policy,
            List<Check> findings) {
        this(containers, images, policy, findings, Set.of());
    }

    /** Where a name without a registry is looked for; in Docker Hub alone by a docker as everybody has it, which knows no other. */
    public List<String> searchOrder() {
        return policy.map(RegistryPolicy::searchOrder).orElse(List.of(RegistryPolicy.HUB));
    }

    /**
     * A container that runs.
     *
     * @param name its name; the nodes' containers are called {@code k8s_CONTAINER_POD_NAMESPACE_…}
     * @param image the image by the name that it was started with, or by its id where that name has gone to another image
     */
    public record Container(String name, String image) {

        private static final String OF_NODE = "k8s_";

        /** Whether the cluster runs it: the container of the master or of the node, or one that the node has started. */
        public boolean isClusters() {
            return name.equals("origin") || name.startsWith(OF_NODE);
        }

        /** Whether it is that container of that pod. */
        public boolean isOf(String pod, String container) {
            return name.startsWith(OF_NODE + container + "_" + pod + "_");
        }
    }

    /**
     * An image that the runtime holds, under one of its names.
     *
     * @param repository the repository; {@code <none>} for an image that has lost its name
     * @param tag the tag; {@code <none>} for an image that was pulled by its digest
     * @param digest the digest by which it was pulled from that repository; {@code <none>} for one that was loaded or built
     * @param id the image's id: the digest of its configuration
     */
    public record StoredImage(String repository, String tag, String digest, String id) {

        private static final String NONE = "<none>";

        /** Whether anything but its id tells it from others. */
        public boolean hasName() {
            return !repository.equals(NONE) && !(tag.equals(NONE) && digest.equals(NONE));
        }

        /** The name, with the digest where there is no tag. */
        public String name() {
            return tag.equals(NONE) ? repository + "@" + digest : repository + ":" + tag;
        }

        /** From where it was pulled; empty if no registry gave it. */
        public Optional<ImageReference> pulledAs() {
            return repository.equals(NONE) || digest.equals(NONE)
                    ? Optional.empty()
                    : References.parse(repository + "@" + digest);
        }

        /** Whether an image that is named like this is the one of this row. */
        public boolean isNamed(ImageReference other) {
            boolean sameName = References.parse(repository)
                    .map(Relocation::fullName)
                    .equals(Optional.of(Relocation.fullName(other)));
            return sameName
                    && other.digest()
                            .map(digest::equals)
                            .orElseGet(() -> tag.equals(other.tag().orElse("latest")));
        }
    }
}
