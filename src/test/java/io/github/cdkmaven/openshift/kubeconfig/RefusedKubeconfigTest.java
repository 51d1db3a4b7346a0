package io.github.cdkmaven.openshift.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.Cases;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Secrets;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A kubeconfig is refused, and nothing of it is repeated,")
class RefusedKubeconfigTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("config");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("where a way to log in is not supported, or nobody is logged in")
    @CsvSource(
            delimiter = '|',
            value = {
                "username: admin\\n    password: CANARY | a login by user name and password",
                "auth-provider: {name: gcp, config: {access-token: CANARY}} | a login by an auth-provider",
                "exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x} | another apiVersion",
                "exec: {apiVersion: client.authentication.k8s.io/v1, command: x, interactiveMode: Always} | has to prompt",
                "exec: {apiVersion: client.authentication.k8s.io/v1} | no command",
                "as: joe | Nobody is logged in",
                "{} | Nobody is logged in",
                "token: \"\" | Nobody is logged in",
                "token: \"CANARY\\n\" | 'token' of its user contains a line break",
                "token: \"CANARY\\e[31m\" | 'token' of its user contains a line break",
                "{token: CANARY, as: \"a\\r\\nX: y\"} | 'as' of its user contains a line break",
                "{token: CANARY, as-groups: [a]} | without 'as'",
                "client-key-data: CANARY | only one of",
                "{client-certificate-data: QUJD, client-key-data: \"CANARY=\"} | its client-key-data is not valid Base64",
                "{client-certificate: gone.crt, client-key: gone.key} | cannot be read",
            })
    void refusedUsers(String user, String words) {
        String yaml = user.startsWith("{") ? user : user.replace("\\n    ", "\n    ");
        assertThat(refusal(text(yaml), words).problem().fix()).containsAnyOf("oc login", "<kubeconfig>");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("where its server is none, or the way there is not supported")
    @CsvSource(
            delimiter = '|',
            value = {
                "server: 127.0.7.3:8443 | its server must be an https URL",
                "server: //a.b:8443 | its server must be an https URL",
                "server: ftp://a.b | its server must be an https URL",
                "server: https://CANARY@a.b | its server must be an https URL",
                "server: https://a b CANARY | its server must be an https URL",
                "server: '' | has no server",
                "proxy-url: socks5://127.0.0.1:1080 | socks5",
                "proxy-url: http://jane:CANARY@127.0.0.1:1080 | a proxy-url with a login",
                "tls-server-name: 'a b' | tls-server-name",
                "certificate-authority-data: 'CANARY=' | is not valid Base64",
            })
    void refusedServers(String entry, String words) {
        String server = entry.startsWith("server") ? "" : "server: https://127.0.0.1:1, ";
        String cluster = entry.replaceFirst(": (?!')(.*)$", ": '$1'");

        assertThat(refusal(
                                "clusters: [{name: c, cluster: {" + server + cluster
                                        + "}}]\nusers: [{name: u, user: {token: t}}]\n"
                                        + "contexts: [{name: ctx, context: {cluster: c, user: u}}]\ncurrent-context: ctx\n",
                                words)
                        .problem()
                        .fix())
                .contains("<kubeconfig>");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("where it is not a kubeconfig")
    @CsvSource(
            delimiter = '|',
            value = {
                "CANARY | it is not a kubeconfig",
                "'token: [CANARY' | it is not valid YAML (line",
                "'{\"a\": \"CANARY\" oops' | it is not valid YAML (line",
                "'{a: 1, a: CANARY}' | it has a duplicate key",
                "'a: *CANARY' | it has an alias without an anchor",
                "'a: &a [*a]' | it has an alias without an anchor",
                "'{}\\n---\\n{}\\n' | it holds several documents (line 3)",
                "{} | it has no current context",
                "'current-context: x' | it has no context 'x'",
                "'contexts: [{name: a, context: {}}, {name: b}]' | it has no current context",
                "'{current-context: a, contexts: [{name: a, context: {cluster: c}}]}' | the cluster 'c' of its context 'a' is not in it",
            })
    void refusedFiles(String text, String words) {
        refusal(text.replace("\\n", "\n"), words);
    }

    @Test
    @DisplayName("where it is nested deeply, and not where an alias stands for a million others, which costs nothing")
    void bombs() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(10, "*a" + (i - 1)))));
        }
        refusal(bomb.toString(), "no current context");
        refusal("[".repeat(100_000), "nested too deeply");
    }

    @Test
    @DisplayName(
            "never of a file that is not there, of a folder, or of a context that is not in it, and those that are are named")
    void notThere() throws IOException {
        assertThat(refusal(folder.resolve("gone").toString(), Optional.empty()))
                .hasMessageContaining(
                        "The kubeconfig " + folder.resolve("gone") + " cannot be used: the file does not exist");
        assertThat(refusal(folder + "/a" + File.pathSeparator + folder + "/b", Optional.empty()))
                .hasMessageContaining("none of these files exists");
        assertThat(refusal(folder.toString(), Optional.empty())).hasMessageContaining("it is a folder");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0});
        assertThat(refusal(file.toString(), Optional.empty())).hasMessageContaining("it is not UTF-8 text");
        Files.writeString(file, text("token: t"));
        ProblemException problem = refusal(file.toString(), Optional.of("other"));
        assertThat(problem).hasMessageContaining("it has no context 'other'");
        assertThat(problem.problem().evidence()).containsExactly("contexts: ctx");
        assertThat(problem.problem().fix()).contains("<context>", "-Dcdk.context");
    }

    @Test
    @DisplayName("where its token has a line break, as in the cases")
    @EnabledIf("io.github.cdkmaven.Cases#present")
    void caseOfALineBreak() {
        assertThat(refusal(Cases.read("kubeconfig/oc-answer.json"), "line break")
                        .toString())
                .doesNotContain("CANARY");
    }

    private ProblemException refusal(String text, String words) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> Kubeconfig.parse(text, file));
        assertThat(problem).hasMessageContaining(file.toString()).hasMessageContaining(words);
        for (Throwable next = problem; next != null; next = next.getCause()) {
            assertThat(String.valueOf(next)).doesNotContain("CANARY");
        }
        return problem;
    }

    private ProblemException refusal(String files, Optional<String> context) {
        return catchThrowableOfType(
                ProblemException.class,
                () -> Kubeconfig.read(files, context, new CommandRunner(Secrets.NONE), System.getenv()));
    }

    private static String text(String user) {
        return """
                current-context: ctx
                contexts:
                - name: ctx
                  context: {cluster: c, user: u}
                clusters:
                - name: c
                  cluster:
                    server: https://127.0.0.1:1
                users:
                - name: u
                  user:
                    %s
                """.formatted(user);
    }
}
