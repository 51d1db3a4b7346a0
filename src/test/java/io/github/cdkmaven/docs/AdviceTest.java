package io.github.cdkmaven.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.minishift.MachineFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is followed by copying it into a shell must not reach a VM that nobody spoke of. */
@DisplayName("Advice that changes a VM")
class AdviceTest {

    private static final Path MAIN = Path.of("src/main");
    private static final Path GOALS = MAIN.resolve("java/io/github/cdkmaven/engine/Machine.java");

    /** A command of minishift that changes a VM; not what such a command did, which its report has to tell. */
    private static final Pattern MINISHIFT = Pattern.compile(
            "minishift(?: -\\S+(?: \\w+)?)*? (?:delete|stop|start|restart"
                    + "|ssh (?:-- )?(?!(?:-- )?(?:docker ps|systemctl cat|sudo journalctl))|addons? \\w+|config (?:set|unset)|profile (?:set|delete)"
                    + "|openshift (?:config set|restart)|image (?:cache-config (?:add|remove)|import|export|delete)|setup-cdk --force)\\b"
                    + "(?! exited )(?! --force' )(?![`'](?: exited| did not end| failed| is prompting| ended| on a running VM exits))");

    private static final Pattern IN_THE_VM = Pattern.compile("docker rmi|oc cluster down|virsh (?:destroy|undefine)");

    /** A goal of ours that does, but for the one VM that a user of crc has. */
    private static final Pattern GOAL =
            Pattern.compile("\\bmvn [^'`\\n]*\\bcdk:(?:delete|stop|start)\\b(?! -Dcdk\\.engine=crc)");

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*(?:/\\*\\*|\\*|//).*$");

    /** The texts in a source: its string literals, joined where they are cut only to fit on a line. */
    private static List<String> texts(Path source) {
        String code = COMMENT.matcher(read(source)).replaceAll("").replaceAll("\"\\s*\\+\\s*\"", "");
        return LITERAL.matcher(code).results().map(match -> match.group(1)).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(String end) throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        }
    }

    private static boolean isHarmful(String text) {
        return MINISHIFT.matcher(text).find()
                || GOAL.matcher(text).find()
                || IN_THE_VM.matcher(text).find();
    }

    @Test
    @DisplayName("is a goal of ours with home and profile in every text of the sources")
    void sources() throws IOException {
        List<Path> sources = files(".java");

        assertThat(sources).hasSizeGreaterThan(100);
        for (Path source : sources) {
            assertThat(texts(source).stream()
                            .filter(text ->
                                    !text.equals("minishift start") && !text.equals("minishift delete")) // waited for
                            .filter(text -> !text.startsWith("docker rmi ")) // run by us, in the VM in force
                            .filter(AdviceTest::isHarmful)
                            .toList())
                    .as(source.toString())
                    .isEmpty();
        }
        assertThat(read(GOALS)).contains("\"'mvn cdk:\"");
    }

    @Test
    @DisplayName("names home and profile on every page, and the README")
    void pages() {
        List<Page> pages =
                Stream.concat(Page.all().stream(), Stream.of(Page.readme())).toList();

        assertThat(pages).hasSizeGreaterThan(10);
        for (Page page : pages) {
            assertThat(Stream.of(page.text().split("\n\\s*\n|\n(?=[*|])"))
                            .filter(AdviceTest::isHarmful)
                            .filter(paragraph -> !paragraph.contains("<home>") || !paragraph.contains("<profile>"))
                            .toList())
                    .as(page.name())
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("stands in no other file that is shipped")
    void resources() throws IOException {
        assertThat(Stream.of(".tsv", ".json", ".css", ".js", ".txt", ".properties", ".html")
                        .flatMap(end -> {
                            try {
                                return files(end).stream();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        })
                        .filter(file -> isHarmful(read(file))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'minishift delete --force', then start again",
                "run 'minishift delete' and start again",
                "run 'minishift stop' by hand",
                "stop it with 'minishift stop', or",
                "minishift ssh -- sudo update-ca-trust extract takes it away",
                "'minishift ssh -- docker rmi IMAGE'",
                "'minishift addons apply admin-user'",
                "minishift openshift config set --target master",
                "'minishift start --show-libmachine-logs -v5'",
                "`minishift --profile x delete`",
                "'mvn cdk:delete' deletes the VM",
                "mvn -o cdk:stop",
                "'oc cluster down'"
            })
    @DisplayName("is found by this test")
    void isFound(String text) {
        assertThat(isHarmful(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'minishift start' did not end within 15 s",
                "'minishift delete --force' exited 1, and the VM is still there.",
                "'minishift stop' exited 0, but the VM is still up.",
                "`minishift start` on a running VM exits with 0",
                "look at 'minishift logs' and 'minishift ssh -- docker ps'",
                "minishift starts it",
                "mvn cdk:status"
            })
    @DisplayName("is told from what a command did, and from looking")
    void isNotFound(String text) {
        assertThat(isHarmful(text)).isFalse();
    }

    @Test
    @DisplayName("is one command in a shell, also where the home has a blank in its name")
    void goal() {
        String home = Path.of("/vms of ci").toAbsolutePath().toString();

        assertThat(new MachineFiles(Path.of("/vms of ci"), "ci-1").goal("delete"))
                .isEqualTo("'mvn cdk:delete \"-Dcdk.home=" + home + "\" -Dcdk.profile=ci-1'");
        assertThat(new MachineFiles(Path.of("vms"), "minishift").goal("stop"))
                .isEqualTo("'mvn cdk:stop -Dcdk.home=" + Path.of("vms").toAbsolutePath() + " -Dcdk.profile=minishift'");
    }
}
