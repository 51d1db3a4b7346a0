package io.github.cdkmaven.sim.minishift;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * One HTTP exchange of the VM's docker with a registry, over a socket of its own: the address may differ from the name,
 * which the JDK's client does not allow.
 */
final class RegistryConnection {

    private static final int TIMEOUT = 10_000;
    private static final int HANDSHAKE_TIMEOUT = 3_000;
    private static final String ACCEPT = "application/vnd.docker.distribution.manifest.v2+json, "
            + "application/vnd.docker.distribution.manifest.list.v2+json, "
            + "application/vnd.docker.distribution.manifest.v1+prettyjws";

    private final String host;
    private final InetSocketAddress address;

    RegistryConnection(String host, InetSocketAddress address) {
        this.host = host;
        this.address = address;
    }

    /** Asks over TLS and checks the certificate against the given authorities. */
    int head(String path, List<Path> authorities) throws IOException {
        return exchange(path, tls(context(trusting(authorities)), true));
    }

    /** Asks over TLS with whatever certificate there is. */
    int headUnverified(String path) throws IOException {
        return exchange(path, tls(context(new TrustManager[] {new HttpClients.TrustEverybody()}), false));
    }

    int headPlain(String path) throws IOException {
        return exchange(path, connect());
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(address, TIMEOUT);
        socket.setSoTimeout(TIMEOUT);
        return socket;
    }

    private SSLSocket tls(SSLContext context, boolean verifyHost) throws IOException {
        String name = host.replaceFirst(":\\d+$", "");
        Socket plain = connect();
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, name, address.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        if (verifyHost) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        socket.setSSLParameters(parameters);
        plain.setSoTimeout(HANDSHAKE_TIMEOUT);
        socket.startHandshake();
        plain.setSoTimeout(TIMEOUT);
        return socket;
    }

    private int exchange(String path, Socket connected) throws IOException {
        try (Socket socket = connected) {
            String request = "HEAD " + path + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: docker/1.13.1\r\nAccept: "
                    + ACCEPT + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return status(socket.getInputStream());
        }
    }

    private static int status(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            line.append((char) next);
            next = in.read();
        }
        if (!line.toString().matches("HTTP/1\\.[01] \\d{3}.*\\s*")) {
            throw new IOException("malformed HTTP response \"" + line.toString().trim() + "\"");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private static SSLContext context(TrustManager[] trust) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static TrustManager[] trusting(List<Path> authorities) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Path file : authorities) {
                byte[] pem = Files.readAllBytes(file);
                int index = 0;
                for (Certificate one :
                        CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
                    store.setCertificateEntry(file + "#" + index++, one);
                }
            }
            if (store.size() == 0) {
                return new TrustManager[] {new TrustNothing()};
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static final class TrustNothing implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws java.security.cert.CertificateException {
            throw new java.security.cert.CertificateException("x509: certificate signed by unknown authority");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
