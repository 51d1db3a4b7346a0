package io.github.cdkmaven.streams;

import static io.github.cdkmaven.hostile.HostileApi.CLOSED;
import static io.github.cdkmaven.hostile.HostileApi.ENDLESS;
import static io.github.cdkmaven.hostile.HostileApi.HALF;
import static io.github.cdkmaven.hostile.HostileApi.SILENT;
import static io.github.cdkmaven.hostile.HostileApi.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.hostile.HostileApi;
import io.github.cdkmaven.hostile.Mutations;
import io.github.cdkmaven.hostile.Mutations.Answer;
import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import io.github.cdkmaven.report.TagResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Moves the ImageStreams of clusters whose answers are mutated, or that misbehave in one way as a whole. */
@DisplayName("A cluster that answers otherwise than a cluster does")
class HostileClusterTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 20261128;
    private static final int CASES = 250;

    /** No single move takes so long, unless it hangs. */
    private static final long HANGS_AFTER_SECONDS = 60;

    /** For all imports of a move: what waits for an answer that does not come is over then. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final String LIST = "/imagestreams";
    private static final String IMPORT = "/imagestreamimports";
    private static final int STREAMS = 5;

    /** The state of one cluster: what it has imported. */
    private static class Cluster implements HostileApi.Handler {

        final Set<String> imported = ConcurrentHashMap.newKeySet();
        int lists;

        @Override
        public synchronized Answer answer(String method, String path, byte[] body) throws IOException {
            if (path.endsWith(LIST)) {
                lists++;
                return list(faithfulList());
            }
            if (path.endsWith(IMPORT)) {
                JsonNode request = JSON.readTree(body);
                Answer answer = imports(faithfulImport(request));
                remember(request, answer);
                return answer;
            }
            return method.equals("GET") ? stream(path) : new Answer(200, body);
        }

        Answer list(ObjectNode list) {
            return HostileApi.answer(200, list.toString());
        }

        Answer imports(ObjectNode answer) {
            return HostileApi.answer(201, answer.toString());
        }

        Answer stream(String path) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            for (JsonNode stream : faithfulList().path("items")) {
                if (stream.path("metadata").path("name").asText().equals(name)) {
                    return HostileApi.answer(200, stream.toString());
                }
            }
            return HostileApi.answer(404, "{}");
        }

        /** What the answer itself says was imported, by its place. */
        private void remember(JsonNode request, Answer answer) {
            JsonNode told;
            try {
                told = JSON.readTree(answer.body());
            } catch (IOException e) {
                return;
            }
            for (int i = 0; i < request.path("spec").path("images").size(); i++) {
                JsonNode image = request.path("spec").path("images").path(i);
                if (answer.status() / 100 == 2
                        && told.path("status")
                                .path("images")
                                .path(i)
                                .at("/status/status")
                                .asText()
                                .equals("Success")) {
                    imported.add(request.at("/metadata/name").asText() + ":"
                            + image.at("/to/name").asText());
                }
            }
        }

        private ObjectNode faithfulList() {
            ObjectNode list =
                    JSON.createObjectNode().put("kind", "ImageStreamList").put("apiVersion", "image.openshift.io/v1");
            list.putObject("metadata").put("resourceVersion", "1");
            ArrayNode items = list.putArray("items");
            IntStream.range(0, STREAMS).forEach(i -> items.add(faithfulStream("s" + i)));
            return list;
        }

        private ObjectNode faithfulStream(String name) {
            ObjectNode stream = JSON.createObjectNode();
            stream.putObject("metadata")
                    .put("name", name)
                    .put("namespace", "openshift")
                    .put("resourceVersion", "7");
            ArrayNode tags = stream.putObject("spec").putArray("tags");
            for (String tag : List.of("1", "2", "ref")) {
                ObjectNode one = tags.addObject().put("name", tag).put("generation", 2);
                String source =
                        imported.contains(name + ":" + tag) ? "registry.corp.example:5000" : "registry.redhat.io";
                one.putObject("from").put("kind", "DockerImage").put("name", source + "/x/" + name + ":" + tag);
                one.putObject("importPolicy");
                if (tag.equals("ref")) {
                    one.put("reference", true);
                }
            }
            tags.addObject()
                    .put("name", "latest")
                    .putObject("from")
                    .put("kind", "ImageStreamTag")
                    .put("name", "2");
            ObjectNode status =
                    stream.putObject("status").put("dockerImageRepository", "172.30.1.1:5000/openshift/" + name);
            ObjectNode item = status.putArray("tags")
                    .addObject()
                    .put("tag", "1")
                    .putArray("items")
                    .addObject();
            item.put("image", TinyCluster.DIGEST)
                    .put("generation", 1)
                    .put("dockerImageReference", "quay.io/x@" + TinyCluster.DIGEST);
            return stream;
        }

        private static ObjectNode faithfulImport(JsonNode request) {
            ObjectNode answer = request.deepCopy();
            ArrayNode images = answer.putObject("status").putArray("images");
            for (JsonNode image : request.path("spec").path("images")) {
                ObjectNode one =
                        images.addObject().put("tag", image.at("/to/name").asText());
                one.putObject("status").put("status", "Success");
                one.putObject("image").putObject("metadata").put("name", TinyCluster.DIGEST);
            }
            return answer;
        }
    }

    /** One whose answers are mutated by chance: the lists, the imports, or both. */
    private static final class Mutated extends Cluster {

        private final Mutations mutations;
        private final boolean firstList;
        private final boolean laterLists;
        private final boolean imports;

        Mutated(long seed) {
            mutations = new Mutations(seed);
            int which = 1 + mutations.below(7);
            firstList = (which & 1) != 0;
            laterLists = (which & 2) != 0;
            imports = (which & 4) != 0;
        }

        @Override
        Answer list(ObjectNode list) {
            return (lists == 1 ? firstList : laterLists) ? mutations.answer(200, list) : super.list(list);
        }

        @Override
        Answer imports(ObjectNode answer) {
            return imports && mutations.chance(2) ? mutations.answer(201, answer) : super.imports(answer);
        }
    }

    @Test
    @DisplayName(
            "by chance ends in a verdict on each tag, or in a problem that names the cluster; nothing is called imported that is not")
    void mutated() throws Exception {
        List<String> faults = new ArrayList<>();
        ExecutorService one = Executors.newCachedThreadPool();
        for (int i = 0; i < CASES; i++) {
            Mutated cluster = new Mutated(SEED + i);
            try (HostileApi api = new HostileApi(Map.of("Retry-After", "0"), cluster)) {
                String fault = fault(one, api, cluster);
                if (!fault.isEmpty()) {
                    faults.add((SEED + i) + ": " + fault + " after" + cluster.mutations.told());
                }
            }
        }
        one.shutdownNow();
        assertThat(faults).isEmpty();
    }

    /** What a move brings about that must not be; empty if nothing. */
    private static String fault(ExecutorService threads, HostileApi api, Cluster cluster) throws InterruptedException {
        Future<List<StreamResult>> move = threads.submit(() -> move(api.client(), LIMIT));
        try {
            List<StreamResult> results = move.get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
            for (StreamResult stream : results) {
                for (TagResult tag : stream.tags()) {
                    boolean reference = tag.message().orElse("").startsWith("reference only");
                    if (tag.outcome() == TagOutcome.IMPORTED
                            && !reference
                            && !cluster.imported.contains(stream.name() + ":" + tag.tag())) {
                        return stream.name() + ":" + tag.tag() + " is called imported";
                    }
                }
            }
            return results.isEmpty() ? "an empty list is believed" : "";
        } catch (TimeoutException e) {
            return "it hangs";
        } catch (ExecutionException e) {
            return e.getCause() instanceof ProblemException problem
                    ? wordsFault(problem, api.address())
                    : "it meets " + e.getCause();
        }
    }

    private static List<StreamResult> move(OpenShiftApi api, Duration limit) {
        Globs none = new Globs(List.of());
        Streams streams = new Streams(false, List.of("openshift"), none, none, true, none, 8, limit, false);
        Registries registries =
                Registries.of(Registry.to("registry.corp.example:5000").withInsecure(true));
        return new ImageStreamMove(api, registries, streams, (stream, done, all, took) -> {}, time -> {}).run();
    }

    private static String wordsFault(ProblemException problem, String address) {
        String text = String.join("\n", problem.problem().toLines());
        boolean steers = text.codePoints().anyMatch(point -> point != '\n' && Character.isISOControl(point));
        return text.contains(address) && !problem.problem().evidence().isEmpty() && text.length() < 2_000 && !steers
                ? ""
                : "it is told as " + text;
    }

    /** A cluster that does one thing to one kind of request. */
    private static Cluster that(String path, boolean onlyLater, Answer answer) {
        return new Cluster() {
            @Override
            public synchronized Answer answer(String method, String asked, byte[] body) throws IOException {
                Answer faithful = super.answer(method, asked, body);
                return asked.endsWith(path) && (!onlyLater || lists > 1) ? answer : faithful;
            }
        };
    }

    /** The kinds, each with what must be said. */
    private static Map<String, Map.Entry<Cluster, String>> kinds() {
        Map<String, Map.Entry<Cluster, String>> kinds = new LinkedHashMap<>();
        String list = new Cluster().faithfulList().toString();
        String item = new Cluster().faithfulStream("s0").toString();
        String same = "{\"kind\": \"ImageStreamList\", \"items\": [" + item + "," + item + "]}";
        String more = "{\"kind\": \"ImageStreamList\", \"metadata\": {\"continue\": \"abc\"}, \"items\": []}";
        String status =
                "{\"kind\": \"Status\", \"status\": \"Failure\", \"message\": \"no\\u001b[31m\", \"items\": []}";
        Map<String, String> lists = new LinkedHashMap<>();
        lists.put("<html>log in</html>", "it is not JSON: <html>log in</html>");
        lists.put("", "it is empty");
        lists.put("{}", "it has no kind");
        lists.put("[]", "it is");
        lists.put(status, "it is of kind Status: no");
        lists.put(list.replace("ImageStreamList", "PodList"), "it is of kind PodList");
        lists.put("{\"kind\": \"ImageStreamList\"}", "it has no list of items");
        lists.put("{\"kind\": \"ImageStreamList\", \"items\": {}}", "it has no list of items");
        lists.put(more, "it does not end");
        lists.put(same, "openshift/s0 twice");
        lists.put(list.substring(0, list.length() / 2), "it is not JSON");
        lists.put(list + list, "it is");
        lists.put(list.replaceFirst("\"kind\"", "\"kind\": \"x\", \"kind\""), "it is not JSON");
        lists.put(list.replace("\"openshift\"", "\"default\""), "is in namespace 'default'");
        lists.put(list.replaceFirst("\"s0\"", "\"../../secrets/x\""), "no ImageStream is called '../../secrets/x'");
        lists.put(list.replaceFirst("\"tags\":\\[", "\"tags\":{\"x\": 1},\"other\":["), "its tags is not a list");
        lists.forEach(
                (body, words) -> kinds.put("list " + body, Map.entry(that(LIST, false, answer(200, body)), words)));
        kinds.put(
                "list silent",
                Map.entry(that(LIST, false, answer(SILENT, "")), "no complete answer within the time given"));
        kinds.put(
                "list half",
                Map.entry(that(LIST, false, answer(HALF, "{\"items\":[")), "no complete answer within the time given"));
        kinds.put("list closed", Map.entry(that(LIST, false, answer(CLOSED, "")), "cannot be reached"));
        kinds.put("list 503", Map.entry(that(LIST, false, answer(503, "{}")), "HTTP status 503"));
        kinds.put("list 302", Map.entry(that(LIST, false, answer(302, "")), "HTTP status 302"));
        kinds.put("list 204", Map.entry(that(LIST, false, answer(204, "")), "HTTP status 204"));
        kinds.put("list later 401", Map.entry(that(LIST, true, answer(401, "{}")), "log in again"));
        kinds.put(
                "list later half",
                Map.entry(
                        that(LIST, true, answer(200, "{\"kind\": \"ImageStreamList\", \"items\": [")),
                        "it is not JSON"));
        String none = list.replaceFirst("\"items\":.*", "\"items\":[]}");
        kinds.put("list later empty", Map.entry(that(LIST, true, answer(200, none)), "FAILED=15"));
        kinds.put("list later as before", Map.entry(that(LIST, true, answer(200, list)), "FAILED=15"));
        kinds.put("import silent", Map.entry(that(IMPORT, false, answer(SILENT, "")), "FAILED=15"));
        kinds.put("import half", Map.entry(that(IMPORT, false, answer(HALF, "{")), "FAILED=15"));
        kinds.put("import closed", Map.entry(that(IMPORT, false, answer(CLOSED, "")), "FAILED=15"));
        for (int code : new int[] {200, 302, 401, 403, 409, 422, 429, 500, 503}) {
            kinds.put("import " + code, Map.entry(that(IMPORT, false, answer(code, "{}")), "FAILED=15"));
        }
        return kinds;
    }

    @Test
    @DisplayName("as a whole is told with its address and with what was wrong")
    void misbehaving() throws Exception {
        List<String> faults = new ArrayList<>();
        Map<String, Map.Entry<Cluster, String>> kinds = kinds();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Map<String, Future<String>> running = new LinkedHashMap<>();
        kinds.forEach((name, kind) -> running.put(name, threads.submit(() -> told(kind.getKey()))));
        for (Map.Entry<String, Future<String>> entry : running.entrySet()) {
            String told = entry.getValue().get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
            if (!told.contains(kinds.get(entry.getKey()).getValue())) {
                faults.add(entry.getKey() + ": " + told);
            }
        }
        threads.shutdownNow();
        assertThat(faults).isEmpty();
    }

    private static String told(Cluster cluster) throws IOException {
        return told(cluster, LIMIT);
    }

    private static String told(Cluster cluster, Duration limit) throws IOException {
        try (HostileApi api = new HostileApi(Map.of("Retry-After", "31536000"), cluster)) {
            try {
                return move(api.client(), limit).stream()
                        .flatMap(stream -> stream.tags().stream())
                        .collect(Collectors.groupingBy(TagResult::outcome, TreeMap::new, Collectors.counting()))
                        .toString();
            } catch (ProblemException e) {
                String fault = wordsFault(e, api.address());
                return fault.isEmpty() ? String.join("\n", e.problem().toLines()) : fault;
            }
        }
    }

    @Test
    @DisplayName("and never ends its list is given up at a limit of bytes")
    void endless() throws Exception {
        // So many bytes take a machine that is busy longer than a move may take here.
        assertThat(told(that(LIST, false, answer(ENDLESS, " ".repeat(1 << 20))), Duration.ofMinutes(1)))
                .contains("longer than the limit of 67108864 bytes");
    }
}
