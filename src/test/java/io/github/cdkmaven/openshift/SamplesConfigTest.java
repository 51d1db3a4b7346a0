package io.github.cdkmaven.openshift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.Captures;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What the samples operator is told")
class SamplesConfigTest {

    /** Recorded while the rewriting for it was under way: no evidence. */
    private static final String NO_EVIDENCE = "invalid-blockedRegistries";

    static Stream<String> captures() {
        return Captures.names("", "samples-4.19").stream()
                .filter(name -> name.endsWith("-config") && !name.contains(NO_EVIDENCE))
                .filter(name -> body(name).path("kind").asText().equals("Config"));
    }

    private static JsonNode body(String name) {
        return Captures.read(name).at("/response/body");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("captures")
    @EnabledIf("io.github.cdkmaven.Captures#present")
    @DisplayName("is read as the real one had it in each state")
    void captured(String capture) {
        String name = capture.replaceFirst(".*/", "");

        SamplesConfig config = SamplesConfig.of(body(capture));

        assertThat(config.invalid())
                .isEqualTo(
                        name.startsWith("invalid-")
                                ? Optional.of("GlobalImageStreamConfigRegistryMismatch")
                                : Optional.empty());
        assertThat(config.isRemoved()).isEqualTo(name.matches("(bootstrap-)?removed-config"));
        assertThat(config.isUnmanaged())
                .isEqualTo(name.matches("unmanaged-(?!upgraded-managed).*") || name.equals("unmanaged-config"));
        boolean unheeded = config.invalid().isPresent() || config.isUnmanaged() || name.contains("too-soon");
        assertThat(config.isSettled() || unheeded).as("%s", config).isTrue();
    }

    /** The values of the recorded refusals, and some that were taken. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:4500, registry.redhat.io, '', true",
        "127.0.0.1:4511/redhat, 127.0.0.1:4511, '', true",
        "127.0.0.1:4511/redhat, '', 127.0.0.1:4511, true",
        "127.0.0.1:4511, 127.0.0.1:4511, '', false",
        "127.0.0.1:4511, '', 127.0.0.1:4511, false",
        "127.0.0.1:4511/redhat, '', '', false"
    })
    @DisplayName("is foreseen to be refused where image.config does not allow the whole value")
    void refused(String samplesRegistry, String forImport, String forNodes, boolean refused) {
        ImageConfig config = new ImageConfig(
                true,
                list(forImport).stream()
                        .map(name -> new AllowedRegistry(name, false))
                        .toList(),
                List.of(),
                List.of(),
                list(forNodes),
                Optional.empty());

        assertThat(config.objectionOfSamples(samplesRegistry).isPresent()).isEqualTo(refused);
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text);
    }
}
