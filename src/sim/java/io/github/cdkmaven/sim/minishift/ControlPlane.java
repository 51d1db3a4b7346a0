package io.github.cdkmaven.sim.minishift;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The images that {@code oc cluster up} needs, named the way it names them: up to 3.9 a prefix, from 3.10 a template.
 *
 * @param image the value of {@code --image} that is in force
 * @param tag the value of the hidden {@code --tag}, empty for none
 */
record ControlPlane(OpenshiftVersion openshift, String image, String tag) {

    private static final String DOCKER_HUB = "docker.io/";
    private static final List<String> BEFORE_PODS =
            List.of("control-plane", "cli", "node", "hyperkube", "hypershift", "pod");
    private static final List<String> IN_PODS = List.of("deployer", "docker-registry", "haproxy-router", "web-console");
    /** Hard-coded in 3.11's operator; {@code --image} does not reach it (origin#20887). */
    private static final String SIGNER = "openshift/origin-service-serving-cert-signer:v3.11";

    /** From 3.9 cluster up and the node send names of Docker Hub without their host, so that they are searched for. */
    @Override
    public String image() {
        boolean searched = openshift.minor() >= 9 && image.startsWith(DOCKER_HUB);
        return searched ? image.substring(DOCKER_HUB.length()) : image;
    }

    /** Pulled by cluster up itself; a missing one ends it at once. Component to image. */
    Map<String, String> pulledFirst() {
        Map<String, String> images = new LinkedHashMap<>();
        if (openshift.usesTemplate()) {
            BEFORE_PODS.forEach(component -> images.put(component, name(component)));
        } else {
            images.put("origin", image() + ":" + openshift.text());
        }
        return images;
    }

    /** Pulled by the node later; a missing one is waited for in vain. Component to image. */
    Map<String, String> pulledByNode() {
        Map<String, String> images = new LinkedHashMap<>();
        if (!openshift.usesTemplate()) {
            images.put("pod", name("pod"));
        }
        IN_PODS.stream()
                .filter(component -> openshift.minor() >= 9 || !component.equals("web-console"))
                .forEach(component -> images.put(component, name(component)));
        if (openshift.minor() >= 11) {
            images.put("service-serving-cert-signer", SIGNER);
        }
        return images;
    }

    /**
     * Whether a component's image is pulled although the VM holds it: static pods have the policy {@code Always} unless a
     * tag is given (minishift#3048).
     */
    boolean isAlwaysPulled(String component) {
        return openshift.usesTemplate()
                && tag.isEmpty()
                && !List.of("cli", "node", "service-serving-cert-signer").contains(component);
    }

    /** Everything that has to be there before a start can succeed. */
    Map<String, String> all() {
        Map<String, String> images = new LinkedHashMap<>(pulledFirst());
        images.putAll(pulledByNode());
        return images;
    }

    private String name(String component) {
        if (!openshift.usesTemplate()) {
            return image() + "-" + component + ":" + openshift.text();
        }
        return image().replace("${component}", component)
                .replace("${version}", tag.isEmpty() ? openshift.majorMinor() : tag);
    }
}
