package io.github.cdkmaven.registry;

import java.util.List;

/** The forms of images that somebody who pulls can read, and asks a registry for. */
public enum ImageFormats {
    /** Docker's alone: all that the importer of OpenShift 3.6 to 4.6 reads (origin {@code pkg/image/importer}). */
    DOCKER(MediaTypes.OPENSHIFT_3),
    /** OCI's too: the importer from OpenShift 4.7 on (openshift-apiserver#145), and every docker and CRI-O of today. */
    DOCKER_AND_OCI(MediaTypes.ALL);

    private final List<String> accepted;

    ImageFormats(List<String> accepted) {
        this.accepted = accepted;
    }

    /** The media types of manifests, for the header {@code Accept}. */
    List<String> accepted() {
        return accepted;
    }

    /** Whether a manifest of that media type can be read; the old schema 1 comes under several names. */
    boolean reads(String mediaType) {
        return this == DOCKER_AND_OCI || !MediaTypes.isOci(mediaType);
    }
}
