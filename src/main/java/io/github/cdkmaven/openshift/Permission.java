package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Retry.Pause;
import io.github.cdkmaven.registry.Parallel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that a user may do or not, in RBAC's words.
 *
 * @param verb such as {@code create}
 * @param group the resource's API group; empty for Kubernetes' core
 * @param resource such as {@code imagestreamimports}
 * @param namespace where; empty for the whole cluster
 */
public record Permission(String verb, String group, String resource, String namespace) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** Each is one more connection to the cluster. */
    private static final int AT_ONCE = 4;

    private static final String IMAGES = "image.openshift.io";

    /** What moving the ImageStreams of some namespaces takes. */
    public static List<Permission> toMove(List<String> namespaces) {
        List<Permission> rights = new ArrayList<>();
        for (String namespace : namespaces) {
            rights.add(new Permission("list", IMAGES, "imagestreams", namespace));
            rights.add(new Permission("update", IMAGES, "imagestreams", namespace));
            rights.add(new Permission("create", IMAGES, "imagestreamimports", namespace));
        }
        return rights;
    }

    /** What finding out takes where the running images came from. */
    public static List<Permission> toVerify() {
        return List.of(new Permission("list", "", "pods", ""), new Permission("list", IMAGES, "imagestreams", ""));
    }

    /** What reading the ImageStreams of all namespaces takes. */
    public static Permission toListAllStreams() {
        return new Permission("list", IMAGES, "imagestreams", "");
    }

    /** What storing the registry's credentials in some namespaces takes. */
    public static List<Permission> toStoreSecrets(List<String> namespaces) {
        List<Permission> rights = new ArrayList<>();
        for (String namespace : namespaces) {
            for (String verb : List.of("get", "create", "update")) {
                rights.add(new Permission(verb, "", "secrets", namespace));
            }
        }
        return rights;
    }

    /**
     * The first of some rights that the user behind an API does not have. They are asked side by side.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster cannot be asked
     */
    public static Optional<Permission> firstMissing(OpenShiftApi api, List<Permission> rights) {
        return firstMissing(api, rights, Pause.real());
    }

    static Optional<Permission> firstMissing(OpenShiftApi api, List<Permission> rights, Pause pause) {
        Map<Permission, Boolean> granted = Parallel.map(rights, AT_ONCE, right -> right.isGrantedTo(api, pause));
        return granted.entrySet().stream()
                .filter(right -> !right.getValue())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private boolean isGrantedTo(OpenShiftApi api, Pause pause) {
        ObjectNode review = JSON.createObjectNode();
        review.put("kind", "SelfSubjectAccessReview").put("apiVersion", "authorization.k8s.io/v1");
        ObjectNode attributes = review.putObject("spec").putObject("resourceAttributes");
        attributes.put("verb", verb).put("group", group).put("resource", resource);
        if (!namespace.isEmpty()) {
            attributes.put("namespace", namespace);
        }
        try {
            ApiAnswer answer = api.ask(
                    pause, () -> api.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review, LIMIT));
            // Who may not even ask has no right either; but of nobody it is not told what somebody may do.
            if (answer.status() == 403 && !isAboutNobody(answer)) {
                return false;
            }
            JsonNode allowed = answer.body().path("status").path("allowed");
            if (!answer.isSuccess() || !allowed.isBoolean()) {
                throw notTold(api, answer).toException();
            }
            return allowed.asBoolean();
        } catch (IOException e) {
            throw Unreachable.problem(api.access(), e).toException(e);
        }
    }

    /** A certificate that the server's authority has not signed counts for nothing, and is not refused as such. */
    private static boolean isAboutNobody(ApiAnswer answer) {
        return answer.message().contains("system:anonymous");
    }

    private static Problem notTold(OpenShiftApi api, ApiAnswer answer) {
        return (answer.status() == 401 || answer.status() == 403
                        ? Problem.of("The login to " + api.access().server() + " is not valid.", Unreachable.LOG_IN)
                        : Problem.of(
                                "The OpenShift API at " + api.access().server()
                                        + " does not tell what its user may do.",
                                "look at the cluster ('minishift status' and 'minishift logs' for a CDK), and try again"))
                .with(answer.message());
    }

    @Override
    public String toString() {
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group)
                + (namespace.isEmpty() ? "" : " in namespace " + namespace);
    }
}
