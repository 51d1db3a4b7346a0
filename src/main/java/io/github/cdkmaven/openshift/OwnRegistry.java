package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster's own registry, which holds what was built or imported inside, as the cluster itself tells it: by what its ImageStreams name as
 * their repositories, and by the registry's service.
 *
 * @param addresses its names, each with its port where it has one
 */
public record OwnRegistry(Set<String> addresses) {

    private static final Logger LOG = LoggerFactory.getLogger(OwnRegistry.class);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String CLUSTER_DOMAIN = ".cluster.local";

    /** The service of OpenShift 3, and that of OpenShift 4. */
    private static final List<Service> SERVICES = List.of(
            new Service("default", "docker-registry"), new Service("openshift-image-registry", "image-registry"));

    private record Service(String namespace, String name) {

        String path() {
            return "/api/v1/namespaces/" + namespace + "/services/" + name;
        }

        String host() {
            return name + "." + namespace + ".svc";
        }
    }

    /** A service's name may be written with the cluster's domain, too. */
    public OwnRegistry {
        addresses = addresses.stream()
                .map(address -> address.toLowerCase(Locale.ROOT))
                .flatMap(address -> Stream.of(address, address.replaceFirst("\\.svc(?=$|:)", ".svc" + CLUSTER_DOMAIN)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The names that an ImageStream tells, as far as its server has one. */
    public static OwnRegistry of(JsonNode stream) {
        return new OwnRegistry(hosts(ImageStreams.repositories(stream)));
    }

    /**
     * Asks a cluster.
     *
     * @param repositories what its ImageStreams name as their repositories in it
     */
    static OwnRegistry of(OpenShiftApi api, Collection<String> repositories) {
        Set<String> addresses = hosts(repositories);
        SERVICES.forEach(service -> add(addresses, service, answer(api, service)));
        return new OwnRegistry(addresses);
    }

    private static Set<String> hosts(Collection<String> repositories) {
        Set<String> hosts = new HashSet<>();
        for (String repository : repositories) {
            int slash = repository.indexOf('/');
            if (slash > 0) {
                hosts.add(repository.substring(0, slash));
            }
        }
        return hosts;
    }

    /** Who may not read services knows less of the registry's names; none is guessed. */
    private static JsonNode answer(OpenShiftApi api, Service service) {
        try {
            return api.get(service.path(), LIMIT).body();
        } catch (IOException e) {
            LOG.debug("{} cannot be read", service.path(), e);
            return MissingNode.getInstance();
        }
    }

    private static void add(Set<String> addresses, Service service, JsonNode answer) {
        if (!answer.path("kind").asText().equals("Service")) {
            return;
        }
        for (JsonNode port : answer.path("spec").path("ports")) {
            if (port.path("port").isInt()) {
                String end = ":" + port.path("port").asInt();
                addresses.add(service.host() + end);
                String address = answer.path("spec").path("clusterIP").asText();
                if (!address.isEmpty() && !address.equals("None")) {
                    addresses.add(address + end);
                }
            }
        }
    }

    /** Whether a registry, with its port, is this one. */
    public boolean is(String registry) {
        return addresses.contains(registry.toLowerCase(Locale.ROOT));
    }
}
