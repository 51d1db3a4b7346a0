package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Finds the cluster by a property as Surefire hands it on, and by the file that a run in an IDE reads. */
class ApiSmoke {

    @Test
    void apiIsThere() throws Exception {
        Properties file = new Properties();
        try (var in = Files.newInputStream(Path.of("target/cdk/cdk.properties"))) {
            file.load(in);
        }
        URI api = URI.create(System.getProperty("cdk.apiUrl"));

        assertEquals(api.toString(), file.getProperty("cdk.apiUrl"));
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(api.getHost(), api.getPort()), 5_000);
        }
    }
}
