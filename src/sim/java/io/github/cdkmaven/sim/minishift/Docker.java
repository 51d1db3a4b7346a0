package io.github.cdkmaven.sim.minishift;

import io.github.cdkmaven.sim.pull.SocketHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The docker daemon in the VM: what it holds, where it looks for what it does not hold, and whom it trusts there. It has no
 * login of its own; whoever lets it pull gives one along, or none.
 */
final class Docker {

    static final String ANCHORS = "/etc/pki/ca-trust/source/anchors";
    static final String BUNDLE = "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem";
    /** What the daemon read of {@link #BUNDLE} when it started. */
    private static final String LOADED = "/run/dockerd-ca-bundle.pem";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Why a pull failed, in the daemon's words. */
    static final class PullException extends Exception {
        private static final long serialVersionUID = 1L;

        PullException(String message) {
            super(message);
        }
    }

    private final World world;
    private final Vm vm;
    private final DockerOptions options;

    Docker(World world, Vm vm, DockerOptions options) {
        this.world = world;
        this.vm = vm;
        this.options = options;
    }

    /** Whether an image is there under that name, or under the name that a search registry gave it. */
    boolean has(String name) {
        return localName(name).isPresent();
    }

    Optional<String> localName(String name) {
        List<String> held = vm.images();
        String tagged = DockerImageName.parse(name).map(DockerImageName::toString).orElse(name);
        if (held.contains(tagged)) {
            return Optional.of(tagged);
        }
        return DockerImageName.parse(name).filter(image -> !image.isQualified()).stream()
                .flatMap(image -> options.added().stream().map(image::at))
                .map(DockerImageName::toString)
                .filter(held::contains)
                .findFirst();
    }

    /** Pulls an image; afterwards the VM holds it under the name that it was found by. */
    String pull(String name, DockerLogins logins) throws PullException {
        DockerImageName image =
                DockerImageName.parse(name).orElseThrow(() -> new PullException("invalid reference format: " + name));
        List<DockerImageName> candidates = candidates(image);
        String failure = "All endpoints blocked.";
        for (DockerImageName candidate : candidates) {
            try {
                fetch(candidate, logins);
                vm.addImage(candidate.toString());
                return candidate.toString();
            } catch (PullException e) {
                failure = e.getMessage();
            }
        }
        throw new PullException("Error response from daemon: " + failure);
    }

    private List<DockerImageName> candidates(DockerImageName image) {
        List<DockerImageName> candidates = new ArrayList<>();
        if (image.isQualified()) {
            candidates.add(image);
        } else {
            options.added().forEach(registry -> candidates.add(image.at(registry)));
            candidates.add(image.at("docker.io"));
        }
        candidates.removeIf(candidate -> options.blocks(candidate.host()));
        return candidates;
    }

    private void fetch(DockerImageName image, DockerLogins logins) throws PullException {
        String server = image.host().equals("docker.io") ? "registry-1.docker.io" : image.host();
        List<X509Certificate> authorities = authorities(image.host());
        boolean insecure = options.isInsecure(image.host());
        try (SocketHttp http = insecure
                ? SocketHttp.blind(this::locate, TIMEOUT)
                : SocketHttp.verifying(this::locate, authority -> authorities, TIMEOUT)) {
            DockerPull.fetch(image, server, http, insecure, logins.of(image));
        }
    }

    private Optional<String> locate(String authority) {
        String name = authority.replaceFirst(":\\d+$", "");
        Optional<String> known = world.resolve(authority).or(() -> world.resolve(name));
        if (known.isEmpty()) {
            world.outside(name, "docker pull");
        }
        String port = authority.substring(name.length());
        return known.map(address -> address.contains(":") ? address : address + port);
    }

    /** The daemon starts again: now it reads the system's authorities. */
    void restart() {
        try {
            Path bundle = vm.file(BUNDLE);
            if (Files.exists(bundle)) {
                Files.createDirectories(vm.file(LOADED).getParent());
                Files.copy(bundle, vm.file(LOADED), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Whom the daemon trusts to sign a registry's certificate: what {@code /etc/docker/certs.d/HOST:PORT/*.crt} holds, read at
     * each pull, and the authorities of the system, read when it started (facts/disconnected.md; facts/imagestreams.md, 8.5).
     */
    private List<X509Certificate> authorities(String host) throws PullException {
        List<Path> files = new ArrayList<>(world.trusted());
        if (Files.exists(vm.file(LOADED))) {
            files.add(vm.file(LOADED));
        }
        for (Path file : vm.filesBelow("/etc/docker/certs.d/" + host)) {
            String name = file.getFileName().toString();
            if (name.endsWith(".crt")) {
                files.add(file);
            } else if (name.endsWith(".cert") && !Files.exists(file.resolveSibling(name.replace(".cert", ".key")))) {
                throw new PullException("missing key " + name.replace(".cert", ".key") + " for client certificate " + name
                        + ". Note that CA certificates should use the extension .crt");
            }
        }
        List<X509Certificate> found = new ArrayList<>();
        for (Path file : files) {
            found.addAll(certificates(file));
        }
        return found;
    }

    /** Go takes what it can read and says nothing of the rest. */
    private static List<X509Certificate> certificates(Path file) {
        List<X509Certificate> found = new ArrayList<>();
        try {
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))) {
                found.add((X509Certificate) certificate);
            }
        } catch (CertificateException e) {
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
