package io.github.cdkmaven.sim.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A patch")
class PatchTest {

    private static final ObjectNode STREAM =
            Json.parse("{\"spec\": {\"tags\": [{\"name\": \"1\", \"a\": 1}, {\"name\": \"2\", \"a\": 2}]}}");
    private static final ObjectNode ONE_TAG = Json.parse("{\"spec\": {\"tags\": [{\"name\": \"2\", \"b\": 3}]}}");

    @Test
    @DisplayName("merges one tag into the others, from 3.7 on")
    void strategic() {
        assertThat(Patch.strategic(STREAM, ONE_TAG, Set.of("tags"))
                        .at("/spec/tags")
                        .toString())
                .isEqualTo("[{\"name\":\"1\",\"a\":1},{\"name\":\"2\",\"a\":2,\"b\":3}]");
    }

    @Test
    @DisplayName("replaces the whole list on 3.6, and always when it is a merge patch")
    void replacing() {
        assertThat(Patch.strategic(STREAM, ONE_TAG, Set.of()).at("/spec/tags")).isEqualTo(ONE_TAG.at("/spec/tags"));
        assertThat(Patch.merge(STREAM, ONE_TAG).at("/spec/tags")).isEqualTo(ONE_TAG.at("/spec/tags"));
    }

    @Test
    @DisplayName("of operations is applied when its tests hold")
    void operations() {
        JsonNode replace = list(
                "{\"op\": \"test\", \"path\": \"/spec/tags/1/name\", \"value\": \"2\"}",
                "{\"op\": \"replace\", \"path\": \"/spec/tags/1/a\", \"value\": 9}");
        assertThat(Patch.operations(STREAM, replace).at("/spec/tags/1/a").asInt())
                .isEqualTo(9);
        assertThat(STREAM.at("/spec/tags/1/a").asInt()).isEqualTo(2);
    }

    @Test
    @DisplayName("of operations is refused when a test fails")
    void failingTest() {
        JsonNode test = list("{\"op\": \"test\", \"path\": \"/spec/tags/1/name\", \"value\": \"moved\"}");
        assertThatThrownBy(() -> Patch.operations(STREAM, test)).isInstanceOf(ApiException.class);
    }

    private static JsonNode list(String... operations) {
        var list = Json.array();
        for (String operation : operations) {
            list.add(Json.parse(operation));
        }
        return list;
    }
}
