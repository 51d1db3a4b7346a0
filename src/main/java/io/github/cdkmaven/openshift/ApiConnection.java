package io.github.cdkmaven.openshift;

import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.openshift.kubeconfig.ClusterServer;
import io.github.cdkmaven.openshift.kubeconfig.Credential;
import io.github.cdkmaven.openshift.kubeconfig.Credential.ClientCertificate;
import io.github.cdkmaven.openshift.kubeconfig.ExecPlugin;
import io.github.cdkmaven.problem.ForeignFailure;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.tls.AnyCertificate;
import io.github.cdkmaven.tls.Pem;
import io.github.cdkmaven.tls.ServerName;
import io.github.cdkmaven.tls.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedTrustManager;

/** The connections to one server: made once for everybody who shows the same client certificate, or none. */
final class ApiConnection {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int UNAUTHORIZED = 401;

    /** Sends a request. */
    @FunctionalInterface
    interface Sender {
        HttpResponse<InputStream> send(HttpClient client, HttpRequest request)
                throws ExecutionException, TimeoutException, InterruptedException;
    }

    /** Finds the address of a name. */
    @FunctionalInterface
    interface Names {
        InetAddress lookUp(String name) throws UnknownHostException;
    }

    private record Made(Optional<ClientCertificate> shown, HttpClient client) {}

    private final ClusterServer server;
    private final Names names;
    private Optional<Made> made = Optional.empty();

    /** Makes the client at once, so that certificates that cannot be read are told before anything is asked; one of a plug-in comes later. */
    ApiConnection(ClusterAccess access, Names names) {
        this.names = names;
        this.server = access.cluster();
        if (access.credential().plugin().isEmpty()) {
            client(access.credential().client());
        }
    }

    /** Whether the same connections can serve somebody else. */
    synchronized boolean fits(ClusterAccess other) {
        return other.cluster().equals(server)
                && other.credential().plugin().isEmpty()
                && made.filter(here -> here.shown().equals(other.credential().client()))
                        .isPresent();
    }

    private synchronized HttpClient client(Optional<ClientCertificate> shown) {
        Made current = made.filter(here -> here.shown().equals(shown)).orElseGet(() -> new Made(shown, build(shown)));
        made = Optional.of(current);
        return current.client();
    }

    private HttpClient build(Optional<ClientCertificate> shown) {
        try {
            return HttpClient.newBuilder()
                    // The cluster is never behind the proxy that Maven uses, and eight lanes are as fast with HTTP/1.1.
                    .proxy(server.proxy()
                            .map(proxy -> ProxySelector.of(InetSocketAddress.createUnresolved(
                                    proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort())))
                            .orElse(HttpClient.Builder.NO_PROXY))
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .sslContext(tls(shown))
                    .build();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw Problem.of(
                            "The certificates for " + server + " cannot be used.",
                            "log in again with 'oc login', or name another kubeconfig: <kubeconfig> (-Dcdk.kubeconfig)")
                    .with(ForeignFailure.words(e))
                    .toException();
        }
    }

    private SSLContext tls(Optional<ClientCertificate> shown) throws GeneralSecurityException {
        X509ExtendedTrustManager servers = server.skipTlsVerify()
                ? new AnyCertificate()
                : server.trust().isPresent()
                        ? Trust.only(Pem.certificates(server.trust().get()))
                        : Trust.jvm();
        KeyManager[] keys = shown.isPresent()
                ? Trust.clientKeys(shown.get().certificate(), shown.get().key())
                : new KeyManager[0];
        Optional<String> name = server.nameForTls();
        return name.isPresent() ? new ServerName(name.get()).context(servers, keys) : Trust.context(servers, keys);
    }

    /** Sends a question as somebody; once more if the server refuses what a plug-in or a token file gave, with what it gives then. */
    HttpResponse<InputStream> exchange(
            ClusterAccess access, String path, UnaryOperator<HttpRequest.Builder> question, Sender sender)
            throws IOException, ExecutionException, TimeoutException, InterruptedException {
        Credential credential = access.credential();
        Optional<ExecPlugin.Given> given = credential.plugin().map(ExecPlugin::credential);
        Optional<String> token = credential.currentToken();
        HttpResponse<InputStream> response = send(access, token, path, question, sender);
        if (response.statusCode() != UNAUTHORIZED) {
            return response;
        }
        given.ifPresent(old -> credential.plugin().orElseThrow().forget(old));
        Optional<String> next = credential.currentToken();
        return given.isPresent() || !next.equals(token) ? send(access, next, path, question, sender) : response;
    }

    private HttpResponse<InputStream> send(
            ClusterAccess access,
            Optional<String> token,
            String path,
            UnaryOperator<HttpRequest.Builder> question,
            Sender sender)
            throws IOException, ExecutionException, TimeoutException, InterruptedException {
        // The path goes behind the server's own; resolved against it, one that begins with two slashes would lead to
        // another server.
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path))
                // By its beginning, the cluster remembers who wrote what (managedFields).
                .header("User-Agent", "cdk-maven-plugin")
                .header("Accept", "application/json")
                .header("Content-Type", "application/json");
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        access.impersonation().ifPresent(other -> other.addTo(request));
        return sender.send(
                client(access.credential().currentClient()),
                question.apply(request).build());
    }

    /** A name that the JDK's client refuses is looked up before: it calls the address, and TLS is told the name. */
    private String base() throws IOException {
        if (server.isHostNameValid()) {
            return server.address().toString();
        }
        InetAddress found = names.lookUp(server.host());
        String host = found instanceof Inet6Address ? "[" + found.getHostAddress() + "]" : found.getHostAddress();
        return server.address().toString().replaceFirst("(?<=://)[^:/]+", host);
    }
}
