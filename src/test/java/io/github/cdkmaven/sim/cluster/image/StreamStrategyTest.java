package io.github.cdkmaven.sim.cluster.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A stored stream")
class StreamStrategyTest {

    private static final StreamStrategy STRATEGY =
            new StreamStrategy(new StreamDefaults(false), "172.30.1.1:5000", path -> Optional.empty());

    private final ObjectNode stored = STRATEGY.forCreate(Json.parse("""
                    {"metadata": {"name": "ruby", "namespace": "openshift"}, "spec": {"tags": [
                      {"name": "latest", "from": {"kind": "ImageStreamTag", "name": "2.4"}},
                      {"name": "2.4", "from": {"kind": "DockerImage", "name": "a.example/ruby:2.4"}}]},
                     "status": {"tags": [{"tag": "2.4", "items": [{"image": "sha256:lie"}]}]}}
                    """), false);

    @Test
    @DisplayName("starts with generation 1, sorted tags and no status but the cluster's own repository")
    void created() {
        assertThat(stored.at("/metadata/generation").asInt()).isEqualTo(1);
        assertThat(stored.at("/spec/tags").findValuesAsText("generation")).containsOnly("1");
        assertThat(stored.at("/spec/tags/0/name").asText()).isEqualTo("2.4");
        assertThat(stored.at("/status").toString())
                .isEqualTo("{\"dockerImageRepository\":\"172.30.1.1:5000/openshift/ruby\"}");
    }

    @Test
    @DisplayName("gives a new generation to the tag whose source was replaced, and to no other")
    void replacedSource() {
        ObjectNode updated = replace("2.4", "b.example/ruby:2.4");
        assertThat(updated.at("/metadata/generation").asInt()).isEqualTo(2);
        assertThat(updated.at("/spec/tags/0/generation").asInt()).isEqualTo(2);
        assertThat(updated.at("/spec/tags/1/generation").asInt()).isEqualTo(1);
    }

    @Test
    @DisplayName("does not notice that only the kind of a source changed")
    void replacedKind() {
        ObjectNode submitted = stored.deepCopy();
        ((ObjectNode) submitted.at("/spec/tags/0/from")).put("kind", "ImageStreamTag");
        ObjectNode updated = STRATEGY.forUpdate(submitted, stored, false);
        assertThat(updated.at("/metadata/generation").asInt()).isEqualTo(2);
        assertThat(updated.at("/spec/tags/0/generation").asInt()).isEqualTo(1);
    }

    @Test
    @DisplayName("keeps its own generations whatever is submitted, unless 0 asks for an import")
    void submittedGenerations() {
        ObjectNode submitted = stored.deepCopy();
        ((ObjectNode) submitted.at("/spec/tags/0")).put("generation", 77);
        assertThat(STRATEGY.forUpdate(submitted, stored, false)
                        .at("/spec/tags/0/generation")
                        .asInt())
                .isEqualTo(1);
        ((ObjectNode) submitted.at("/spec/tags/0")).put("generation", 0);
        assertThat(STRATEGY.forUpdate(submitted, stored, false)
                        .at("/spec/tags/0/generation")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    @DisplayName("takes a reference tag into its status word for word, without asking a registry")
    void referenceTag() {
        ObjectNode submitted = stored.deepCopy();
        ObjectNode tag = Json.children(Json.child(submitted, "spec"), "tags").addObject();
        tag.put("name", "ref").put("reference", true);
        tag.putObject("from").put("kind", "DockerImage").put("name", "c.example/ruby:1");
        ObjectNode updated = STRATEGY.forUpdate(submitted, stored, false);
        assertThat(updated.at("/status/tags/0/items/0/dockerImageReference").asText())
                .isEqualTo("c.example/ruby:1");
    }

    @Test
    @DisplayName("ignores a submitted status")
    void submittedStatus() {
        ObjectNode submitted = stored.deepCopy();
        submitted.putObject("status").put("dockerImageRepository", "evil");
        assertThat(STRATEGY.forUpdate(submitted, stored, false).path("status")).isEqualTo(stored.path("status"));
    }

    private ObjectNode replace(String tag, String name) {
        ObjectNode submitted = stored.deepCopy();
        ObjectNode found =
                Json.find(submitted.path("spec"), "tags", "name", tag).orElseThrow();
        ((ObjectNode) found.path("from")).put("name", name);
        return STRATEGY.forUpdate(submitted, stored, false);
    }
}
