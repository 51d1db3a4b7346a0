package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;

/** {@code selfsubjectaccessreviews}: may I? */
final class AccessReviewEndpoint implements Endpoint {

    private final Authorization authorization;
    private final OpenShiftRules version;

    AccessReviewEndpoint(Authorization authorization, OpenShiftRules version) {
        this.authorization = authorization;
        this.version = version;
    }

    @Override
    public ApiResponse handle(ApiRequest request, ResourcePath path) {
        ObjectNode submitted = request.json();
        JsonNode asked = submitted.path("spec").path("resourceAttributes");
        ResourcePath wanted = new ResourcePath(
                asked.path("group").asText(),
                asked.path("namespace").asText(),
                asked.path("resource").asText(),
                asked.path("name").asText());
        String verb = asked.path("verb").asText();
        boolean allowed = authorization.allows(request.user(), verb, wanted);
        ObjectNode review =
                Json.object().put("kind", "SelfSubjectAccessReview").put("apiVersion", "authorization.k8s.io/v1");
        review.putObject("metadata").putNull("creationTimestamp");
        review.set("spec", submitted.path("spec"));
        ObjectNode status = review.putObject("status").put("allowed", allowed);
        if (allowed) {
            status.put("reason", authorization.approval(request.user(), wanted));
        } else if (!version.isFour()) {
            status.put("reason", authorization.reason(request.user(), verb, wanted));
        }
        return ApiResponse.json(201, review);
    }
}
