package io.github.cdkmaven.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a registry is and how to get in.
 *
 * @param host host and optional port, without a scheme: {@code registry.corp.example:5000}
 * @param prefix path below which the registry keeps its images, without slashes at its ends; empty if there is none
 * @param insecure whether any certificate, and plain HTTP where TLS is not spoken, will do
 * @param ca PEM file with the certificates of authorities to trust beside those of the JVM
 * @param credentials user and password, where the registry wants them
 * @param timeout the longest that one question may take, its retries included; for a blob, the longest silence
 */
public record RegistryAccess(
        String host,
        String prefix,
        boolean insecure,
        Optional<Path> ca,
        Optional<Credentials> credentials,
        Duration timeout) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** Access over verified TLS, without credentials, with a timeout of 30 seconds. */
    public static RegistryAccess to(String host) {
        return new RegistryAccess(host, "", false, Optional.empty(), Optional.empty(), DEFAULT_TIMEOUT);
    }

    public RegistryAccess withPrefix(String path) {
        return new RegistryAccess(host, path, insecure, ca, credentials, timeout);
    }

    public RegistryAccess withInsecure(boolean accepted) {
        return new RegistryAccess(host, prefix, accepted, ca, credentials, timeout);
    }

    public RegistryAccess withCa(Path pem) {
        return new RegistryAccess(host, prefix, insecure, Optional.of(pem), credentials, timeout);
    }

    public RegistryAccess withCredentials(Credentials login) {
        return new RegistryAccess(host, prefix, insecure, ca, Optional.of(login), timeout);
    }

    public RegistryAccess withTimeout(Duration limit) {
        return new RegistryAccess(host, prefix, insecure, ca, credentials, limit);
    }

    /** The repository in which the registry keeps an image: the prefix, and the image's own path. */
    public String repository(String path) {
        return prefix.isEmpty() ? path : prefix + '/' + path;
    }
}
