package io.github.cdkmaven.sim.oc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.Call;
import io.github.cdkmaven.sim.minishift.JsonFile;
import java.util.List;

/** {@code oc version}, {@code oc whoami} and {@code oc auth can-i}. */
final class OcIdentity {

    private OcIdentity() {}

    static void version(OcSession session) {
        Call call = session.call();
        call.println("oc " + session.version());
        call.println("kubernetes " + kubernetes(session.version()));
        call.println("features: Basic-Auth");
        if (session.server().isEmpty()) {
            return;
        }
        JsonNode openshift = session.json("GET", "/version/openshift", "");
        JsonNode kubernetes = session.json("GET", "/version", "");
        call.println("\nServer " + session.server());
        call.println("openshift " + openshift.path("gitVersion").asText());
        call.println("kubernetes " + kubernetes.path("gitVersion").asText());
    }

    private static String kubernetes(String version) {
        return version.startsWith("v3.11") ? "v1.11.0+d4cacc0" : version.startsWith("v3.10") ? "v1.10.0" : "v1.9.1";
    }

    static void whoami(OcSession session) {
        if (session.flags().isOn("show-server")) {
            session.call().println(session.server());
        } else if (session.flags().isOn("show-token")) {
            session.call().println(session.token());
        } else if (session.flags().isOn("show-context")) {
            session.call().println(session.kubeconfig().currentContext());
        } else {
            JsonNode user = session.json("GET", "/apis/user.openshift.io/v1/users/~", "");
            session.call().println(user.path("metadata").path("name").asText());
        }
    }

    /** Exit 0 whatever the answer is. */
    static void canI(OcSession session) {
        List<String> words = session.flags().words();
        String[] resource = words.get(3).split("\\.", 2);
        ObjectNode review = JsonFile.object().put("kind", "SelfSubjectAccessReview");
        ObjectNode attributes = review.put("apiVersion", "authorization.k8s.io/v1")
                .putObject("spec")
                .putObject("resourceAttributes");
        attributes.put("namespace", session.namespace()).put("verb", words.get(2));
        attributes.put("resource", resource[0]).put("group", resource.length > 1 ? resource[1] : "");
        JsonNode status = session.json(
                        "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review.toString())
                .path("status");
        String reason = status.path("reason").asText("");
        session.call()
                .println(status.path("allowed").asBoolean() ? "yes" : "no" + (reason.isEmpty() ? "" : " - " + reason));
    }
}
