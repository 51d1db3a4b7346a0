package io.github.cdkmaven.minishift.images;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.minishift.Generation;
import io.github.cdkmaven.minishift.OpenShiftRelease;
import io.github.cdkmaven.minishift.Product;
import io.github.cdkmaven.minishift.Version;
import java.util.Optional;

/** The image whose name is compiled into minishift since 1.18: it copies {@code oc} out of it inside the VM, whatever image it was told to start. */
public final class CompiledImage {

    /** From this minishift on, OpenShift 3.10 and newer are copied from the control plane's own image (minishift {@code cmd/util/oc.go}). */
    private static final Version CONTROL_PLANE = Version.of("1.24.0");

    private CompiledImage() {}

    /** The name, byte for byte as minishift asks for it; empty where minishift copies nothing. */
    public static Optional<ImageReference> of(Product product, String openshift) {
        if (!Generation.of(product).copiesOcFromImage()) {
            return Optional.empty();
        }
        boolean controlPlane =
                product.minishift().isAtLeast(CONTROL_PLANE) && OpenShiftRelease.takesTemplate(openshift);
        String prefix = product.isCdk() ? "registry.access.redhat.com/openshift3/ose" : "openshift/origin";
        return Optional.of(ImageReference.parse(prefix + (controlPlane ? "-control-plane" : "") + ":" + openshift));
    }
}
