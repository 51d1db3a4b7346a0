package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes a request through readiness, identity and rights to the endpoint that answers it. */
final class ApiRouter {

    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Set<String> REVIEWS =
            Set.of("selfsubjectaccessreviews", "subjectaccessreviews", "selfsubjectreviews");

    private final ClusterState state;
    private final Authentication authentication;
    private final Authorization authorization;
    private final PublicPages pages;
    private final Map<String, Endpoint> endpoints;

    /** @param endpoints by {@code group/resource}; the core group is empty */
    ApiRouter(
            ClusterState state,
            Authentication authentication,
            Authorization authorization,
            PublicPages pages,
            Map<String, Endpoint> endpoints) {
        this.state = state;
        this.authentication = authentication;
        this.authorization = authorization;
        this.pages = pages;
        this.endpoints = Map.copyOf(endpoints);
    }

    /** Who sends a request; a failure where the credentials are not valid. */
    User identify(ApiRequest request, Optional<ClientIdentity> certificate) {
        return authentication.identify(request, certificate);
    }

    /** Who sends it, perhaps in another's name. */
    User sender(ApiRequest request, Optional<ClientIdentity> certificate) {
        return authentication.sender(request, certificate);
    }

    ApiResponse route(ApiRequest request) {
        Optional<ResourcePath> resource = ResourcePath.parse(request.path());
        if (state.isNotReady()) {
            return notReady(request, resource);
        }
        Optional<ApiResponse> page = pages.page(request);
        if (page.isPresent()) {
            return page.get();
        }
        if (resource.isEmpty()) {
            if (request.user().isAnonymous()) {
                throw ApiException.forbiddenPath(
                        "User \"" + request.user().name() + "\" cannot get path \"" + request.path() + "\"");
            }
            return pages.unknown(request);
        }
        authorization.check(request.user(), request.verb(resource.get()), resource.get());
        Endpoint endpoint =
                endpoints.get(resource.get().group() + "/" + resource.get().resource());
        if (endpoint == null || !pages.serves(request.path(), resource.get())) {
            throw ApiException.noSuchPath();
        }
        return endpoint.handle(request, resource.get());
    }

    /** Whether a request stores something when it succeeds. */
    static boolean isChanging(ApiRequest request) {
        Optional<ResourcePath> resource = ResourcePath.parse(request.path());
        if (resource.isEmpty()
                || READING.contains(request.method())
                || REVIEWS.contains(resource.get().resource())) {
            return false;
        }
        if (!"imagestreamimports".equals(resource.get().resource())) {
            return true;
        }
        try {
            JsonNode body = Json.read(request.body());
            return body.path("spec").path("import").asBoolean();
        } catch (IOException e) {
            return false;
        }
    }

    private static ApiResponse notReady(ApiRequest request, Optional<ResourcePath> resource) {
        if (request.path().startsWith("/healthz")) {
            return ApiResponse.text(
                    500,
                    "[+]ping ok\n[-]poststarthook/authorization.openshift.io-ensureopenshift-infra"
                            + " failed: reason withheld\nhealthz check failed\n");
        }
        if (resource.isEmpty()) {
            throw ApiException.forbiddenPath("not yet ready to handle request");
        }
        throw ApiException.forbidden(
                resource.get().group(),
                resource.get().resource(),
                resource.get().name(),
                "not yet ready to handle request");
    }
}
