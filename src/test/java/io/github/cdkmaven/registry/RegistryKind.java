package io.github.cdkmaven.registry;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cdkmaven.sim.registry.DockerRegistry;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TestCertificates;
import io.github.cdkmaven.sim.registry.TestRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The registries that one and the same test runs against. */
public enum RegistryKind {
    SIMULATED_PLAIN(AuthScheme.NONE) {
        @Override
        public TestRegistry open() {
            return SimulatedRegistry.start();
        }
    },
    SIMULATED_TLS(AuthScheme.NONE) {
        @Override
        public TestRegistry open() {
            return SimulatedRegistry.builder()
                    .tls(TestCertificates.Kind.PRIVATE_CA)
                    .start();
        }
    },
    SIMULATED_TLS_AND_PASSWORD(AuthScheme.BASIC) {
        @Override
        public TestRegistry open() {
            return SimulatedRegistry.builder()
                    .tls(TestCertificates.Kind.PRIVATE_CA)
                    .basicAuth(USER, PASSWORD)
                    .start();
        }
    },
    SIMULATED_TOKEN(AuthScheme.BEARER) {
        @Override
        public TestRegistry open() {
            return SimulatedRegistry.builder().tokenAuth(USER, PASSWORD).start();
        }
    },
    REAL_PLAIN(AuthScheme.NONE) {
        @Override
        public TestRegistry open() {
            assumeTrue(DockerRegistry.available());
            return DockerRegistry.start();
        }
    },
    REAL_TLS(AuthScheme.NONE) {
        @Override
        public TestRegistry open() {
            assumeTrue(DockerRegistry.available());
            return DockerRegistry.builder().tls().start();
        }
    },
    REAL_TLS_AND_PASSWORD(AuthScheme.BASIC) {
        @Override
        public TestRegistry open() {
            assumeTrue(DockerRegistry.available());
            return DockerRegistry.builder().tls().basicAuth(USER, PASSWORD).start();
        }
    },
    REAL_PASSWORD(AuthScheme.BASIC) {
        @Override
        public TestRegistry open() {
            assumeTrue(DockerRegistry.available());
            return DockerRegistry.builder().basicAuth(USER, PASSWORD).start();
        }
    };

    static final String USER = "jane";
    /** Everything that a careless client would encode wrongly. */
    static final String PASSWORD = "p@ss: /#%$'\"\\ ä";

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    final AuthScheme auth;

    RegistryKind(AuthScheme auth) {
        this.auth = auth;
    }

    /** Starts one; leaves the test out where the real program is not installed. */
    public abstract TestRegistry open();

    /** Access as a user would configure it: the authority's file for TLS, insecure for plain HTTP, the login if one is needed. */
    public static Registry access(TestRegistry registry, Path folder) {
        Registry access = Registry.to(registry.host())
                .withTimeout(TIMEOUT)
                .withInsecure(registry.caPem().isEmpty());
        if (registry.caPem().isPresent()) {
            access = access.withCa(file(folder, registry.caPem().get()));
        }
        return registry.user().isPresent()
                ? access.withCredentials(new Credentials(
                        registry.user().get(), registry.password().orElseThrow()))
                : access;
    }

    /** A client that hardly pauses before it asks again. */
    public static RegistryClient client(TestRegistry registry, Path folder) {
        return new RegistryClient(access(registry, folder), pause -> {});
    }

    private static Path file(Path folder, String pem) {
        try {
            return Files.writeString(folder.resolve("registry-ca.pem"), pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
