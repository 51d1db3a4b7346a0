package io.github.cdkmaven.registry;

import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Retry;
import io.github.cdkmaven.tls.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of one image registry, API version 2; safe for many threads, which share its connections.
 *
 * <p>Repositories are paths after the host, any prefix included. Questions answer with what
 * was found or why not; only fetching throws. A proxy is used only where the JVM's own settings name one.
 */
public final class RegistryClient implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(RegistryClient.class);

    private final Registry access;
    private final ExecutorService threads;
    private final ManifestEndpoint manifests;
    private final BlobEndpoint blobs;
    private final Connection connection;
    private final Routes routes;

    /**
     * A client; nothing is sent yet.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the file of {@link Registry#ca} cannot be read
     */
    public RegistryClient(Registry access) {
        this(access, Retry.Pause.real());
    }

    RegistryClient(Registry access, Retry.Pause pause) {
        this(access, pause, InetAddress::getAllByName);
    }

    RegistryClient(Registry access, Retry.Pause pause, Routes.Names names) {
        this.access = access;
        threads = Executors.newCachedThreadPool(task -> Parallel.daemon(task, "registry"));
        routes = new Routes(names, access.timeout());
        connection = new Connection(access, new EndpointCaller(access, threads, routes, pause));
        blobs = new BlobEndpoint(connection);
        manifests = new ManifestEndpoint(connection, blobs, ImageFormats.DOCKER, MediaTypes.AMD64);
    }

    private RegistryClient(RegistryClient other, ImageFormats formats, String processor) {
        access = other.access;
        threads = other.threads;
        routes = other.routes;
        connection = other.connection;
        blobs = other.blobs;
        manifests = new ManifestEndpoint(connection, blobs, formats, processor);
    }

    /**
     * The same client for somebody who reads other forms of images, or has another processor; it shares everything else, and is closed with
     * it.
     */
    RegistryClient reading(ImageFormats formats, String processor) {
        return formats == manifests.formats() && processor.equals(manifests.processor())
                ? this
                : new RegistryClient(this, formats, processor);
    }

    /** The proxy by which this JVM asks a registry, as {@code host:port}; empty where it asks directly. */
    public static Optional<String> proxyOfJvm(String host) {
        try {
            return Routes.jvmProxy(URI.create("https://" + host + "/"));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Where the registry is and how to get in. */
    public Registry access() {
        return access;
    }

    /** Whether a registry is there and lets us in. */
    public PingAnswer ping() {
        return connection.ping(Deadline.in(access.timeout()));
    }

    /** The certificates by which the registry proves who it is, its own first; none without TLS, and none if no answer comes. */
    public List<X509Certificate> certificates() {
        try {
            return connection.versionCheck(Deadline.in(access.timeout())).chain();
        } catch (RegistryException e) {
            LOGGER.debug("{} presents no certificate", access.host(), e);
            return List.of();
        }
    }

    /** Whether the authorities of {@code registryCa} vouch for those certificates without the JVM's. */
    public boolean isVouchedForByOwnAuthority() {
        return access.ca()
                .filter(pem -> Trust.vouches(EndpointCaller.authorities(pem), certificates()))
                .isPresent();
    }

    /**
     * The token server of the registry, as {@code host[:port]}, where that is another host: told by the registry itself, and only where
     * a password may go there.
     *
     * @return empty also when the registry has none, or cannot be asked
     */
    public Optional<String> tokenHost() {
        try {
            return connection
                    .versionCheck(Deadline.in(access.timeout()))
                    .challenge()
                    .filter(challenge -> challenge.auth() == AuthScheme.BEARER)
                    .flatMap(challenge -> TokenEndpoint.host(challenge, access.insecure()))
                    .filter(host -> !host.equals(access.host()));
        } catch (RegistryException e) {
            LOGGER.debug("{} does not name its token server", access.host(), e);
            return Optional.empty();
        }
    }

    /**
     * Opens the connections over which many images will be asked for at once, while there is other work to wait for: one small question each,
     * whose answer does not matter.
     */
    public void connect(int parallelism) {
        Deadline deadline = Deadline.in(access.timeout());
        List<Integer> lanes = IntStream.range(0, parallelism).boxed().toList();
        Parallel.map(lanes, parallelism, lane -> {
            try {
                return connection
                        .send(new EndpointCaller.Request("HEAD", "/v2/", List.of()), "", deadline)
                        .statusCode();
            } catch (RegistryException e) {
                LOGGER.debug("No connection {} to {}", lane, access.host(), e);
                return 0;
            }
        });
    }

    /** Whether an image is there, in a form that is read: Docker's, unless it was {@link RegistryClients#reading said} otherwise. */
    public ManifestAnswer manifest(String repository, String reference) {
        return look(new ManifestQuery(repository, reference), Deadline.in(access.timeout()));
    }

    /** The same, and for which processor the image is also where that takes two requests more. */
    public ManifestAnswer manifestWithArchitecture(String repository, String reference) {
        try {
            return manifests.lookAtArchitecture(
                    new ManifestQuery(repository, reference), Deadline.in(access.timeout()));
        } catch (RegistryException e) {
            return e.answer();
        }
    }

    /**
     * What somebody who pulls would get with the same login, by the rules of that party.
     *
     * @param party docker, or OpenShift's importer
     */
    public ManifestAnswer manifestAs(Party party, String repository, String reference) {
        if (party.heedsEveryChallenge()) {
            return manifest(repository, reference);
        }
        Sender sender = new PartySender(connection, party, access.credentials());
        try {
            return new ManifestEndpoint(sender, new BlobEndpoint(sender), manifests.formats(), manifests.processor())
                    .look(new ManifestQuery(repository, reference), Deadline.in(access.timeout()));
        } catch (RegistryException e) {
            return e.answer();
        }
    }

    /** The repositories, of those asked for so far, that this client got into by a challenge which docker and OpenShift do not heed. */
    public Set<String> closedToPullers() {
        return connection.closedToPullers();
    }

    /**
     * The same for many images at once. If the registry cannot be reached, nothing more is sent and every answer says why.
     *
     * @param parallelism how many are asked for at the same time, at most
     * @param within the time for all; images that had no turn by then are {@code Unreachable}
     * @return an answer for each, in the given order
     */
    public Map<ManifestQuery, ManifestAnswer> manifests(
            Collection<ManifestQuery> queries, int parallelism, Duration within) {
        Deadline deadline = Deadline.in(within);
        try {
            connection.versionCheck(deadline.atMost(access.timeout()));
        } catch (RegistryException e) {
            return Parallel.map(queries, 1, query -> e.answer());
        }
        return Parallel.map(queries, parallelism, query -> look(query, deadline.atMost(access.timeout())));
    }

    /**
     * The same, and whether the images are whole: {@code Incomplete} without their configuration or a layer, {@code Unproven} where that could not be
     * found out in time. It also tells the processor of single images.
     */
    public Map<ManifestQuery, ManifestAnswer> wholeImages(
            Collection<ManifestQuery> queries, int parallelism, Duration within) {
        Deadline deadline = Deadline.in(within);
        try {
            connection.versionCheck(deadline.atMost(access.timeout()));
        } catch (RegistryException e) {
            return Parallel.map(queries, 1, query -> e.answer());
        }
        return new WholeImages(manifests, blobs, access.timeout()).look(queries, parallelism, deadline);
    }

    /**
     * The manifest of one image, in whatever form the registry has it, with its digest verified. Where the reference names a list, it is that
     * of the image for linux and the wanted processor.
     *
     * @throws RegistryException if there is none, or it did not come
     */
    public ManifestContent fetchManifest(String repository, String reference) throws RegistryException {
        try {
            return manifests.fetch(new ManifestQuery(repository, reference), Deadline.in(access.timeout()));
        } catch (RegistryException e) {
            throw e.of(access.host());
        }
    }

    /**
     * Streams a blob into a file, over what is there, and verifies its digest and its size.
     *
     * @param size its bytes as the manifest says; what is longer is not received
     * @param within the time for the whole blob; silence is limited by {@link Registry#timeout} beside it
     * @throws RegistryException if it did not come whole and unharmed; the file is gone then
     * @throws IOException if the file cannot be written
     */
    public void fetchBlob(String repository, String digest, long size, Path target, Duration within)
            throws IOException {
        try {
            blobs.fetch(repository, digest, size, target, Deadline.in(within));
        } catch (RegistryException e) {
            throw e.of(access.host());
        }
    }

    /** Gives up what is under way. */
    @Override
    public void close() {
        threads.shutdownNow();
        routes.close();
    }

    private ManifestAnswer look(ManifestQuery query, Deadline deadline) {
        if (deadline.isOver()) {
            return new RegistryFailure.Unreachable("not checked: the time for all images had run out");
        }
        try {
            return manifests.look(query, deadline);
        } catch (RegistryException e) {
            return e.answer();
        }
    }
}
