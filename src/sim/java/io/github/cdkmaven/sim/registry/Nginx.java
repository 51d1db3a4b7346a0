package io.github.cdkmaven.sim.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real nginx before a registry, over TLS on a free loopback port, and over plain HTTP on another. */
public final class Nginx implements AutoCloseable {

    private static final List<Path> PROGRAMS =
            List.of(Path.of("/usr/sbin/nginx"), Path.of("/usr/bin/nginx"), Path.of("/usr/local/sbin/nginx"));
    private static final int STARTING_SECONDS = 10;

    private final TestCertificates certificates = TestCertificates.create(TestCertificates.Kind.PRIVATE_CA);
    private final int port = freePort();
    private final int plainPort = freePort();
    private final Process process;

    private Nginx(Path folder, String registry, String server, String plainServer) throws IOException {
        Path conf = folder.resolve("nginx.conf");
        Files.writeString(folder.resolve("srv.pem"), certificates.certificatePem());
        Files.writeString(folder.resolve("srv.key"), certificates.keyPem());
        Files.writeString(folder.resolve("ca.pem"), certificates.authorityPem());
        Files.writeString(
                folder.resolve("htpasswd"), RegistryFlavour.USER + ":{PLAIN}" + RegistryFlavour.PASSWORD + "\n");
        StringBuilder paths = new StringBuilder();
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            paths.append(kind).append("_temp_path ").append(folder).append('/').append(kind).append(";\n");
        }
        Files.writeString(conf, """
                daemon off; master_process off; pid %1$s/nginx.pid; error_log %1$s/error.log; events {}
                http { access_log off; %2$s
                  map $http_authorization $with_token { default 0; "~^Bearer " 1; }
                  map $http_authorization $with_password { default 0; "~^Basic " 1; }
                  server { listen 127.0.0.1:%3$d ssl; ssl_certificate %1$s/srv.pem; ssl_certificate_key %1$s/srv.key;
                    proxy_set_header Host $http_host; proxy_set_header Authorization "";
                    %4$s
                  }
                  server { listen 127.0.0.1:%5$d; %6$s }
                }
                """.formatted(
                        folder,
                        paths,
                        port,
                        filled(server, folder, registry),
                        plainPort,
                        filled(plainServer, folder, registry)));
        process = new ProcessBuilder(program().toString(), "-p", folder.toString(), "-c", conf.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile())
                .start();
        awaitPort(folder);
    }

    private String filled(String text, Path folder, String registry) {
        return text.replace("@REGISTRY@", "proxy_pass http://" + registry + ";")
                .replace("@LOGIN@", "auth_basic \"Restricted\"; auth_basic_user_file " + folder + "/htpasswd;")
                .replace("@CA@", folder + "/ca.pem")
                .replace("@PORT@", String.valueOf(port))
                .replace("@PLAIN@", String.valueOf(plainPort));
    }

    /** Whether the program is there. */
    public static boolean available() {
        boolean found = PROGRAMS.stream().anyMatch(Files::isExecutable);
        if (!found && "true".equals(System.getenv("CDK_REQUIRE_NGINX"))) {
            throw new IllegalStateException("nginx is not installed, and CDK_REQUIRE_NGINX asks for it");
        }
        return found;
    }

    private static Path program() {
        return PROGRAMS.stream().filter(Files::isExecutable).findFirst().orElseThrow();
    }

    /**
     * Starts one.
     *
     * @param registry where the registry listens, which {@code @REGISTRY@} passes on to
     * @param server what the TLS server has; {@code @LOGIN@} asks for {@link RegistryFlavour#USER}
     * @param plainServer what the plain server has
     */
    public static Nginx before(String registry, Path folder, String server, String plainServer) {
        try {
            return new Nginx(folder, registry, server, plainServer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String host() {
        return "127.0.0.1:" + port;
    }

    public String plainHost() {
        return "127.0.0.1:" + plainPort;
    }

    /** The certificate of the authority that signed its own, as PEM. */
    public String caPem() {
        return certificates.authorityPem();
    }

    private void awaitPort(Path folder) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARTING_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port));
                return;
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
        process.destroyForcibly();
        List<String> said = new ArrayList<>();
        for (String file : List.of("nginx.out", "error.log")) {
            if (Files.exists(folder.resolve(file))) {
                said.add(Files.readString(folder.resolve(file)));
            }
        }
        throw new IOException("nginx did not start: " + said);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STARTING_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
