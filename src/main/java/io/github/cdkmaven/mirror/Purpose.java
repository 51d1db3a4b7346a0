package io.github.cdkmaven.mirror;

/** What an image is needed for. */
public sealed interface Purpose {

    /** The same in a few words, for messages and comments. */
    String words();

    /**
     * A part of OpenShift, whose name follows the image argument of cluster up.
     *
     * @param component the end of its name; empty for the one that carries the bare name (up to OpenShift 3.9)
     */
    record Platform(String component) implements Purpose {

        @Override
        public String words() {
            return component.isEmpty() ? "OpenShift" : "OpenShift, " + component;
        }
    }

    /** What {@code oc} is copied out of before cluster up; minishift has its name compiled in (1.18, {@code cmd/util/oc.go}). */
    record OcCopy() implements Purpose {

        @Override
        public String words() {
            return "copying oc";
        }
    }

    /** A part of OpenShift whose name nothing can change (origin#20887). */
    record HardCoded() implements Purpose {

        @Override
        public String words() {
            return "OpenShift, compiled-in name";
        }
    }

    /** An image that a tag of an ImageStream imports. */
    record Stream(String stream, String tag) implements Purpose {

        @Override
        public String words() {
            return "image stream " + stream + ":" + tag;
        }
    }

    /**
     * An image that was seen running.
     *
     * @param where the namespace and the pod
     */
    record Running(String where) implements Purpose {

        @Override
        public String words() {
            return "pod " + where;
        }
    }

    /** An image that the project named itself. */
    record Additional() implements Purpose {

        @Override
        public String words() {
            return "additionalImages";
        }
    }
}
