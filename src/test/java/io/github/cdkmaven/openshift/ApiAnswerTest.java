package io.github.cdkmaven.openshift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.cdkmaven.streams.TinyCluster;
import io.github.cdkmaven.streams.TinyCluster.Reply;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An answer of the API")
class ApiAnswerTest {

    @ParameterizedTest
    @DisplayName("is a success, or worth another try, or neither")
    @CsvSource({
        "200, true, false", "201, true, false", "302, false, false", "400, false, false", "401, false, false",
        "403, false, false", "404, false, false", "409, false, false", "422, false, false", "429, false, true",
        "500, false, true", "501, false, false", "502, false, true", "503, false, true", "504, false, true",
    })
    void isSuccessOrTransient(int status, boolean success, boolean passing) {
        assertThat(answer(status, "").isSuccess()).isEqualTo(success);
        assertThat(answer(status, "").isTransient()).isEqualTo(passing);
    }

    @ParameterizedTest(name = "Retry-After: {0}")
    @DisplayName("may want to be left alone, for a minute at most")
    @CsvSource(
            nullValues = "-",
            value = {
                "5, PT5S",
                "0, PT0S",
                "60, PT1M",
                "3600, PT1M",
                "999999, PT1M",
                "-1, -",
                "soon, -",
                "'', -",
                "99999999999999, -"
            })
    void mayWantToBeLeftAlone(String header, Duration wait) {
        assertThat(answer(429, header).retryAfter().orElse(null)).isEqualTo(wait);
    }

    @Test
    @DisplayName("speaks for itself where it can")
    void speaksForItself() throws IOException {
        assertThat(new ApiAnswer(403, headers(""), new ObjectMapper().readTree("{\"message\": \"no\"}"), "").message())
                .isEqualTo("no");
        assertThat(new ApiAnswer(502, headers(""), MissingNode.getInstance(), "<html>").message())
                .isEqualTo("HTTP status 502: <html>");
        assertThat(answer(500, "").message()).isEqualTo("HTTP status 500");
    }

    @Test
    @DisplayName("that is no JSON shows its beginning")
    void showsItsBeginning() throws IOException {
        try (TinyCluster cluster = new TinyCluster()) {
            cluster.dictate("GET healthz", new Reply(502, "<html>" + "x".repeat(1000), Map.of()));

            ApiAnswer answer = cluster.api().get("/healthz", Duration.ofSeconds(30));

            assertThat(answer.body().isMissingNode()).isTrue();
            assertThat(answer.message())
                    .startsWith("HTTP status 502: <html>xxx")
                    .hasSizeLessThan(230);
        }
    }

    private static ApiAnswer answer(int status, String retryAfter) {
        return new ApiAnswer(status, headers(retryAfter), MissingNode.getInstance(), "");
    }

    private static HttpHeaders headers(String retryAfter) {
        return HttpHeaders.of(Map.of("Retry-After", List.of(retryAfter)), (name, value) -> true);
    }
}
