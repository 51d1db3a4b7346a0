package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** Asks the cluster for its ImageStreams with the login that the plugin handed over, as a user's own client would. */
class ClusterIT {

    private final String api = System.getProperty("cdk.apiUrl");

    @Test
    void imageStreamsNameTheInternalRegistry() throws Exception {
        String kubeconfig = Files.readString(Path.of(System.getProperty("cdk.kubeconfig")));
        assertEquals(api, value(kubeconfig, "server"));
        HttpRequest list = HttpRequest.newBuilder(
                        URI.create(api + "/apis/image.openshift.io/v1/namespaces/openshift/imagestreams"))
                .header("Authorization", "Bearer " + value(kubeconfig, "token"))
                .build();

        HttpResponse<String> streams = client(value(kubeconfig, "certificate-authority-data"))
                .send(list, BodyHandlers.ofString());

        assertEquals(200, streams.statusCode(), streams.body());
        assertTrue(streams.body().contains(System.getProperty("cdk.registry") + "/rhscl/httpd-24-rhel7"));
    }

    private static HttpClient client(String authority) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "cluster",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(Base64.getDecoder().decode(authority))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    /** The kubeconfig that is handed over is JSON. */
    private static String value(String json, String name) {
        Matcher found = Pattern.compile('"' + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
        assertTrue(found.find(), name);
        return found.group(1);
    }
}
