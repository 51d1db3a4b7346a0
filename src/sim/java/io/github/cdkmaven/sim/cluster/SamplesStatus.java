package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What the samples operator tells: the status of its Config, its ClusterOperator, and the ConfigMaps beside it. */
final class SamplesStatus {

    private static final String OPERATORS = "clusteroperators.config.openshift.io";
    private static final String OPERATOR = "openshift-samples";
    private static final String ERROR = "samples.openshift.io/imagestream-error";
    private static final String TO_MIRROR = "imagestreamtag-to-image";

    /** Their images come with the release. */
    private static final List<String> NOT_TO_MIRROR = List.of("jenkins", "jenkins-agent-base");

    private final ObjectStore store;

    SamplesStatus(ObjectStore store) {
        this.store = store;
    }

    /** The ClusterOperator as the release's manifest has it. */
    static ObjectNode manifest() {
        ObjectNode operator = Json.object();
        ObjectNode metadata = operator.putObject("metadata").put("name", OPERATOR).put("generation", 1);
        metadata.putObject("annotations")
                .put("capability.openshift.io/name", OPERATOR)
                .put("include.release.openshift.io/ibm-cloud-managed", "true")
                .put("include.release.openshift.io/self-managed-high-availability", "true");
        operator.putObject("spec");
        return operator;
    }

    /** Lists what has to be mirrored. */
    void toMirror(Collection<ObjectNode> assets, String release) {
        ObjectNode map = configMap(TO_MIRROR);
        Json.child(Json.child(map, "metadata"), "annotations").put(SampleStreams.VERSION, release);
        ObjectNode data = map.putObject("data");
        for (ObjectNode asset : assets) {
            String name = SampleStreams.name(asset);
            for (ObjectNode tag : Json.objects(asset.path("spec"), "tags")) {
                if ("DockerImage".equals(tag.path("from").path("kind").asText()) && !NOT_TO_MIRROR.contains(name)) {
                    data.put(
                            name + "_" + tag.path("name").asText(),
                            tag.path("from").path("name").asText());
                }
            }
        }
        store.put("configmaps", map);
    }

    /** Writes down which imports of a stream failed. */
    void errors(ObjectNode stream) {
        Map<String, String> failures = SampleStreams.failures(stream);
        String name = SampleStreams.name(stream);
        if (failures.isEmpty()) {
            noErrors(name);
            return;
        }
        ObjectNode map = configMap(name);
        Json.child(Json.child(map, "metadata"), "labels").put(ERROR, "true");
        ObjectNode data = map.putObject("data");
        failures.forEach(data::put);
        store.put("configmaps", map);
    }

    void noErrors(String name) {
        store.delete("configmaps", SamplesOperator.NAMESPACE, name);
    }

    private static ObjectNode configMap(String name) {
        ObjectNode map = Json.object();
        map.putObject("metadata").put("name", name).put("namespace", SamplesOperator.NAMESPACE);
        return map;
    }

    private List<String> failing() {
        return store.list("configmaps", SamplesOperator.NAMESPACE).stream()
                .filter(map -> map.path("metadata").path("labels").has(ERROR))
                .map(SampleStreams::name)
                .toList();
    }

    void state(String managementState, String release) {
        change(status -> {
            status.put("managementState", managementState).put("version", release);
            if ("Managed".equals(managementState)) {
                status.putArray("architectures").add("x86_64");
                condition(status, "SamplesExist", "True", "", "");
                condition(status, "ImageChangesInProgress", "False", "", "");
                condition(status, "ImportCredentialsExist", "True", "", "");
                condition(status, "ConfigurationValid", "True", "", "");
                condition(status, "RemovePending", "False", "", "");
                condition(status, "MigrationInProgress", "False", "", "");
            }
        });
    }

    void removed(String release) {
        change(status -> {
            status.put("managementState", "Removed").put("version", release);
            condition(status, "RemovePending", "False", "", "");
            condition(status, "SamplesExist", "False", "", "");
            condition(status, "ImageChangesInProgress", "False", "", "");
            condition(status, "ImportImageErrorsExist", "False", "", "");
        });
    }

    void invalid(String why) {
        change(status -> condition(
                status, "ConfigurationValid", "False", "GlobalImageStreamConfigRegistryMismatch", why));
    }

    void skipped(JsonNode names) {
        change(status -> {
            if (names.isEmpty()) {
                status.remove("skippedImagestreams");
            } else {
                status.set("skippedImagestreams", names);
            }
        });
    }

