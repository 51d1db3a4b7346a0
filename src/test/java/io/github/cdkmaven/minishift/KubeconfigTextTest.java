package io.github.cdkmaven.minishift;

import static io.github.cdkmaven.minishift.Account.VM;
import static io.github.cdkmaven.minishift.Account.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.minishift.KubeconfigText.Author;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A change of a kubeconfig")
class KubeconfigTextTest {

    private static final VmEntries KNOWN = new VmEntries(new MachineFiles(Path.of("none"), "minishift"), Set.of(VM));
    private static final String BASE = text("prod", "prod", "test");
    private static final String STARTED = text("minishift", "prod", "test", "vm");

    @ParameterizedTest(name = "{0}")
    @DisplayName("is minishift's")
    @MethodSource
    void isMinishifts(String what, String before, String after) {
        assertThat(KubeconfigText.author(before, after, KNOWN)).isEqualTo(Author.MINISHIFT);
    }

    static Stream<Arguments> isMinishifts() {
        String byHand = """
                # my clusters
                kind: Config
                apiVersion: v1
                current-context: "prod"   # the usual one
                users:
                  - name: 'prod'
                    user: {token: t-%d}
                  - {name: test, user: {token: t-%d}}
                """.formatted("prod".hashCode(), "test".hashCode());
        String gke = BASE.replace(
                "    token: t-" + "prod".hashCode(),
                "    exec:\n      apiVersion: client.authentication.k8s.io/v1beta1\n      args:\n      - get-token\n      env: null");
        return Stream.of(
                Arguments.of("the first start", BASE, STARTED),
                Arguments.of("a start on an empty file", "", text("minishift", "vm")),
                Arguments.of(
                        "a restart with a new token",
                        STARTED,
                        STARTED.replaceAll("t--?\\d+", "t-new")
                                .replace(
                                        "name: prod\n  user:\n    token: t-new",
                                        "name: prod\n  user:\n    token: t-" + "prod".hashCode())
                                .replace(
                                        "name: test\n  user:\n    token: t-new",
                                        "name: test\n  user:\n    token: t-" + "test".hashCode())),
                Arguments.of("a deletion", STARTED, text("minishift", "prod", "test")),
                Arguments.of(
                        "a deletion, with the user's own log-in to the VM",
                        text("prod", "prod", "vm", "vm-jane"),
                        text("prod", "prod")),
                Arguments.of("items indented, and another order", BASE.replaceAll("(?m)^([- ] )", "  $1"), STARTED),
                Arguments.of(
                        "fields that minishift does not know",
                        gke,
                        text("minishift", "prod", "test", "vm")
                                .replace("    token: t-" + "prod".hashCode() + "\n", "    {}\n")),
                Arguments.of(
                        "JSON before",
                        "{\"kind\": \"Config\", \"current-context\": \"\", \"users\": [{\"name\": \"prod\", \"user\": {\"token\": \"t\"}}]}",
                        "apiVersion: v1\nclusters: []\ncontexts: []\ncurrent-context: minishift\nkind: Config\npreferences: {}\nusers:\n- name: prod\n  user:\n    token: t\n"),
                Arguments.of(
                        "certificates in place of their paths",
                        BASE.replace("certificate-authority-data: Q0E=", "certificate-authority: ca.pem"),
                        STARTED));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is somebody else's, too")
    @MethodSource
    void isSomebodyElses(String what, String before, String after) {
        assertThat(KubeconfigText.author(before, after, KNOWN)).isEqualTo(Author.SOMEBODY_ELSE);
    }

    static Stream<Arguments> isSomebodyElses() {
        return Stream.of(
                Arguments.of("a context more", BASE, text("minishift", "prod", "test", "vm", "mine")),
                Arguments.of("a cluster less", BASE, text("minishift", "prod", "vm")),
                Arguments.of("another context is current", BASE, text("test", "prod", "test")),
                Arguments.of("a token", BASE, STARTED.replace("t-" + "prod".hashCode(), "t-mine")),
                Arguments.of(
                        "values of two entries changed over",
                        BASE,
                        STARTED.replace("https://prod.", "https://x.")
                                .replace("https://test.", "https://prod.")
                                .replace("https://x.", "https://test.")),
                Arguments.of(
                        "a namespace taken away",
                        BASE,
                        STARTED.replaceFirst("(?s)(cluster: prod\n)    namespace: default\n", "$1")),
                Arguments.of("a comment", BASE, STARTED + "# mine\n"),
                Arguments.of("a preference", BASE, STARTED.replace("{}", "\n  colors: true")),
                Arguments.of("a log-in to the VM as jane", BASE, text("minishift", "prod", "test", "vm", "vm-jane")),
                Arguments.of("a log-in to another cluster", BASE, STARTED.replace("192-168-42-7", "192-168-42-8")),
                Arguments.of("an editor's layout", BASE, "kind: Config\n" + STARTED.replace("kind: Config\n", "")),
                Arguments.of("a form that cannot be read before", "{clusters: [], users: []}", STARTED));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is an accident")
    @MethodSource
    void isAnAccident(String what, String after) {
        assertThat(KubeconfigText.author(BASE, after, KNOWN)).isEqualTo(Author.ACCIDENT);
    }

    static Stream<Arguments> isAnAccident() {
        return Stream.of(
                Arguments.of("nothing is left", ""),
                Arguments.of("cut off in a section", STARTED.substring(0, 200)),
                Arguments.of("cut off in a word", STARTED.substring(0, STARTED.length() - 3)),
                Arguments.of("a piece of the old text", BASE.substring(0, 30)),
                Arguments.of("no kubeconfig", "no space left on device\n"));
    }
}
