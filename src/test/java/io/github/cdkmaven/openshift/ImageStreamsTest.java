package io.github.cdkmaven.openshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cdkmaven.hostile.HostileApi;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The ImageStreams of a namespace")
class ImageStreamsTest {

    private static String page(String next, String... names) {
        StringBuilder items = new StringBuilder();
        for (String name : names) {
            items.append(items.isEmpty() ? "" : ",")
                    .append("{\"metadata\": {\"namespace\": \"openshift\", \"name\": \"" + name + "\"}}");
        }
        return "{\"kind\": \"ImageStreamList\", \"metadata\": {\"continue\": \"" + next + "\"}, \"items\": [" + items
                + "]}";
    }

    @Test
    @DisplayName("are those of all pages, also where one of them breaks off and is asked for again")
    void pages() throws IOException {
        String second = page("c", "perl", "php");
        Deque<String> pages = new ArrayDeque<>(List.of(page("a b&limit=1", "httpd"), "", second, page("", "ruby")));
        try (HostileApi api = new HostileApi(Map.of(), (method, path, body) -> {
            String next = pages.remove();
            return next.isEmpty() ? HostileApi.answer(HostileApi.CLOSED, "") : HostileApi.answer(200, next);
        })) {
            assertThat(ImageStreams.list(api.client(), List.of("openshift")))
                    .extracting(stream -> stream.at("/metadata/name").asText())
                    .containsExactly("httpd", "perl", "php", "ruby");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../../x?", "a b", "A", "a/b"})
    @DisplayName("have no address where the namespace is none")
    void noNamespace(String namespace) {
        assertThatIllegalArgumentException().isThrownBy(() -> ImageStreams.path(namespace));
    }
}
