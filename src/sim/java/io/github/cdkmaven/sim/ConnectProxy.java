package io.github.cdkmaven.sim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy on loopback that tunnels to the names of its own network, and to nothing else. */
public final class ConnectProxy implements AutoCloseable {

    private final ServerSocket door;
    private final Map<String, String> names;
    private final String login;
    private final List<String> tunnels = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "connect-proxy");
        thread.setDaemon(true);
        return thread;
    });

    private ConnectProxy(Map<String, String> names, String login) {
        this.names = Map.copyOf(names);
        this.login = login;
        try {
            door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** @param names {@code host:port} as clients name it, to {@code ip:port} */
    public static ConnectProxy start(Map<String, String> names) {
        return new ConnectProxy(names, "");
    }

    /** One that wants {@code user:password}. */
    public static ConnectProxy start(Map<String, String> names, String login) {
        return new ConnectProxy(names, login);
    }

    /** {@code http://127.0.0.1:port}. */
    public String url() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    public int port() {
        return door.getLocalPort();
    }

    /** The {@code host:port} of each tunnel that was asked for, oldest first. */
    public List<String> tunnels() {
        return List.copyOf(tunnels);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1), 1);
            String[] request = in.readLine().split(" ");
            boolean known = login.isEmpty();
            String expected = "basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
            for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                known |= header.regionMatches(true, 0, "proxy-authorization: " + expected, 0, 21 + expected.length());
            }
            if (!"CONNECT".equals(request[0])) {
                answer(client, "501 Not Implemented", "");
                return;
            }
            tunnels.add(request[1]);
            if (!known) {
                answer(client, "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"proxy\"\r\n");
            } else if (names.containsKey(request[1])) {
                tunnel(client, names.get(request[1]));
            } else {
                answer(client, "502 Bad Gateway", "");
            }
        } catch (IOException e) {
            // One of the two hung up.
        } finally {
            open.remove(client);
        }
    }

    private void tunnel(Socket client, String target) throws IOException {
        int colon = target.lastIndexOf(':');
        try (Socket server = new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)))) {
            open.add(server);
            client.getOutputStream()
                    .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            threads.execute(() -> pump(client, server));
            pump(server, client);
        }
    }

    private static void answer(Socket client, String status, String headers) throws IOException {
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of the two hung up.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
