package io.github.cdkmaven.registry;

import io.github.cdkmaven.image.RegistryName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One image registry: where it is, whom it is trusted by, and how to get in.
 *
 * @param name host with an optional port, and the path below which it keeps its images
 * @param insecure whether any certificate, and plain HTTP where TLS is not spoken, will do
 * @param ca PEM file with the certificates of authorities to trust beside those of the JVM
 * @param credentials user and password, where the registry wants them
 * @param timeout the longest that one question may take, its retries included; for a blob, the longest silence
 */
public record Registry(
        RegistryName name, boolean insecure, Optional<Path> ca, Optional<Credentials> credentials, Duration timeout) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** A registry over verified TLS, without credentials, with a timeout of 30 seconds. */
    public static Registry to(String host) {
        return new Registry(
                new RegistryName(host, Optional.empty()), false, Optional.empty(), Optional.empty(), DEFAULT_TIMEOUT);
    }

    /** Host and optional port, without a scheme: {@code registry.corp.example:5000}. */
    public String host() {
        return name.host();
    }

    public Registry withPrefix(String path) {
        return new Registry(new RegistryName(host(), Optional.of(path)), insecure, ca, credentials, timeout);
    }

    public Registry withInsecure(boolean accepted) {
        return new Registry(name, accepted, ca, credentials, timeout);
    }

    public Registry withCa(Path pem) {
        return new Registry(name, insecure, Optional.of(pem), credentials, timeout);
    }

    public Registry withCredentials(Credentials login) {
        return new Registry(name, insecure, ca, Optional.of(login), timeout);
    }

    public Registry withTimeout(Duration limit) {
        return new Registry(name, insecure, ca, credentials, limit);
    }
}
