package io.github.cdkmaven.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A registry that quotes the login in its refusal")
class EchoedLoginTest {

    private static final String PASSWORD = "s3cr<t&canary";
    private static final String BASIC =
            Base64.getEncoder().encodeToString(("jane:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    @ParameterizedTest
    @DisplayName("does not get it into our messages")
    @ValueSource(strings = {"wrong password: %s", "cannot use Basic %2$s", "no \u001b[31m%s"})
    void isMasked(String message) {
        String words = ErrorResponse.answer(refusal(String.format(message, PASSWORD, BASIC)))
                .words();

        assertThat(words).contains("********").doesNotContain(PASSWORD, BASIC, "\u001b");
    }

    @SuppressWarnings("unchecked")
    private static HttpResponse<byte[]> refusal(String message) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putArray("errors").addObject().put("code", "UNAUTHORIZED").put("message", message);
        HttpResponse<byte[]> response = mock(HttpResponse.class);
        when(response.statusCode()).thenReturn(401);
        when(response.body()).thenReturn(body.toString().getBytes(StandardCharsets.UTF_8));
        when(response.request())
                .thenReturn(HttpRequest.newBuilder(URI.create("http://registry.corp.example/v2/"))
                        .header("Authorization", "Basic " + BASIC)
                        .build());
        return response;
    }
}
