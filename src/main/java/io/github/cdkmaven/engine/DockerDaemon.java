package io.github.cdkmaven.engine;

import java.nio.file.Path;

/**
 * A docker that answers beyond its machine.
 *
 * @param host its address, as {@code DOCKER_HOST} names it
 * @param certificates the folder with the client's certificate, key and authority, as {@code DOCKER_CERT_PATH} names it
 */
public record DockerDaemon(String host, Path certificates) {}
