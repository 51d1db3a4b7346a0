package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.problem.ProblemException;
import java.io.File;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A value of the POM")
class ValuesTest {

    private enum IfRunning {
        ATTACH,
        RESTART,
        FAIL
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../x?",
                "a b",
                "..",
                "%2e%2e",
                "a/b",
                "OpenShift",
                "é",
                "a#b",
                "x?y=z",
                "-a",
                "a-",
                "\u001b[31m",
                "*/../x",
                "team_*"
            })
    @DisplayName("take no namespace that is a path or no name at all")
    void namespaces(String name) {
        ProblemException refusal =
                catchThrowableOfType(ProblemException.class, () -> namespaces(List.of("openshift", name)));

        assertThat(refusal.problem().what()).contains("'namespaces'").doesNotContain("\u001b");
        assertThat(refusal.problem().fix()).contains("<namespaces>", "-Dcdk.namespaces");
    }

    @Test
    @DisplayName("take globs for namespaces")
    void globsForNamespaces() {
        assertThat(namespaces(List.of("*", "team-*", "ci-?"))).containsExactly("*", "team-*", "ci-?");
    }

    @Test
    @DisplayName("take no empty list of namespaces, and each of them once")
    void noNamespace() {
        assertThat(namespaces(List.of("a", " b ", "a"))).containsExactly("a", "b");
        for (List<String> none : List.of(List.<String>of(), List.of(" "))) {
            assertThat(catchThrowableOfType(ProblemException.class, () -> namespaces(none)))
                    .hasMessageContaining("names no namespace");
        }
    }

    private static List<String> namespaces(List<String> values) {
        ParameterReader reader = new ParameterReader();
        List<String> names = Values.namespaces(reader, values);
        reader.complete();
        return names;
    }

    @Test
    @DisplayName("that is empty is none")
    void thatIsEmpty() {
        assertThat(Values.text(null)).isEmpty();
        assertThat(Values.text(" \n ")).isEmpty();
        assertThat(Values.text(" a b ")).contains("a b");
        assertThat(Values.texts(null)).isEmpty();
        assertThat(Values.texts(Arrays.asList("a", null, " ", " b "))).containsExactly("a", "b");
        assertThat(Values.path(null)).isEmpty();
        assertThat(Values.path(new File("x"))).contains(new File("x").toPath());
    }

    @ParameterizedTest
    @DisplayName("is no image to mirror: an ID, OpenShift's own registry, no reference")
    @ValueSource(
            strings = {
                "sha256:7e33f0c030333d2c46d3b0bbf2889466204a7a7426f05ed12adf44887c4f61b3",
                "7e33f0c03033",
                "172.30.1.1:5000/openshift/jenkins:2",
                "docker-registry.default.svc:5000/openshift/jenkins:2",
                "registry.corp/UPPER/x",
            })
    void isNoImage(String image) {
        ParameterReader reader = new ParameterReader();
        assertThat(Values.images(reader, List.of(image))).isEmpty();
        assertThat(catchThrowableOfType(ProblemException.class, reader::complete))
                .hasMessageContaining("additionalImages")
                .hasMessageContaining(image);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @DisplayName("is a time in seconds, or with its unit, or in ISO's form")
    @CsvSource({
        "90, PT1M30S",
        "90s, PT1M30S",
        "90 s, PT1M30S",
        "' 15m ', PT15M",
        "15M, PT15M",
        "2h, PT2H",
        "PT15M, PT15M",
        "pt15m, PT15M",
        "P1D, PT24H",
        "PT0.5S, PT0.5S",
    })
    void isATime(String value, Duration time) {
        assertThat(Values.time("startTimeout", value)).isEqualTo(time);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("is no time")
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "15 minutes",
                "1.5h",
                "1d",
                "-5",
                "-5m",
                "15m30s",
                "PT",
                "PT15",
                "9999999999",
                "0x10"
            })
    void isNoTime(String value) {
        refused(
                () -> Values.time("startTimeout", value),
                "startTimeout",
                value,
                "it is not a duration",
                "15m, 2h or PT15M");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("leaves no time")
    @ValueSource(strings = {"0", "0s", "0m", "PT0S", "PT-5M"})
    void leavesNoTime(String value) {
        refused(
                () -> Values.time("stopTimeout", value),
                "stopTimeout",
                value,
                "must be greater than zero",
                "90 (seconds)");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is more time than anybody can count")
    @ValueSource(strings = {"999999999h", "PT999999999999H", "P36500D", "721h"})
    void isTooMuchTime(String value) {
        refused(() -> Values.time("importTimeout", value), "importTimeout", value, "it is longer than 30 days", "15m");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @DisplayName("is a choice, in any case")
    @CsvSource({"attach, ATTACH", "Restart, RESTART", "' FAIL ', FAIL"})
    void isAChoice(String value, IfRunning choice) {
        assertThat(Values.choice("ifRunning", value, IfRunning.class)).isEqualTo(choice);
    }

    @Test
    @DisplayName("is a choice in Turkish too")
    void isAChoiceInTurkish() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(Values.choice("ifRunning", "FAIL", IfRunning.class)).isEqualTo(IfRunning.FAIL);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    @DisplayName("is no choice, and the choices are named")
    void isNoChoice() {
        refused(
                () -> Values.choice("ifRunning", "reuse", IfRunning.class),
                "ifRunning",
                "reuse",
                "not one of the allowed values",
                "attach, restart, fail");
    }

    @Test
    @DisplayName("is a number between its bounds, both allowed")
    void isANumber() {
        assertThat(Values.number("importParallelism", "1", 1, 64)).isEqualTo(1);
        assertThat(Values.number("importParallelism", "64", 1, 64)).isEqualTo(64);
        for (String wrong : List.of("0", "65", "-1")) {
            refused(
                    () -> Values.number("importParallelism", wrong, 1, 64),
                    "importParallelism",
                    wrong,
                    "it is out of range",
                    "1 to 64");
        }
    }

    @Test
    @DisplayName("is one word for minishift, which splits at white space")
    void isOneWord() {
        assertThat(Values.words("nameservers", List.of(" 10.0.0.1 ", "10.0.0.2")))
                .containsExactly("10.0.0.1", "10.0.0.2");
        refused(
                () -> Values.words("nameservers", List.of("10.0.0.1", "10.0.0.2 10.0.0.3")),
                "nameservers",
                "10.0.0.2 10.0.0.3",
                "minishift splits such a value at white space",
                "one value in each element");
    }

    @Test
    @DisplayName("is a word without a login, since everybody can see minishift's arguments")
    void isNoLogin() {
        refused(
                () -> Values.words("blockedRegistries", List.of("jane:hunter2@docker.io")),
                "blockedRegistries",
                "***@docker.io",
                "must not contain a user name or password",
                "only the host");
    }

    @Test
    @DisplayName("is a profile of letters, digits and hyphens")
    void isAProfile() {
        assertThat(Values.profile(" ci-1 ")).contains("ci-1");
        assertThat(Values.profile(null)).isEmpty();
        for (String wrong : List.of("ci_1", "-ci", "ci 1", "../ci", "ci.1", "ü")) {
            refused(() -> Values.profile(wrong), "profile", wrong, "only letters, digits and hyphens", "ci-1");
        }
    }

    private static void refused(ThrowingCallable call, String parameter, String value, String why, String instead) {
        ProblemException refusal = catchThrowableOfType(ProblemException.class, call);

        assertThat(refusal)
                .hasMessageStartingWith("Parameter '" + parameter + "' is '" + value + "': ")
                .hasMessageContaining(why);
        assertThat(refusal.problem().fix())
                .contains("<" + parameter + ">")
                .contains("-Dcdk." + parameter + "=")
                .contains(instead);
    }
}
