package io.github.cdkmaven.engine;

/**
 * Whether a goal may change objects of the whole cluster, beyond the ImageStreams and secrets of namespaces: on a VM that is the user's own, and
 * never on a cluster that others use, too.
 *
 * @param ours whether it may
 * @param otherwise what has to be done instead, as the beginning of a sentence that a command follows
 */
public record ClusterConfiguration(boolean ours, String otherwise) {

    /** That of a cluster that others use, too. */
    public static final ClusterConfiguration OTHERS = new ClusterConfiguration(false, "Let an administrator set it");

    /** That of a VM of the user's own. */
    public static final ClusterConfiguration OURS = new ClusterConfiguration(true, "Set it");
}
