package io.github.cdkmaven.sim;

/**
 * A request that the simulated OpenShift answered.
 *
 * @param changing whether it was one that changes something, dry runs excepted
 */
public record ClusterRequest(String method, String path, int status, String user, boolean changing) {}
