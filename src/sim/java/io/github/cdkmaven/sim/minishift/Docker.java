package io.github.cdkmaven.sim.minishift;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** The docker daemon in the VM: what it holds, and where it looks for what it does not hold. */
final class Docker {

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
    String pull(String name) throws PullException {
        DockerImageName image =
                DockerImageName.parse(name).orElseThrow(() -> new PullException("invalid reference format: " + name));
        List<DockerImageName> candidates = candidates(image);
        String failure = "All endpoints blocked.";
        for (DockerImageName candidate : candidates) {
            try {
                fetch(candidate);
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

    private void fetch(DockerImageName image) throws PullException {
        String host = image.host().equals("docker.io") ? "registry-1.docker.io" : image.host();
        String path = "/v2/" + image.path() + "/manifests/" + image.tag();
        int status = ask(host, path);
        switch (status) {
            case 200 -> {}
            case 401 ->
                throw new PullException("Get https://" + host + path + ": unauthorized: authentication required");
            case 403 -> throw new PullException("pull access denied for " + image.at(image.host()) + ", denied");
            case 404 -> throw new PullException("manifest for " + image + " not found");
            default -> throw new PullException("received unexpected HTTP status: " + status);
        }
    }

    private int ask(String host, String path) throws PullException {
        InetSocketAddress address = locate(host, 443);
        RegistryConnection registry = new RegistryConnection(host, address);
        try {
            return options.isInsecure(host)
                    ? askInsecurely(host, registry, path)
                    : registry.head(path, authorities(host));
        } catch (ConnectException e) {
            throw new PullException("Get https://" + host + "/v2/: dial tcp "
                    + address.getAddress().getHostAddress() + ":" + address.getPort()
                    + ": connect: connection refused");
        } catch (SSLException | SocketTimeoutException e) {
            throw new PullException("Get https://" + host + "/v2/: " + tlsFailure(e));
        } catch (IOException e) {
            throw new PullException("Get https://" + host + "/v2/: " + e.getMessage());
        }
    }

    /**
     * The daemon tries TLS first and plain HTTP then; asked the other way round, a plain server that would wait for the
     * rest of a handshake answers at once, and the outcome is the same.
     */
    private int askInsecurely(String host, RegistryConnection registry, String path) throws IOException, PullException {
        boolean hasPort = host.matches(".*:\\d+");
        RegistryConnection plain = hasPort ? registry : new RegistryConnection(host, locate(host, 80));
        try {
            int status = plain.headPlain(path);
            return status == 400 ? registry.headUnverified(path) : status;
        } catch (IOException e) {
            return registry.headUnverified(path);
        }
    }

    private static String tlsFailure(IOException e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof SocketTimeoutException || message.contains("plaintext") || message.contains("record")
                ? "http: server gave HTTP response to HTTPS client"
                : "x509: certificate signed by unknown authority";
    }

    private InetSocketAddress locate(String host, int standardPort) throws PullException {
        String name = host.replaceFirst(":\\d+$", "");
        int port = name.equals(host) ? standardPort : Integer.parseInt(host.substring(name.length() + 1));
        Optional<String> known = world.resolve(host);
        Optional<String> address = known.isPresent() ? known : world.resolve(name);
        if (address.isEmpty()) {
            world.outside(name, "docker pull");
            throw new PullException(
                    "Get \"https://" + host + "/v2/\": dial tcp: lookup " + name + " on 192.0.2.53:53: no such host");
        }
        String[] parts = address.get().split(":", 2);
        return new InetSocketAddress(parts[0], parts.length > 1 ? Integer.parseInt(parts[1]) : port);
    }

    /** What stands in the VM's {@code /etc/docker/certs.d/HOST} and among its anchors. */
    private List<Path> authorities(String host) {
        List<Path> found = new ArrayList<>(world.trusted());
        Path own = vm.file("/etc/docker/certs.d/" + host + "/ca.crt");
        if (Files.exists(own)) {
            found.add(own);
        }
        found.addAll(vm.filesBelow("/etc/pki/ca-trust/source/anchors"));
        return found;
    }
}
