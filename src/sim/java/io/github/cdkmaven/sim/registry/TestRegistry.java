package io.github.cdkmaven.sim.registry;

import java.io.UncheckedIOException;
import java.util.Optional;

/** What tests need of a registry, so that the same test runs against the in-process one and the real one. */
public interface TestRegistry extends AutoCloseable {

    /** Where it listens: {@code 127.0.0.1:port}. */
    String host();

    /** The certificate of the private authority that signed its own, as PEM, when it speaks TLS. */
    Optional<String> caPem();

    /** The name that it lets in, when it asks for one. */
    Optional<String> user();

    /** The password of {@link #user()}. */
    Optional<String> password();

    /**
     * Puts an image under a tag.
     *
     * @param name repository and tag, without the host: {@code openshift3/ose:v3.9.31}
     * @return the digest under which the registry knows it
     */
    String put(String name, TinyImage image);

    /** Puts the image that belongs to a name; the same name gives the same image everywhere. */
    default TinyImage image(String name) {
        TinyImage image = TinyImage.named(name);
        put(name, image);
        return image;
    }

    /**
     * Ends it.
     *
     * @throws UncheckedIOException when what it left cannot be removed
     */
    @Override
    void close();
}
