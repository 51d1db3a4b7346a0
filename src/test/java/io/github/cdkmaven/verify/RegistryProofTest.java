package io.github.cdkmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.registry.RegistryClients;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The comparison with the registry")
class RegistryProofTest {

    private static final String PUBLIC = "registry.access.redhat.com/openshift3/ose:v3.9.31";

    private final TinyImage image = TinyImage.named("ose");
    private SimulatedRegistry registry;
    private RegistryClients clients;
    private RegistryProof proof;

    @BeforeEach
    void registry() {
        registry = SimulatedRegistry.start();
        registry.put("openshift3/ose:v3.9.31", image);
        clients = new RegistryClients(Registries.of(Registry.to(registry.host()).withInsecure(true)));
        proof = new RegistryProof(clients);
    }

    @AfterEach
    void close() {
        clients.close();
        registry.close();
    }

    private boolean isSame(String id, String... names) {
        return proof.isRegistrys(
                id, List.of(names).stream().map(ImageReference::parse).toList());
    }

    @Test
    @DisplayName("finds the same image under its public name, under the registry's, and under one of several")
    void same() {
        assertThat(isSame(image.configDigest(), PUBLIC)).isTrue();
        assertThat(isSame(image.configDigest(), registry.host() + "/openshift3/ose:v3.9.31"))
                .isTrue();
        assertThat(isSame(image.configDigest(), "registry.redhat.io/no/such:1", PUBLIC))
                .isTrue();
    }

    @Test
    @DisplayName("does not take another image, nor none, for the same")
    void other() {
        assertThat(isSame(TinyImage.named("other").configDigest(), PUBLIC)).isFalse();
        assertThat(isSame(image.configDigest(), "registry.redhat.io/no/such:1")).isFalse();
        assertThat(isSame(image.configDigest())).isFalse();
    }

    @Test
    @DisplayName("is not made for names that no mapping sends to the registry, whatever it holds under the same path")
    void notMapped() {
        assertThat(isSame(image.configDigest(), "quay.io/openshift3/ose:v3.9.31"))
                .isFalse();
    }

    @Test
    @DisplayName("goes through a manifest list to the image for the VM's platform")
    void lists() {
        TinyImage list = TinyImage.list("ose", "ppc64le", "amd64", "s390x");
        registry.put("openshift3/ose:list", list);

        assertThat(isSame(list.parts().get(1).configDigest(), "registry.redhat.io/openshift3/ose:list"))
                .isTrue();
        assertThat(isSame(list.parts().get(0).configDigest(), "registry.redhat.io/openshift3/ose:list"))
                .isFalse();
    }

    @Test
    @DisplayName("says nothing about manifests of the first schema, which name no configuration")
    void oldSchema() {
        registry.put("openshift3/ose:old", TinyImage.schema1("openshift3/ose", "old"));

        assertThat(isSame("", "registry.redhat.io/openshift3/ose:old")).isFalse();
    }
}
