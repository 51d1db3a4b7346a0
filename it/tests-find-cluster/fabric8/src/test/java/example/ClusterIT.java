package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fabric8's client finds the cluster by itself: it looks for the system property "kubeconfig". */
class ClusterIT {

    private static final ResourceDefinitionContext IMAGE_STREAMS = new ResourceDefinitionContext.Builder()
            .withGroup("image.openshift.io")
            .withVersion("v1")
            .withKind("ImageStream")
            .withPlural("imagestreams")
            .withNamespaced(true)
            .build();

    @Test
    void imageStreamsNameTheInternalRegistry() {
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            assertEquals(System.getProperty("cdk.apiUrl") + "/", client.getMasterUrl().toString());

            List<GenericKubernetesResource> streams = client.genericKubernetesResources(IMAGE_STREAMS)
                    .inNamespace("openshift")
                    .list()
                    .getItems();

            assertTrue(streams.toString().contains(System.getProperty("cdk.registry") + "/rhscl/httpd-24-rhel7"));
        }
    }
}
