package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** {@code users/~}: who asks. */
final class UserEndpoint implements Endpoint {

    private final Authentication authentication;
    private final OpenShiftRules version;

    UserEndpoint(Authentication authentication, OpenShiftRules version) {
        this.authentication = authentication;
        this.version = version;
    }

    @Override
    public ApiResponse handle(ApiRequest request, ResourcePath path) {
        if (!"~".equals(path.name())) {
            throw ApiException.notFound(path.group(), path.resource(), path.name());
        }
        User user = request.user();
        ObjectNode shown = Json.object().put("kind", "User").put("apiVersion", "user.openshift.io/v1");
        ObjectNode metadata = shown.putObject("metadata").put("name", user.name());
        if (version.showsSelfLinks()) {
            metadata.put("selfLink", "/apis/user.openshift.io/v1/users/" + user.name());
        }
        // Who is of the system, kube:admin among them, has no object: only names with no colon have.
        boolean system = user.name().contains(":");
        if (system) {
            metadata.putNull("creationTimestamp");
        } else {
            ObjectNode stored = authentication.user(user.name());
            metadata.setAll((ObjectNode) stored.get("metadata"));
            shown.set("identities", stored.get("identities"));
        }
        if (system && !version.isFour()) {
            shown.putNull("identities");
        }
        if (system || version.showsVirtualGroups()) {
            user.sortedGroups().forEach(Json.children(shown, "groups")::add);
        } else {
            shown.putNull("groups");
        }
        return ApiResponse.json(200, shown);
    }

    /** {@code selfsubjectreviews}: who asks, without the users of OpenShift (Kubernetes 1.28). */
    static ApiResponse review(ApiRequest request) {
        ObjectNode review =
                Json.object().put("kind", "SelfSubjectReview").put("apiVersion", "authentication.k8s.io/v1");
        review.putObject("metadata")
                .put(
                        "creationTimestamp",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        User user = request.user();
        ObjectNode info = review.putObject("status").putObject("userInfo").put("username", user.name());
        info.put("uid", user.name().replace(':', '-') + "-uid");
        user.groups().forEach(Json.children(info, "groups")::add);
        return ApiResponse.json(201, review);
    }
}
