package io.github.cdkmaven.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.world.Spellings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Secrets")
class SecretsTest {

    private static final List<String> PASSWORDS = List.of(
            "p" + Spellings.TRICKY,
            "simple",
            "p@ss/w:rd",
            "it's $5 \"q\" \\ %41",
            "gr\u00fc\u00dfe-\u20ac",
            "a+b=c;d,e!f*g(h)~i",
            "tab\there",
            "%70ct",
            "\ud83d\ude00 key");

    static Stream<Arguments> spellings() {
        return PASSWORDS.stream().flatMap(password -> Spellings.of(password).entrySet().stream()
                .map(entry -> Arguments.of(password, entry.getKey(), entry.getValue())));
    }

    @ParameterizedTest(name = "{1} of {0}")
    @DisplayName("are hidden in every spelling, and nothing but them")
    @MethodSource("spellings")
    void areHidden(String password, String name, String printed) {
        assertThat(Secrets.of(List.of(password)).mask("before [" + printed + "] after [" + printed + "]"))
                .isEqualTo("before [********] after [********]");
    }

    @ParameterizedTest
    @DisplayName("are hidden as other programs print them")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "by bash's %q| it\\'s\\ \\<\\$5\\>",
                "by PowerShell| it''s <$5>",
                "in double quotes| it's <\\$5>",
                "in Java| it\\u0027s \\u003C\\u00245\\u003E",
                "in JSON in JSON| it's \\\\u003c$5\\\\u003e",
                "in XML by numbers| it&#39;s &#60;&#x24;5&#x3E;",
                "in XML in XML| it&amp;apos;s &amp;lt;$5&amp;gt;",
                "encoded twice| it%2527s%2520%253c%25245%253E",
                "in hexadecimal digits| 69742773203c24353e",
                "in upper case| IT'S <$5>",
            })
    void areHiddenAsOthersPrintThem(String how, String printed) {
        assertThat(Secrets.of(List.of("it's <$5>")).mask("[" + printed.strip() + "]"))
                .as(how)
                .isEqualTo("[********]");
    }

    @Test
    @DisplayName("are hidden at any place of something in Base64, in both alphabets, broken into lines or not")
    void inBase64() {
        String secret = "s3cret-Canary~?>";
        for (String before : List.of("", "u", "us", "use", "user:", "{\"password\":\"")) {
            for (String after : List.of("", "\n", "\"}", "xyz")) {
                byte[] bytes = (before + secret + after).getBytes(StandardCharsets.UTF_8);
                for (Base64.Encoder encoder : List.of(
                        Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getMimeEncoder(16, new byte[] {'\n'}))) {
                    String masked = Secrets.of(List.of(secret)).mask("Basic " + encoder.encodeToString(bytes));
                    String left =
                            masked.replaceFirst("^Basic ", "").replace("\n", "").replaceFirst("\\*{8}", " ");

                    assertThat(masked).contains("********");
                    // What is left on either side tells nothing of the secret but perhaps bits of its neighbours.
                    int blank = left.indexOf(' ');
                    assertThat(left.substring(0, blank)).hasSizeLessThanOrEqualTo(before.length() * 4 / 3);
                    assertThat(left.substring(blank + 1)).hasSizeLessThanOrEqualTo(after.length() * 4 / 3 + 3);
                }
            }
        }
    }

    @ParameterizedTest
    @DisplayName("are hidden with something in them that does not show, which does not get through either")
    @ValueSource(
            strings = {
                "s3cr\u001b[0m3t-canary",
                "s3cr\r3t-canary",
                "s3cr\u00003t-canary",
                "s3cr\u009b31m3t-canary",
                "\u202es3cr3t\u2066-canary\u200e",
                "s3cr\u001b]0;title\u00073t-canary"
            })
    void withWhatDoesNotShow(String printed) {
        assertThat(Secrets.of(List.of("s3cr3t-canary")).mask("[" + printed + "]"))
                .isEqualTo("[********]");
    }

    @Test
    @DisplayName("that overlap are hidden as a whole")
    void areHiddenAsAWhole() {
        assertThat(Secrets.of(List.of("abc", "abcdef", "cde", "defghi")).mask("abcdef abc abcdefghi"))
                .isEqualTo("******** ******** ********");
    }

    @Test
    @DisplayName("of several lines are hidden line by line, as programs are read")
    void ofSeveralLines() {
        Secrets key = Secrets.of(List.of("-----BEGIN KEY-----\nMIIEvQIBADAN\r\nBgkqhkiG9w0B\n-----END KEY-----\n"));

        assertThat(key.mask("MIIEvQIBADAN")).isEqualTo("********");
        assertThat(key.mask("key: BgkqhkiG9w0B")).isEqualTo("key: ********");
    }

    @Test
    @DisplayName("of many letters are hidden without much of a stack")
    void ofManyLetters() {
        String key = "0123456789abcdef'\"<".repeat(1000);

        assertThat(Secrets.of(List.of(key)).mask("key: " + key + ".")).isEqualTo("key: ********.");
    }

    @ParameterizedTest
    @DisplayName("that are blank or too short to tell from other text leave it as it is")
    @ValueSource(strings = {"", "  ", "|", "1", "ok"})
    void thatAreTooShort(String secret) {
        String text = "minishift v1.34.3+4b58f89 | 1 ok  MQ== b2s=";

        assertThat(Secrets.of(List.of(secret)).mask(text)).isEqualTo(text);
    }

    @Test
    @DisplayName("that stand in an address are hidden though nobody knows them, and other addresses are kept")
    void inAddresses() {
        assertThat(Secrets.NONE.mask("Proxy 'http://build:p@ss/w@proxy.corp.example:3128' https://token@git.example/x"))
                .isEqualTo("Proxy 'http://********@proxy.corp.example:3128' https://********@git.example/x");
        String harmless =
                "https://registry.corp.example:5000/a@sha256:0123 docker://r:5000/b:1@sha256:4 https://h:8443/ws@2/x";
        assertThat(Secrets.NONE.mask(harmless)).isEqualTo(harmless);
    }

    @Test
    @DisplayName("that a request sends are hidden in what comes back")
    void ofAuthorization() {
        String basic = Base64.getEncoder().encodeToString("jane:s3cr3t:x".getBytes(StandardCharsets.UTF_8));

        assertThat(Secrets.ofAuthorization(Optional.of("Basic " + basic)).mask("not s3cr3t:x nor " + basic))
                .isEqualTo("not ******** nor ********");
        assertThat(Secrets.ofAuthorization(Optional.of("Bearer tok3n")).mask("not tok3n"))
                .isEqualTo("not ********");
        assertThat(Secrets.ofAuthorization(Optional.empty()).mask("not tok3n")).isEqualTo("not tok3n");
    }

    @Test
    @DisplayName("never show themselves")
    void neverShowThemselves() {
        assertThat(Secrets.of(List.of("s3cr3t"))).hasToString("secrets");
        assertThat(Secrets.NONE).hasToString("no secrets");
    }
}
