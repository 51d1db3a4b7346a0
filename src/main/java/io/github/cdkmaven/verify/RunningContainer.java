package io.github.cdkmaven.verify;

/**
 * One row of {@code docker ps}.
 *
 * @param name its name; the nodes' containers are called {@code k8s_CONTAINER_POD_NAMESPACE_…}
 * @param image the image by the name that it was started with, or by its id where that name has gone to another image
 */
record RunningContainer(String name, String image) {

    private static final String OF_NODE = "k8s_";

    /** Whether the cluster runs it: the container of the master or of the node, or one that the node has started. */
    boolean isClusters() {
        return name.equals("origin") || name.startsWith(OF_NODE);
    }

    /** Whether it is that container of that pod. */
    boolean isOf(String pod, String container) {
        return name.startsWith(OF_NODE + container + "_" + pod + "_");
    }
}
