package io.github.cdkmaven.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.hostile.Mutations.Answer;
import io.github.cdkmaven.openshift.ClusterImages;
import io.github.cdkmaven.openshift.Login;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.openshift.Pods;
import io.github.cdkmaven.openshift.StreamItems;
import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.streams.RegistrySecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mutates by chance what an API answers to each question but the move's, and what {@code oc} prints of a kubeconfig. */
@DisplayName("A mutated answer")
class MutatedAnswersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 20261128;
    private static final int CASES = 60;
    private static final String BELIEVED = "believed";
    private static final String REFUSED = "refused";
    private static final long HANGS_AFTER_SECONDS = 60;
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Path FILE = Path.of("kubeconfig");
    private static final String DIGEST = "sha256:" + "1".repeat(64);

    private static final String PODS = """
            {"kind": "PodList", "apiVersion": "v1", "metadata": {"resourceVersion": "1"}, "items": [
              {"metadata": {"name": "web-1", "namespace": "shop"},
               "spec": {"initContainers": [{"name": "i", "image": "a.io/i:1"}], "containers": [{"name": "c", "image": "b.io/c:1"}]},
               "status": {"containerStatuses": [{"name": "c", "imageID": "docker-pullable://b.io/c@%1$s",
                 "state": {"waiting": {"reason": "ImagePullBackOff", "message": "m"}}}]}},
              {"metadata": {"name": "web-2", "namespace": "shop"}, "spec": {"containers": [{"name": "c", "image": "b.io/c:1"}]}}]}
            """.formatted(DIGEST);

    private static final String STREAMS = """
            {"kind": "ImageStreamList", "metadata": {"resourceVersion": "1"}, "items": [
              {"metadata": {"name": "a", "namespace": "openshift"},
               "spec": {"tags": [{"name": "1", "from": {"kind": "DockerImage", "name": "registry.redhat.io/a/b:1"}},
                                 {"name": "latest", "from": {"kind": "ImageStreamTag", "name": "1"}}]},
               "status": {"dockerImageRepository": "172.30.1.1:5000/openshift/a", "tags": [{"tag": "1", "items": [
                 {"image": "%1$s", "generation": 1, "dockerImageReference": "registry.redhat.io/a/b@%1$s"}]}]}},
              {"metadata": {"name": "b", "namespace": "openshift"}, "spec": {"dockerImageRepository": "quay.io/a/b", "tags": [{"name": "2"}]}}]}
            """.formatted(DIGEST);

    /** A question, with an answer to it and with what must be so where the question succeeds. */
    private enum Question {
        PODS_OF_ALL(
                PODS,
                api -> Pods.explained(api, Pods.containers(api, List.of())).size(),
                MutatedAnswersTest::isList),
        STREAM_ITEMS(
                STREAMS,
                api -> StreamItems.of(api, List.of()).items().size(),
                (answer, result) ->
                        !result.equals(0) || parse(answer).path("items").isArray()),
        IMAGES(
                STREAMS,
                api -> ClusterImages.of(api, List.of("openshift"), List.of())
                        .images()
                        .size(),
                (answer, result) -> parse(answer).path("kind").asText().endsWith("List")),
        PERMISSION(
                "{\"kind\": \"SelfSubjectAccessReview\", \"status\": {\"allowed\": true, \"reason\": \"x\"}}",
                api -> Permission.firstMissing(api, Permission.toVerify(List.of())),
                (answer, result) -> result.equals(Optional.empty())
                        == (answer.status() / 100 == 2
                                && parse(answer).at("/status/allowed").isBoolean()
                                && parse(answer).at("/status/allowed").asBoolean())),
        SECRET(
                "{\"kind\": \"Secret\", \"metadata\": {\"name\": \"" + RegistrySecret.NAME
                        + "\", \"resourceVersion\": \"1\"}, \"data\": {\"x\": \"y\"}}",
                api -> new RegistrySecret(Map.of("r.io", new Credentials("user", "secret-canary")))
                        .store(api, "openshift"),
                (answer, result) -> parse(answer).at("/metadata/name").asText().equals(RegistrySecret.NAME)),
        LOGIN(
                "{\"authorization_endpoint\": \"https://127.0.0.1/oauth/authorize\", \"status\": {\"allowed\": true}}",
                api -> Login.asAdministrator(api, api.access(), Permission.toVerify(List.of()), Deadline.in(LIMIT))
                        .access(),
                (answer, result) -> parse(answer).at("/status/allowed").asBoolean());

        private final JsonNode answer;
        private final Function<OpenShiftApi, Object> ask;
        private final BiPredicate<Answer, Object> right;

        Question(String answer, Function<OpenShiftApi, Object> ask, BiPredicate<Answer, Object> right) {
            this.answer = parse(new Answer(200, answer.getBytes(StandardCharsets.UTF_8)));
            this.ask = ask;
            this.right = right;
        }
    }

    private static JsonNode parse(Answer answer) {
        try {
            JsonNode tree = JSON.readTree(answer.body());
            return tree == null ? JSON.missingNode() : tree;
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private static boolean isList(Answer answer, Object result) {
        JsonNode list = parse(answer);
        return list.path("kind").asText().endsWith("List")
                && list.path("items").isArray()
                && (!result.equals(0) || list.path("items").isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("of the API is understood or refused in words that name the server, and never hangs")
    void ofTheApi(Question question) throws Exception {
        List<String> faults = new ArrayList<>();
        int refused = 0;
        ExecutorService threads = Executors.newCachedThreadPool();
        for (int i = 0; i < CASES; i++) {
            Mutations mutations = new Mutations(SEED + i);
            Answer answer = mutations.answer(200, question.answer);
            Map<String, String> headers = Map.of("Location", location(mutations), "Retry-After", "1");
            boolean podsBeside = question == Question.IMAGES;
            try (HostileApi api = new HostileApi(
                    headers,
                    (method, path, body) ->
                            podsBeside && path.endsWith("/pods") ? HostileApi.answer(200, PODS) : answer)) {
                String outcome = outcome(threads, question, answer, api);
                if (outcome.equals(REFUSED)) {
                    refused++;
                } else if (!outcome.equals(BELIEVED)) {
                    faults.add((SEED + i) + ": " + outcome + " after" + mutations.told());
                }
            }
        }
        threads.shutdownNow();
        assertThat(faults).isEmpty();
        assertThat(refused).as("refused of " + CASES).isBetween(CASES / 10, CASES - 2);
    }

    /** Where a login sends its client, with or without a token. */
    private static String location(Mutations mutations) {
        List<String> locations = List.of(
                "x#access_token=tok",
                "x#access_token=" + "t".repeat(5_000),
                "http://127.0.0.1:1/#access_token=a%0ab",
                "",
                "x#access_token=a b");
        return locations.get(mutations.below(locations.size()));
    }

    private static String outcome(ExecutorService threads, Question question, Answer answer, HostileApi api)
            throws InterruptedException {
        Future<Object> asked =
                threads.submit(() -> question.ask.apply(api.client().within(Deadline.in(LIMIT))));
        try {
            Object result = asked.get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
            return question.right.test(answer, result) ? BELIEVED : "wrongly believed: " + result;
        } catch (TimeoutException e) {
            return "it hangs";
        } catch (ExecutionException e) {
            String fault = wordsFault(e.getCause(), api.address());
            return fault.isEmpty() ? REFUSED : fault;
        }
    }

    private static String wordsFault(Throwable failure, String named) {
        if (!(failure instanceof ProblemException problem)) {
            return "it meets " + failure + " at " + List.of(failure.getStackTrace());
        }
        String text = String.join("\n", problem.problem().toLines());
        boolean steers = text.codePoints().anyMatch(point -> point != '\n' && Character.isISOControl(point));
        return !text.contains(named) || text.length() > 2_000 || steers || text.contains("secret-canary")
                ? "it is told as " + text
                : "";
    }

    @ParameterizedTest
    @EnumSource(KubeconfigForm.class)
    @DisplayName("that a kubeconfig has become is understood or refused in words that name the file")
    void ofKubeconfigs(KubeconfigForm form) throws Exception {
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < 10 * CASES; i++) {
            Mutations mutations = new Mutations(SEED + i);
            String text = new String(mutations.answer(200, form.json()).body(), StandardCharsets.UTF_8);
            try {
                assertThat(Kubeconfig.parse(text, FILE).server().getHost()).isNotNull();
            } catch (ProblemException e) {
                String fault = wordsFault(e, FILE.toString());
                faults.addAll(fault.isEmpty() ? List.of() : List.of(fault + " after" + mutations.told()));
            } catch (RuntimeException | Error e) {
                faults.add((SEED + i) + " meets " + e + " at "
                        + List.of(e.getStackTrace()).subList(0, 3) + " after" + mutations.told());
            }
        }
        assertThat(faults).isEmpty();
    }

    private enum KubeconfigForm {
        TOKEN("{\"token\": \"secret-canary\", \"as\": \"system:admin\"}"),
        CERTIFICATE("{\"client-certificate-data\": \"QUJD\", \"client-key-data\": \"c2VjcmV0LWNhbmFyeQ==\"}");

        private final String user;

        KubeconfigForm(String user) {
            this.user = user;
        }

        JsonNode json() throws IOException {
            return JSON.readTree("""
                    {"kind": "Config", "clusters": [{"name": "c", "cluster": {"server": "https://192.168.42.7:8443", "certificate-authority-data": "QUJD"}}],
                     "users": [{"name": "u", "user": %s}],
                     "contexts": [{"name": "x", "context": {"cluster": "c", "user": "u"}}], "current-context": "x"}""".formatted(user));
        }
    }
}
