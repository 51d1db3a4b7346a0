package io.github.cdkmaven.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.Captures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("JSON")
class JsonTreeTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is read and written as Jackson's mapper does")
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "\"\"",
                "[true,false,null,[[]],{\"a\":{}}]",
                "[0,-1,2147483648,-9223372036854775808,9223372036854775808,123456789012345678901234567890]",
                "[0.5,-1.25e-7,1e22,3.0,1E400]",
                "{\"b\":1,\"a\":2,\"\":{\"x\\ny\":\"\\u0000\\u001b\\\"\\\\/\\u20ac\\ud83d\\ude00\\ud800\"}}",
                "{\"a\":1,\"a\":{\"b\":2}}",
                " \t\r\n{ \"a\" : [ 1 , 2 ] } trailing"
            })
    void isThatOfTheMapper(String text) throws IOException {
        JsonNode expected = MAPPER.readTree(text);
        Path file = Files.writeString(folder.resolve("file.json"), text);
        for (JsonNode read : List.of(
                JsonTree.read(text),
                JsonTree.read(utf8(text)),
                JsonTree.read(new ByteArrayInputStream(utf8(text))),
                JsonTree.read(file))) {
            assertThat(read).isEqualTo(expected);
        }
        assertThat(JsonTree.text(expected)).isEqualTo(expected.toString());
        assertThat(JsonTree.pretty(expected))
                .isEqualTo(expected.toPrettyString().replace(System.lineSeparator(), "\n"));
    }

    @Test
    @DisplayName("leaves out what nobody reads, wherever it stands and however large it is, and still checks it")
    void unread() throws IOException {
        String large = "{\"deep\":[{\"import\":1},\"" + "x".repeat(100_000) + "\"]}";
        String text =
                "{\"a\":{\"import\":" + large + ",\"b\":[{\"import\":null,\"c\":1}]},\"import\":true,\"d\":\"import\"}";

        try (JsonParser parser = JsonTree.strictParser(new ByteArrayInputStream(utf8(text)))) {
            assertThat(JsonTree.text(JsonTree.only(parser, Set.of("import"))))
                    .isEqualTo("{\"a\":{\"b\":[{\"c\":1}]},\"d\":\"import\"}");
        }
        for (String broken : List.of(
                text.replace("\"import\":true", "\"import\":tru"),
                text.replace("\"deep\"", "\"deep\":1,\"deep\""),
                text + "{}")) {
            assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> {
                try (JsonParser parser = JsonTree.strictParser(new ByteArrayInputStream(utf8(broken)))) {
                    JsonTree.only(parser, Set.of("import"));
                }
            });
        }
    }

    @Test
    @EnabledIf("io.github.cdkmaven.Captures#present")
    @DisplayName("is read and written as Jackson's mapper does where it was recorded")
    void isThatOfTheMapperAsRecorded() throws IOException {
        List<String> names = Captures.names("", "openshift-4.19");
        assertThat(names).hasSizeGreaterThan(20);
        for (String name : names) {
            JsonNode recorded = Captures.read(name);
            String text = JsonTree.pretty(recorded);
            assertThat(text).as(name).isEqualTo(recorded.toPrettyString().replace(System.lineSeparator(), "\n"));
            assertThat(JsonTree.read(text)).as(name).isEqualTo(recorded);
        }
    }

    @Test
    @DisplayName("is written as Jackson's mapper does, whatever the tree is made of")
    void isWrittenAsByTheMapper() {
        ObjectNode made = JsonTree.object();
        made.set("missing", MissingNode.getInstance());
        made.putArray("list").add(MissingNode.getInstance());
        made.put("float", 1.1f)
                .put("decimal", new BigDecimal("12345678901234567890.10"))
                .put("short", (short) 3)
                .put("integer", BigInteger.TEN.pow(40))
                .put("infinite", Double.POSITIVE_INFINITY)
                .put("none", Float.NaN)
                .put("null", (String) null);

        assertThat(JsonTree.text(made)).isEqualTo(made.toString());
    }

    @Test
    @DisplayName("writes bytes in Base64")
    void writesBytes() {
        ObjectNode object = JsonTree.object().put("key", new byte[] {1, 2, 3});
        assertThat(JsonTree.text(object)).isEqualTo("{\"key\":\"AQID\"}");
    }

    @ParameterizedTest(name = "[{0}]")
    @DisplayName("is missing where there is none")
    @ValueSource(strings = {"", " \n"})
    void isMissing(String nothing) throws IOException {
        assertThat(JsonTree.read(nothing).isMissingNode()).isTrue();
        assertThat(JsonTree.readStrictly(utf8(nothing)).isMissingNode()).isTrue();
        assertThatThrownBy(() -> JsonTree.text(JsonTree.read(nothing))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is refused where it is none, or not whole")
    @ValueSource(
            strings = {"{", "[1", "{\"a\"", "{\"a\":", "{\"a\":}", "[1,]", "{a:1}", "nul", "<html>", "\"a", "01", "}"})
    void isRefused(String text) {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> JsonTree.read(text));
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> JsonTree.read(utf8(text)));
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> JsonTree.readStrictly(utf8(text)));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is refused, if asked to be strict, where it could be understood in two ways")
    @ValueSource(strings = {"{\"a\":1,\"a\":1}", "{\"a\":{\"b\":1,\"c\":2,\"b\":3}}", "{} {}", "1 2", "[] x"})
    void isRefusedStrictly(String text) throws IOException {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> JsonTree.readStrictly(utf8(text)));
        assertThat(JsonTree.read(text).isMissingNode()).isFalse();
    }

    @Test
    @DisplayName("is refused before it is too deep for the stack")
    void isRefusedWhereTooDeep() {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> JsonTree.read("[".repeat(100_000)));
        assertThatExceptionOfType(JsonProcessingException.class)
                .isThrownBy(() -> JsonTree.readStrictly(utf8("{\"a\":".repeat(100_000))));
    }
}
