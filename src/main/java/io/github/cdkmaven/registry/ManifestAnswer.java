package io.github.cdkmaven.registry;

import java.util.List;

/** What a registry said when it was asked for an image, so that each case can be told to the user with its own fix. */
public sealed interface ManifestAnswer
        permits ManifestAnswer.Found,
                ManifestAnswer.OciOnly,
                ManifestAnswer.Missing,
                ManifestAnswer.Incomplete,
                ManifestAnswer.Unproven,
                RegistryFailure {

    /** What it means, in a few words without a full stop. */
    String words();

    /** What the user can do about it; empty when there is nothing to do. */
    String fix();

    /**
     * The image is there, in a form that whoever pulls can read.
     *
     * @param digest the digest of the manifest (or list)
     * @param mediaType what the manifest is: schema 2, schema 1, a list, or OCI's of them where that is read
     * @param size the manifest's size in bytes
     * @param architectures the processors that it is for; empty when the answer did not tell
     * @param wanted the processor on which it is to run
     */
    record Found(String digest, String mediaType, long size, List<String> architectures, String wanted)
            implements ManifestAnswer {

        public Found {
            architectures = List.copyOf(architectures);
        }

        /** An image that is to run on amd64. */
        public Found(String digest, String mediaType, long size, List<String> architectures) {
            this(digest, mediaType, size, architectures, MediaTypes.AMD64);
        }

        /** Whether it is of the old form without a configuration, which newer registries and dockers refuse. */
        public boolean schema1() {
            return MediaTypes.isSchema1(mediaType);
        }

        /** Whether it is known to lack an image for the processor on which it is to run. */
        public boolean otherArchitecture() {
            return !architectures.isEmpty() && !architectures.contains(wanted);
        }

        @Override
        public String words() {
            if (otherArchitecture()) {
                return "in the registry, but for " + String.join(", ", architectures) + " only";
            }
            return schema1() ? "in the registry, but as schema 1" : "there";
        }

        @Override
        public String fix() {
            if (otherArchitecture()) {
                return "Mirror the image for linux/" + wanted + ", on which this OpenShift runs.";
            }
            return schema1() ? "Mirror it again with `skopeo copy --format v2s2`." : "";
        }
    }

    /**
     * The image is there, but only with an OCI manifest, which OpenShift before 4.7 cannot read (openshift-apiserver#145).
     *
     * @param digest the digest of the OCI manifest
     * @param mediaType the OCI media type
     */
    record OciOnly(String digest, String mediaType) implements ManifestAnswer {

        @Override
        public String words() {
            return "in the registry, but as an OCI image, which OpenShift 3.x cannot read";
        }

        @Override
        public String fix() {
            return "Mirror it again in Docker's format: `skopeo copy --format v2s2`.";
        }
    }

    /**
     * The registry answers, and has no such image.
     *
     * @param kind how it put that
     * @param wanted the processor on which the image was to run
     */
    record Missing(Kind kind, String wanted) implements ManifestAnswer {

        /** An image that was to run on amd64. */
        public Missing(Kind kind) {
            this(kind, MediaTypes.AMD64);
        }

        /** How the registry put it. */
        public enum Kind {
            /** It has no such repository: often the wrong path or prefix. */
            NAME_UNKNOWN,
            /** It has no such tag or digest. Docker Distribution says this for unknown repositories too. */
            MANIFEST_UNKNOWN,
            /** 404 and no reason. */
            NO_BODY,
            /** It has a list of images for several processors, and not the image for the one that is wanted. */
            PART
        }

        @Override
        public String words() {
            return switch (kind) {
                case NAME_UNKNOWN -> "the registry has no such repository";
                case MANIFEST_UNKNOWN -> "the registry has no such image";
                case NO_BODY -> "not found (404 without a reason)";
                case PART -> "there is a manifest list, but not its image for " + wanted;
            };
        }

        @Override
        public String fix() {
            return switch (kind) {
                case PART ->
                    "Mirror its image for linux/" + wanted + " alone, as the lists of `cdk:images` do, or all of it.";
                case MANIFEST_UNKNOWN, NAME_UNKNOWN, NO_BODY ->
                    "Have it mirrored; or, if it is there under another path, correct <registry> (-Dcdk.registry=…) or"
                            + " <mappings> (-Dcdk.mappings=…).";
            };
        }
    }

    /**
     * The manifest is there, and what it names is gone: a pull ends with {@code unknown blob}.
     *
     * @param gone the configuration and layers that are not found
     */
    record Incomplete(List<String> gone) implements ManifestAnswer {

        public Incomplete {
            gone = List.copyOf(gone);
        }

        @Override
        public String words() {
            return "incomplete (NotFound): the manifest is there, but " + gone.get(0) + " is not found"
                    + (gone.size() == 1 ? "" : ", nor are " + (gone.size() - 1) + " more of its blobs");
        }

        @Override
        public String fix() {
            return "Mirror the image again: its repository was cleaned up, or a proxy repository no longer has its layers.";
        }
    }

    /**
     * The image is there, and it is not known whether all of it is.
     *
     * @param image what is there
     * @param reason why the rest is not known
     */
    record Unproven(Found image, String reason) implements ManifestAnswer {

        @Override
        public String words() {
            return "in the registry, but not known to be complete: " + reason;
        }

        @Override
        public String fix() {
            return "A proxy repository may only now be fetching the layers: pull the image once, or raise <registryTimeout>"
                    + " (-Dcdk.registryTimeout=…).";
        }
    }
}
