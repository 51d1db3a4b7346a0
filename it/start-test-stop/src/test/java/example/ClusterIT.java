package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Reads the ImageStreams of the cluster that the plugin started, as a user's own test would. */
class ClusterIT {

    @Test
    void imageStreamsNameTheInternalRegistry() throws Exception {
        ProcessBuilder command =
                new ProcessBuilder(System.getProperty("cdk.oc"), "get", "is", "-n", "openshift", "-o", "json");
        command.environment().put("KUBECONFIG", System.getProperty("cdk.kubeconfig"));
        Process oc = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String streams = new String(oc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, oc.waitFor());
        assertTrue(streams.contains(System.getProperty("cdk.registry") + "/rhscl/httpd-24-rhel7"), streams);
        assertFalse(streams.contains("\"registry.access.redhat.com/rhscl/httpd-24-rhel7\""), streams);
    }
}
