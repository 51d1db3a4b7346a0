package io.github.cdkmaven.sim.cluster.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An import writes into a stream:")
class ImportOutcomeTest {

    private static final StreamStrategy STRATEGY =
            new StreamStrategy(new StreamDefaults(false), "", path -> Optional.empty());

    private ObjectNode stream = STRATEGY.forCreate(Json.parse("""
                    {"metadata": {"name": "ruby", "namespace": "openshift"}, "spec": {"tags": [
                      {"name": "latest", "from": {"kind": "ImageStreamTag", "name": "2.4"}},
                      {"name": "2.4", "annotations": {"version": "2.4"}, "referencePolicy": {"type": "Local"},
                       "from": {"kind": "DockerImage", "name": "a.example/ruby:2.4"}}]}}
                    """), false);

    @Test
    @DisplayName("success stores source and policies, keeps annotations, and takes aliases along")
    void success() {
        run("2.4", "b.example/ruby:2.4", found("b.example/ruby", "sha256:one"), false);
        JsonNode tag = stream.at("/spec/tags/0");
        assertThat(tag.at("/from/name").asText()).isEqualTo("b.example/ruby:2.4");
        assertThat(tag.at("/importPolicy/insecure").asBoolean()).isTrue();
        assertThat(tag.at("/annotations/version").asText()).isEqualTo("2.4");
        assertThat(tag.at("/referencePolicy/type").asText()).isEqualTo("Source");
        assertThat(stream.at("/status/tags/1/tag").asText()).isEqualTo("latest");
        assertThat(stream.at("/status/tags/1/items")).isEqualTo(stream.at("/status/tags/0/items"));
    }

    @Test
    @DisplayName("from 3.11 on, a stored reference policy stays")
    void keepsReferencePolicy() {
        run("2.4", "b.example/ruby:2.4", found("b.example/ruby", "sha256:one"), true);
        assertThat(stream.at("/spec/tags/0/referencePolicy/type").asText()).isEqualTo("Local");
    }

    @Test
    @DisplayName("failure keeps the old source and records why")
    void failure() {
        run("2.4", "b.example/ruby:2.4", failed("first host"), false);
        assertThat(stream.at("/spec/tags/0/from/name").asText()).isEqualTo("a.example/ruby:2.4");
        assertThat(stream.at("/spec/tags/0/importPolicy").isEmpty()).isTrue();
        assertThat(stream.at("/status/tags/0/conditions/0/message").asText()).contains("first host");
    }

    @Test
    @DisplayName("a second failure for the same reason leaves everything as it was: the condition is stale")
    void staleCondition() {
        run("2.4", "b.example/ruby:2.4", failed("first host"), false);
        ObjectNode before = stream.deepCopy();
        run("2.4", "c.example/ruby:2.4", failed("second host"), false);
        assertThat(stream.path("spec")).isEqualTo(before.path("spec"));
        assertThat(stream.path("status")).isEqualTo(before.path("status"));
    }

    @Test
    @DisplayName("the same digest from elsewhere replaces the newest item, another digest goes before it")
    void history() {
        run("2.4", "b.example/ruby:2.4", found("b.example/ruby", "sha256:one"), false);
        run("2.4", "c.example/ruby:2.4", found("c.example/ruby", "sha256:one"), false);
        assertThat(stream.at("/status/tags/0/items").findValuesAsText("dockerImageReference"))
                .containsExactly("c.example/ruby@sha256:one");
        run("2.4", "c.example/ruby:2.4", found("c.example/ruby", "sha256:two"), false);
        assertThat(stream.at("/status/tags/0/items").findValuesAsText("dockerImageReference"))
                .containsExactly("c.example/ruby@sha256:two", "c.example/ruby@sha256:one");
    }

    @Test
    @DisplayName("a tag that did not exist is there even when its import failed")
    void newTagFails() {
        run("9", "b.example/ruby:9", failed("host"), false);
        assertThat(Json.find(stream.path("spec"), "tags", "name", "9")
                        .orElseThrow()
                        .at("/from/name")
                        .asText())
                .isEqualTo("b.example/ruby:9");
    }

    private void run(String tag, String from, ImportedTag outcome, boolean keepsReferencePolicy) {
        ObjectNode spec = Json.object();
        spec.putObject("from").put("kind", "DockerImage").put("name", from);
        spec.putObject("to").put("name", tag);
        spec.putObject("importPolicy").put("insecure", true);
        ObjectNode changed = stream.deepCopy();
        new ImportOutcome(changed, new StreamDefaults(false), keepsReferencePolicy, false).record(spec, outcome);
        stream = STRATEGY.forUpdate(changed, stream, true);
    }

    private static ImportedTag found(String repository, String digest) {
        ObjectNode image = Json.object().put("dockerImageReference", repository + "@" + digest);
        image.putObject("metadata").put("name", digest);
        return ImportedTag.found("2.4", image);
    }

    private static ImportedTag failed(String why) {
        return ImportedTag.failed("2.4", ApiException.internal(why));
    }
}
