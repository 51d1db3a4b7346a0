package io.github.cdkmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The reports' words")
class WordingTest {

    @ParameterizedTest(name = "{0} ms: {1}")
    @CsvSource({
        "0,0 ms",
        "999,999 ms",
        "1000,1.0 s",
        "1049,1.0 s",
        "1050,1.1 s",
        "59440,59.4 s",
        "59900,1 min 0 s",
        "192340,3 min 12 s",
        "3599600,1 h 0 min",
        "3720000,1 h 2 min"
    })
    @DisplayName("for a duration are short")
    void forADuration(long millis, String words) {
        assertThat(Wording.duration(Duration.ofMillis(millis))).isEqualTo(words);
    }

    @ParameterizedTest(name = "{0} ms, {1} digits: {2}")
    @CsvSource({
        "0,3,0.000",
        "1,3,0.001",
        "61005,3,61.005",
        "360000000,3,360000.000",
        "49,1,0.0",
        "50,1,0.1",
        "7200049,1,7200.0"
    })
    @DisplayName("for seconds have so many digits, whatever the machine's language")
    void forSeconds(long millis, int digits, String words) {
        assertThat(Wording.seconds(Duration.ofMillis(millis), digits)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "the registry refuses the login, The registry refuses the login",
        "plain HTTP, Plain HTTP",
        "minishift is too old, minishift is too old",
        "oc: not found, oc: not found",
        "api.crc.testing is not in the hosts file, api.crc.testing is not in the hosts file",
        "404 NAME_UNKNOWN, 404 NAME_UNKNOWN"
    })
    @DisplayName("begin a sentence with a capital, but for names")
    void asSentence(String text, String sentence) {
        assertThat(Wording.sentence(text)).isEqualTo(sentence);
    }

    @Test
    @DisplayName("for a failure without a problem count what failed")
    void forAFailureWithoutAProblem() {
        RunReport report = SampleReports.builder("verify")
                .check(Check.fail("docker.insecure", "vm", "drift", "restart"))
                .tag("openshift", "a", TagResult.failed("1", "x", "y", Reason.TLS, "z"))
                .image(ImageFinding.of("vm", "docker.io/library/nginx", Verdict.EXTERNAL))
                .build();

        assertThat(Wording.headline(report))
                .isEqualTo("The goal did not finish. 1 check: 1 fail. 1 stream, 1 tag: 1 failed. 1 image: 1 external.");
    }

    @Test
    @DisplayName("for a goal without findings say just that it has finished, or that it did not")
    void forAGoalWithoutFindings() {
        assertThat(Wording.headline(SampleReports.builder("stop").succeeded().build()))
                .isEqualTo("The goal has finished.");
        assertThat(Wording.headline(SampleReports.builder("stop").build())).isEqualTo("The goal did not finish.");
    }

    @Test
    @DisplayName("for a reason are a sentence on what happened, and an advice")
    void forAReason() {
        assertThat(Arrays.asList(Reason.values()))
                .allMatch(
                        reason -> reason.meaning().endsWith(".") && reason.fix().endsWith("."));
        assertThat(Reason.TLS.fix()).contains("<registryCa> (-Dcdk.registryCa)");
        assertThat(Reason.OCI_ONLY.fix()).contains("skopeo copy --format v2s2");
    }
}
