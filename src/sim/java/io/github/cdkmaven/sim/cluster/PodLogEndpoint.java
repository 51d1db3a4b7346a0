package io.github.cdkmaven.sim.cluster;

import io.github.cdkmaven.sim.cluster.api.ApiException;

/** Logs of containers: what a test has written into an annotation of their pod. */
final class PodLogEndpoint implements Endpoint {

    static final String ANNOTATION = "simulation/log";

    private final ObjectStore store;

    PodLogEndpoint(ObjectStore store) {
        this.store = store;
    }

    @Override
    public ApiResponse handle(ApiRequest request, ResourcePath path) {
        return store.get("pods", path.namespace(), path.name())
                .map(pod -> ApiResponse.text(
                        200,
                        pod.path("metadata").path("annotations").path(ANNOTATION).asText()))
                .orElseThrow(() -> ApiException.notFound("", "pods", path.name()));
    }
}
