package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Finds the cluster by what the plugin handed over. */
class LocalIT {

    @Test
    void isHandedOver() throws Exception {
        String kubeconfig = Files.readString(Path.of(System.getProperty("cdk.kubeconfig")));

        assertTrue(kubeconfig.contains(System.getProperty("cdk.apiUrl")));
        assertTrue(kubeconfig.contains("client-certificate-data"));
        assertEquals("apps-crc.testing", System.getProperty("cdk.routingSuffix"));
        assertTrue(Files.isExecutable(Path.of(System.getProperty("cdk.oc"))));
    }
}
