package io.github.cdkmaven.sim.registry;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** Debian's {@code docker-registry} (Docker Distribution) as a process of its own on a free loopback port. */
public final class DockerRegistry implements TestRegistry {

    private static final String PROGRAM = "docker-registry";
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final Pattern LISTENING = Pattern.compile("listening on (127\\.0\\.0\\.1:\\d+)");
    private static final int BCRYPT_COST = 5;
    private static final int BCRYPT_SALT = 16;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Path folder;
    private final Path storage;
    private final Optional<TestCertificates> certificates;
    private final Optional<String> user;
    private final Optional<String> password;
    private final Process process;
    private final String host;
    private final ImagePush push;

    private DockerRegistry(Builder builder) throws IOException {
        certificates = builder.certificates;
        user = builder.user;
        password = builder.password;
        folder = temporary();
        storage = builder.storage.orElse(folder.resolve("storage"));
        Path configuration = Files.writeString(folder.resolve("config.yml"), configuration());
        process = new ProcessBuilder(PROGRAM, "serve", configuration.toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        host = awaitAddress(output);
        Thread drain = new Thread(() -> output.lines().forEach(log::add), PROGRAM);
        drain.setDaemon(true);
        drain.start();
        push = new ImagePush(
                URI.create((certificates.isPresent() ? "https://" : "http://") + host),
                certificates.map(DockerRegistry::trust),
                user.map(name -> name + ':' + password.orElse("")));
    }

    /** In memory where that is possible: the registry waits for the disk after each of its many small files. */
    private static Path temporary() throws IOException {
        return Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, PROGRAM)
                : Files.createTempDirectory(PROGRAM);
    }

    /** Whether the program is on the PATH. */
    public static boolean available() {
        boolean found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, PROGRAM)));
        if (!found && "true".equals(System.getenv("CDK_REQUIRE_DOCKER_REGISTRY"))) {
            throw new IllegalStateException(
                    PROGRAM + " is not on the PATH, and CDK_REQUIRE_DOCKER_REGISTRY asks for it");
        }
        return found;
    }

    /** A registry over plain HTTP that lets everybody in. */
    public static DockerRegistry start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public Optional<String> caPem() {
        return certificates.map(TestCertificates::authorityPem);
    }

    @Override
    public Optional<String> user() {
        return user;
    }

    @Override
    public Optional<String> password() {
        return password;
    }

    @Override
    public String put(String name, TinyImage image) {
        return push.push(name, image);
    }

    /** Takes an image away, with all tags that point to it. */
    public void remove(String name) {
        push.remove(name);
    }

    /** The lines that it wrote so far, access log included. */
    public List<String> log() {
        return List.copyOf(log);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = new ArrayList<>(files.toList());
            Collections.reverse(deepestFirst);
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String awaitAddress(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            log.add(line);
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        throw new IOException(PROGRAM + " did not start: " + log);
    }

    private String configuration() throws IOException {
        StringBuilder yaml = new StringBuilder("""
                version: 0.1
                log: {level: info}
                storage:
                  filesystem: {rootdirectory: '%s'}
                  delete: {enabled: true}
                http:
                  addr: 127.0.0.1:0
                """.formatted(storage));
        if (certificates.isPresent()) {
            yaml.append("  tls: {certificate: '%s', key: '%s'}\n"
                    .formatted(
                            write("tls.crt", certificates.get().certificatePem()),
                            write("tls.key", certificates.get().keyPem())));
        }
        if (user.isPresent()) {
            byte[] salt = new byte[BCRYPT_SALT];
            new SecureRandom().nextBytes(salt);
            String line = user.get()
                    + ':'
                    + OpenBSDBCrypt.generate("2y", password.orElse("").toCharArray(), salt, BCRYPT_COST)
                    + '\n';
            yaml.append("auth:\n  htpasswd: {realm: basic-realm, path: '")
                    .append(write("htpasswd", line))
                    .append("'}\n");
        }
        return yaml.toString();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static SSLContext trust(TestCertificates certificates) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", certificates.authority());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a {@link DockerRegistry} is started; with nothing said, over plain HTTP and open to everybody. */
    public static final class Builder {

        private Optional<TestCertificates> certificates = Optional.empty();
        private Optional<String> user = Optional.empty();
        private Optional<String> password = Optional.empty();
        private Optional<Path> storage = Optional.empty();

        private Builder() {}

        /** Holds what another one holds, which is not closed before. */
        public Builder holding(DockerRegistry other) {
            storage = Optional.of(other.storage);
            return this;
        }

        /** Speaks TLS only, with a certificate of a private authority. */
        public Builder tls() {
            certificates = Optional.of(TestCertificates.create(TestCertificates.Kind.PRIVATE_CA));
            return this;
        }

        /** Lets one user in, by HTTP Basic from an htpasswd file. */
        public Builder basicAuth(String name, String secret) {
            user = Optional.of(name);
            password = Optional.of(secret);
            return this;
        }

        public DockerRegistry start() {
            try {
                return new DockerRegistry(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
