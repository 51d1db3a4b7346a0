package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Retry.Pause;
import io.github.cdkmaven.registry.Parallel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something that a user may do or not, in RBAC's words.
 *
 * @param verb such as {@code create}
 * @param group the resource's API group; empty for Kubernetes' core
 * @param resource such as {@code imagestreamimports}
 * @param namespace where; empty for the whole cluster
 */
public record Permission(String verb, String group, String resource, String namespace) {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int AT_ONCE = 4;

    /** To open one more connection takes as long as so many questions. */
    private static final int CONNECTION = 3;

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

    /**
     * What finding out takes where the running images came from.
     *
     * @param scope the namespaces that are looked at; none for all
     */
    public static List<Permission> toVerify(List<String> scope) {
        return (scope.isEmpty() ? Stream.of("") : scope.stream())
                .flatMap(namespace -> Stream.of(
                        new Permission("list", "", "pods", namespace),
                        new Permission("list", IMAGES, "imagestreams", namespace)))
                .toList();
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
        Map<Permission, Boolean> granted = Parallel.map(rights, atOnce(rights), right -> right.isGrantedTo(api, pause));
        return granted.entrySet().stream()
                .filter(right -> !right.getValue())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * All of some rights that the user behind an API does not have. Of many namespaces, it is asked first whether he has the right in all of
     * them, so that an administrator costs as little as somebody with one namespace.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster cannot be asked
     */
    public static List<Permission> missing(OpenShiftApi api, List<Permission> rights) {
        Map<Permission, Long> uses = rights.stream()
                .distinct()
                .collect(Collectors.groupingBy(Permission::everywhere, Collectors.counting()));
        Set<Permission> granted = granted(
                api,
                uses.entrySet().stream()
                        .filter(use -> use.getValue() > 1)
                        .map(Map.Entry::getKey)
                        .toList());
        List<Permission> left = rights.stream()
                .distinct()
                .filter(right -> !granted.contains(right.everywhere()))
                .toList();
        Set<Permission> here = granted(api, left);
        return left.stream().filter(right -> !here.contains(right)).toList();
    }

    private static Set<Permission> granted(OpenShiftApi api, List<Permission> rights) {
        Set<Permission> granted = new HashSet<>();
        Parallel.map(rights, atOnce(rights), right -> right.isGrantedTo(api, Pause.real()))
                .forEach((right, has) -> {
                    if (has) {
                        granted.add(right);
                    }
                });
        return granted;
    }

    private static int atOnce(List<Permission> rights) {
        return Math.min(AT_ONCE, 1 + rights.size() / (CONNECTION + 1));
    }

    /** Whether it changes nothing. */
    public boolean isReading() {
        return verb.equals("get") && !resource.equals("secrets") || verb.equals("list");
    }

    private Permission everywhere() {
        return new Permission(verb, group, resource, "");
    }

    /** Rights in words, a line for each namespace: {@code in namespace openshift: update imagestreams.image.openshift.io}. */
    public static List<String> byNamespace(List<Permission> rights) {
        Map<String, List<String>> words = new TreeMap<>();
        rights.forEach(right -> words.computeIfAbsent(right.namespace, name -> new ArrayList<>())
                .add(right.words()));
        return words.entrySet().stream()
                .map(entry ->
                        (entry.getKey().isEmpty() ? "in the whole cluster: " : "in namespace " + entry.getKey() + ": ")
                                + String.join(", ", entry.getValue()))
                .toList();
    }

    private boolean isGrantedTo(OpenShiftApi api, Pause pause) {
        ObjectNode review = JsonTree.object();
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
                                        + " does not report what its user may do.",
                                "'mvn cdk:status' shows whether it is running; try again"))
                .with(answer.message());
    }

    /** A record's own would first make method handles of the four parts, which takes as long as to ask the cluster. */
    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    private String words() {
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
    }

    @Override
    public String toString() {
        return words() + (namespace.isEmpty() ? "" : " in namespace " + namespace);
    }
}
