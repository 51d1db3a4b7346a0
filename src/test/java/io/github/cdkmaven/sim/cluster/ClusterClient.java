package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** A client of a simulated cluster that verifies its certificate and logs in as a user would. */
final class ClusterClient {

    static final String STREAMS = "/apis/image.openshift.io/v1/namespaces/openshift/imagestreams";
    static final String IMPORTS = "/apis/image.openshift.io/v1/namespaces/openshift/imagestreamimports";

    /** An answer; a body that is no JSON object shows as an empty one. */
    record Answer(int status, HttpHeaders headers, String text) {

        JsonNode json() {
            try {
                return Json.read(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                return Json.object();
            }
        }

        JsonNode at(String pointer) {
            return json().at(pointer);
        }
    }

    private final URI url;
    private final HttpClient http;
    private final Optional<String> token;

    private ClusterClient(URI url, HttpClient http, Optional<String> token) {
        this.url = url;
        this.http = http;
        this.token = token;
    }

    /** Nobody. */
    static ClusterClient anonymous(SimulatedCluster cluster) throws Exception {
        return anonymous(cluster.url(), cluster.caPem());
    }

    /** Nobody, at a cluster of another process. */
    static ClusterClient anonymous(URI url, String ca) throws Exception {
        SSLContext tls = context(ca, new KeyManager[0]);
        return new ClusterClient(url, HttpClient.newBuilder().sslContext(tls).build(), Optional.empty());
    }

    /** The owner of a client certificate. */
    static ClusterClient withCertificate(SimulatedCluster cluster, String certificate, String key) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, new char[0]);
        try (PEMParser parser = new PEMParser(new StringReader(key))) {
            Object read = parser.readObject();
            PrivateKeyInfo info = read instanceof PEMKeyPair pair ? pair.getPrivateKeyInfo() : (PrivateKeyInfo) read;
            PrivateKey privateKey = new JcaPEMKeyConverter().getPrivateKey(info);
            store.setKeyEntry("client", privateKey, new char[0], new Certificate[] {parse(certificate)});
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        SSLContext tls = context(cluster.caPem(), factory.getKeyManagers());
        return new ClusterClient(
                cluster.url(), HttpClient.newBuilder().sslContext(tls).build(), Optional.empty());
    }

    /** Somebody with a token from the challenging client. */
    static ClusterClient login(SimulatedCluster cluster, String user) throws Exception {
        ClusterClient nobody = anonymous(cluster);
        String basic = Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
        Answer answer = nobody.send(
                "GET",
                "/oauth/authorize?client_id=openshift-challenging-client&response_type=token",
                "",
                Map.of("X-CSRF-Token", "1", "Authorization", "Basic " + basic));
        String location = answer.headers().firstValue("Location").orElseThrow();
        return nobody.with(location.replaceFirst(".*access_token=([^&]+).*", "$1"));
    }

    ClusterClient with(String otherToken) {
        return new ClusterClient(url, http, Optional.of(otherToken));
    }

    Answer get(String path) throws Exception {
        return send("GET", path, "", Map.of());
    }

    Answer post(String path, JsonNode body) throws Exception {
        return send("POST", path, body.toString(), Map.of());
    }

    Answer put(String path, JsonNode body) throws Exception {
        return send("PUT", path, body.toString(), Map.of());
    }

    Answer send(String method, String path, String body, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        token.ifPresent(value -> request.setHeader("Authorization", "Bearer " + value));
        headers.forEach(request::setHeader);
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** An import of one image into one tag. */
    static ObjectNode oneImport(String stream, String tag, String from, boolean insecure) {
        ObjectNode request = Json.object();
        request.putObject("metadata").put("name", stream);
        return alsoImport(request, tag, from, insecure);
    }

    /** The same import with one image more. */
    static ObjectNode alsoImport(ObjectNode request, String tag, String from, boolean insecure) {
        ObjectNode spec = Json.child(request, "spec").put("import", true);
        ObjectNode image = Json.children(spec, "images").addObject();
        image.putObject("from").put("kind", "DockerImage").put("name", from);
        image.putObject("to").put("name", tag);
        image.putObject("importPolicy").put("insecure", insecure);
        return request;
    }

    /** TLS that trusts an authority. */
    static SSLContext trusting(String ca) throws GeneralSecurityException, IOException {
        return context(ca, new KeyManager[0]);
    }

    private static SSLContext context(String ca, KeyManager[] keys) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, new char[0]);
        store.setCertificateEntry("ca", parse(ca));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, factory.getTrustManagers(), new SecureRandom());
        return context;
    }

    private static Certificate parse(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
    }
}
