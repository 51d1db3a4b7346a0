package io.github.cdkmaven.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way to a server: by the JVM's proxy where its settings name one; else directly, and where the first of several addresses of a name takes no
 * connection, by the next one that does, as docker and curl go on to it. The JDK's client knows the first alone.
 */
final class Routes extends ProxySelector implements AutoCloseable {

    /** Finds the addresses of a name. */
    @FunctionalInterface
    interface Names {
        InetAddress[] lookUp(String name) throws UnknownHostException;
    }

    private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

    private final Names names;
    private final Duration timeout;
    private final Map<String, List<Proxy>> known = new ConcurrentHashMap<>();
    private final Map<String, AddressRelay> relays = new ConcurrentHashMap<>();

    Routes(Names names, Duration timeout) {
        this.names = names;
        this.timeout = timeout;
    }

    /** The proxy that this JVM uses for an address, as {@code host:port}. */
    static Optional<String> jvmProxy(URI uri) {
        return jvm(uri).stream()
                .findFirst()
                .map(Proxy::address)
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .map(address -> address.getHostString() + ':' + address.getPort());
    }

    private static List<Proxy> jvm(URI uri) {
        return Optional.ofNullable(ProxySelector.getDefault()).map(selector -> selector.select(uri)).stream()
                .flatMap(List::stream)
                .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                .toList();
    }

    @Override
    public List<Proxy> select(URI uri) {
        List<Proxy> jvm = jvm(uri);
        Optional<Origin> origin = Origin.of(uri);
        return jvm.isEmpty() && origin.isPresent()
                ? known.computeIfAbsent(
                        origin.get().host() + ':' + origin.get().port(), server -> direct(origin.get(), server))
                : jvm.isEmpty() ? DIRECT : jvm;
    }

    private List<Proxy> direct(Origin origin, String server) {
        try {
            InetAddress[] addresses = names.lookUp(origin.host());
            // One address is left to the JDK, which says best what is wrong with it.
            for (int i = 0; addresses.length > 1 && i < addresses.length; i++) {
                InetSocketAddress address = new InetSocketAddress(addresses[i], origin.port());
                if (answers(address)) {
                    return i == 0 ? DIRECT : List.of(relay(server, address));
                }
            }
        } catch (IOException e) {
            // The request will fail by it, and be told.
        }
        return DIRECT;
    }

    private boolean answers(InetSocketAddress address) {
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(address, (int) timeout.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Proxy relay(String server, InetSocketAddress address) throws IOException {
        AddressRelay relay = new AddressRelay(address);
        relays.put(server, relay);
        return new Proxy(Proxy.Type.HTTP, relay.address());
    }

    /** Nothing: the request fails by it. */
    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}

    @Override
    public void close() {
        relays.values().forEach(AddressRelay::close);
    }
}
