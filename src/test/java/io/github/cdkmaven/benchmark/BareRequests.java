package io.github.cdkmaven.benchmark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Sends requests that were recorded, with nothing but the JDK's client, and looks at nothing of an answer but its status: what cannot be done
 * faster in a JVM that has only just started.
 *
 * <p>Arguments: the server's address, the file of its CA, a token, how many requests are sent at once, the file of the requests, the file for
 * the seconds that it took, and the time in milliseconds since 1970 at which it was started: the JVM's own start counts.
 *
 * <p>The requests are lines of six words: a stage, which begins when the one before it is done; a lane of that stage,
 * whose requests follow each other; the method; path and query; the body in Base64, or {@code -};
 * and the status that it has to be answered with.
 */
public final class BareRequests {

    private final HttpClient client;
    private final String server;
    private final String token;

    private BareRequests(String server, Path ca, String token) throws IOException, GeneralSecurityException {
        this.server = server;
        this.token = token;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .sslContext(trusting(ca))
                .build();
    }

    public static void main(String[] args) throws Exception {
        BareRequests requests = new BareRequests(args[0], Path.of(args[1]), args[2]);
        ExecutorService threads = Executors.newFixedThreadPool(Integer.parseInt(args[3]));
        for (Map<String, List<String[]>> stage : stages(Path.of(args[4]))) {
            List<Future<?>> lanes = new ArrayList<>();
            for (List<String[]> lane : stage.values()) {
                lanes.add(threads.submit(() -> requests.send(lane)));
            }
            for (Future<?> lane : lanes) {
                lane.get();
            }
        }
        long took = System.currentTimeMillis() - Long.parseLong(args[6]);
        Files.writeString(Path.of(args[5]), String.valueOf(took / 1000.0));
        System.exit(0);
    }

    private static List<Map<String, List<String[]>>> stages(Path file) throws IOException {
        Map<String, Map<String, List<String[]>>> stages = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ");
            stages.computeIfAbsent(words[0], stage -> new LinkedHashMap<>())
                    .computeIfAbsent(words[1], lane -> new ArrayList<>())
                    .add(words);
        }
        return List.copyOf(stages.values());
    }

    private Void send(List<String[]> lane) throws IOException, InterruptedException {
        for (String[] words : lane) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + words[3]))
                    .header("Authorization", "Bearer " + token)
                    .header("Accept", "application/json")
                    .header("Content-Type", "application/json")
                    .method(
                            words[2],
                            words[4].equals("-")
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofByteArray(
                                            Base64.getDecoder().decode(words[4])));
            int status =
                    client.send(request.build(), BodyHandlers.ofByteArray()).statusCode();
            if (status != Integer.parseInt(words[5])) {
                throw new IOException(words[2] + " " + words[3] + ": " + status);
            }
        }
        return null;
    }

    private static SSLContext trusting(Path ca) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(ca))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