    void samplesRegistry(String registry) {
        change(status -> {
            if (registry.isEmpty()) {
                status.remove("samplesRegistry");
            } else {
                status.put("samplesRegistry", registry);
            }
        });
    }

    /** Tells of the state in the ClusterOperator, as far as it changed. */
    void report(String release) {
        List<String> failing = failing();
        change(status -> {
            if ("Managed".equals(status.path("managementState").asText())) {
                condition(status, "ImportImageErrorsExist", failing.isEmpty() ? "False" : "True", "", "");
            }
        });
        JsonNode status = store.get(SamplesOperator.CONFIGS, "", "cluster")
                .map(config -> config.path("status"))
                .orElse(Json.object());
        String state = status.path("managementState").asText();
        operator(release, conditions -> {
            if (!"Managed".equals(state)) {
                String text = "Samples installation was previously successful at " + release
                        + " but the samples operator is now " + state;
                for (String type : List.of("Degraded", "Available", "Progressing")) {
                    condition(conditions, type, "Available".equals(type) ? "True" : "False", "Currently" + state, text);
                }
                return;
            }
            String done = "Samples installation successful at " + release;
            condition(conditions, "Available", "True", "", done);
            JsonNode valid = Json.find(status, "conditions", "type", "ConfigurationValid")
                    .orElse(Json.object());
            if ("False".equals(valid.path("status").asText())) {
                String error = "Samples installation in error at " + release + ": ";
                condition(conditions, "Degraded", "True", "InvalidConfiguration", error + valid.path("message").asText());
                condition(conditions, "Progressing", "True", "", error + "InvalidConfiguration");
                return;
            }
            condition(conditions, "Degraded", "False", "", "");
            if (failing.isEmpty()) {
                condition(conditions, "Progressing", "False", "", done);
            } else {
                String text = "Samples installed at " + release
                        + ", with image import failures for these imagestreams: " + String.join(",", failing);
                condition(conditions, "Progressing", "False", "FailedImageImports", text + "; last import attempt " + now());
            }
        });
    }

    /** The Internet could not be reached at the first start. The reason is spelled as the real one spells it. */
    void bootstrapRemoved(String release) {
        operator(release, conditions -> {
            for (String type : List.of("Available", "Progressing", "Degraded")) {
                condition(conditions, type, "Available".equals(type) ? "True" : "False", "TermsBasedRegistryUnreacahable", "");
            }
        });
    }

    private void operator(String release, Consumer<ObjectNode> change) {
        ObjectNode operator = store.get(OPERATORS, "", OPERATOR).orElseGet(SamplesStatus::manifest);
        ObjectNode before = operator.deepCopy();
        ObjectNode status = Json.child(operator, "status");
        change.accept(status);
        status.putArray("versions").addObject().put("name", "operator").put("version", release);
        if (!meaning(before).equals(meaning(operator))) {
            store.put(OPERATORS, operator);
        }
    }

    private static String meaning(ObjectNode operator) {
        return Json.objects(operator.path("status"), "conditions").stream()
                        .map(condition -> condition.path("type").asText()
                                + condition.path("status").asText()
                                + condition.path("reason").asText()
                                + condition.path("message").asText().replaceFirst("; last import attempt.*", ""))
                        .collect(Collectors.joining())
                + operator.path("status").path("versions");
    }

    private void change(Consumer<ObjectNode> change) {
        store.get(SamplesOperator.CONFIGS, "", "cluster").ifPresent(config -> {
            ObjectNode before = config.deepCopy();
            change.accept(Json.child(config, "status"));
            if (!before.equals(config)) {
                store.put(SamplesOperator.CONFIGS, config);
            }
        });
    }

    private static void condition(ObjectNode status, String type, String value, String reason, String message) {
        ObjectNode condition = Json.find(status, "conditions", "type", type)
                .orElseGet(() -> Json.children(status, "conditions").addObject());
        boolean same = value.equals(condition.path("status").asText())
                && reason.equals(condition.path("reason").asText())
                && message.equals(condition.path("message").asText());
        if (same) {
            return;
        }
        condition.removeAll();
        condition.put("lastTransitionTime", now()).put("lastUpdateTime", now()).put("status", value);
        condition.put("type", type);
        if (!reason.isEmpty()) {
            condition.put("reason", reason);
        }
        if (!message.isEmpty()) {
            condition.put("message", message);
        }
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
