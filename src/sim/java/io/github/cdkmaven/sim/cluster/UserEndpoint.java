package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;

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
        metadata.put("selfLink", "/apis/user.openshift.io/v1/users/" + user.name());
        boolean system = User.SYSTEM_ADMIN.equals(user.name());
        if (system) {
            metadata.putNull("creationTimestamp");
            shown.putNull("identities");
        } else {
            ObjectNode stored = authentication.user(user.name());
            metadata.setAll((ObjectNode) stored.get("metadata"));
            shown.set("identities", stored.get("identities"));
        }
        if (system || version.showsVirtualGroups()) {
            user.groups().forEach(Json.children(shown, "groups")::add);
        } else {
            shown.putNull("groups");
        }
        return ApiResponse.json(200, shown);
    }
}
