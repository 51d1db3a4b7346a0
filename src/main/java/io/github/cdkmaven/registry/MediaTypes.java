package io.github.cdkmaven.registry;

import java.util.List;
import java.util.stream.Stream;

/** The media types of manifests. */
public final class MediaTypes {

    public static final String MANIFEST_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String SCHEMA_2 = "application/vnd.docker.distribution.manifest.v2+json";
    public static final String SCHEMA_1_SIGNED = "application/vnd.docker.distribution.manifest.v1+prettyjws";
    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

    /** The processors on which every CDK runs. */
    public static final String AMD64 = "amd64";

    private static final String SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+json";

    /** Exactly what the importer of OpenShift 3.6 to 3.11 accepts (origin pkg/image/importer). */
    static final List<String> OPENSHIFT_3 = List.of(MANIFEST_LIST, SCHEMA_2, SCHEMA_1_SIGNED, "application/json");

    /** The same and OCI's, to tell what is there in a form that OpenShift 3.x cannot read. */
    static final List<String> ALL = Stream.concat(OPENSHIFT_3.stream(), Stream.of(OCI_MANIFEST, OCI_INDEX))
            .toList();

    private MediaTypes() {}

    static boolean isSchema1(String mediaType) {
        // Registries of 2016 label it application/json.
        return mediaType.equals(SCHEMA_1_SIGNED) || mediaType.equals(SCHEMA_1) || mediaType.equals("application/json");
    }

    static boolean isOci(String mediaType) {
        return mediaType.equals(OCI_MANIFEST) || mediaType.equals(OCI_INDEX);
    }

    /** Whether it is a list of images for several processors. */
    public static boolean isList(String mediaType) {
        return mediaType.equals(MANIFEST_LIST) || mediaType.equals(OCI_INDEX);
    }

    static boolean isManifest(String mediaType) {
        return mediaType.equals(SCHEMA_2) || isSchema1(mediaType) || isList(mediaType) || isOci(mediaType);
    }
}
