package io.github.cdkmaven.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.report.Reason;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import io.github.cdkmaven.report.TagResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The log of a move")
class MoveLogTest {

    private static final TagResult FAILED = TagResult.failed(
            "3", "registry.redhat.io/a/b:3", "registry.corp:5000/a/b:3", Reason.NOT_FOUND, "no such image");

    @Test
    @DisplayName("has one line for each stream that is done")
    void tellsOfStreams() {
        assertThat(line(0.249, imported("1"), imported("2"), TagResult.skipped("latest", "follows 2")))
                .isEqualTo("[12/47] jenkins: 2 tags imported, 0.2 s");
        assertThat(line(12.26, imported("1"), FAILED)).isEqualTo("[12/47] jenkins: 1 tag imported, 1 failed, 12.3 s");
        assertThat(line(0, TagResult.planned("1", "a", "b"), TagResult.planned("*", "a", "b")))
                .isEqualTo("[12/47] jenkins: 1 tag would be imported, 0.0 s");
        assertThat(MoveLog.line(new StreamResult("team-a", "app", List.of(imported("1"))), 1, 9, Duration.ZERO))
                .startsWith("[1/9] team-a/app: ");
    }

    @Test
    @DisplayName("shows the plan of a dry run as a diff, with what the server found")
    void showsThePlan() {
        TagResult found = new TagResult(
                "2",
                Optional.of("registry.redhat.io/a/b:2"),
                Optional.of("registry.corp:5000/a/b:2"),
                TagOutcome.PLANNED,
                Optional.of("sha256:7e33"),
                Optional.empty(),
                Optional.empty());
        StreamResult stream = new StreamResult(
                "openshift", "jenkins", List.of(found, FAILED, TagResult.skipped("latest", "follows 2")));

        assertThat(MoveLog.plan(List.of(stream)))
                .containsExactly(
                        "openshift/jenkins:2",
                        "  - registry.redhat.io/a/b:2",
                        "  + registry.corp:5000/a/b:2  sha256:7e33",
                        "openshift/jenkins:3",
                        "  - registry.redhat.io/a/b:3",
                        "  + registry.corp:5000/a/b:3",
                        "    NotFound: no such image");
    }

    @ParameterizedTest(name = "{0} unchanged, {1} outside, {2} skipped: {3}")
    @DisplayName("calls only those tags in place that are, where nothing was done")
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | 0 | 0 | 2 tags of 1 ImageStream are in place; nothing was changed",
                "1 | 2 | 3 | 1 tag of 1 ImageStream is in place, 2 outside, 3 skipped; nothing was changed",
                "0 | 2 | 0 | No tag of 1 ImageStream is in place, 2 outside; nothing was changed",
            })
    void tellsWhatIsInPlace(int unchanged, int outside, int skipped, String line) {
        List<TagResult> tags = new ArrayList<>();
        tags.addAll(Collections.nCopies(unchanged, TagResult.unchanged("1", "registry.corp/a:1", "sha256:1")));
        tags.addAll(Collections.nCopies(outside, TagResult.outside("2", "quay.io/a:1")));
        tags.addAll(Collections.nCopies(skipped, TagResult.skipped("3", "follows 1")));

        assertThat(MoveLog.unchanged(List.of(new StreamResult("openshift", "jenkins", tags))))
                .contains(line);
        tags.add(FAILED);
        assertThat(MoveLog.unchanged(List.of(new StreamResult("openshift", "jenkins", tags))))
                .isEmpty();
    }

    @Test
    @DisplayName("has one line for each registry that no mapping covers, with the mapping that would")
    void tellsOfRegistriesOutside() {
        List<TagResult> tags = List.of(
                TagResult.outside("1", "quay.io/a/b:1"),
                TagResult.outside("2", "Quay.io/a/b:2"),
                TagResult.outside("3", "icr.io/a/b:3"),
                imported("4"));

        assertThat(MoveLog.outside(List.of(new StreamResult("openshift", "x", tags)), "registry.corp:5000/m"))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("1 tag outside, at icr.io,")
                                .contains(
                                        "openshift/x:3",
                                        "<mapping>icr.io=registry.corp:5000/m</mapping>",
                                        "-Dcdk.mappings"),
                        line -> assertThat(line)
                                .startsWith("2 tags outside, at quay.io,")
                                .contains("openshift/x:1"));
    }

    @Test
    @DisplayName("has a bar below it on a real terminal, which is gone when all is done")
    void drawsABar() {
        StringWriter terminal = new StringWriter();
        MoveLog log = new MoveLog(Optional.of(new PrintWriter(terminal)));

        log.draw(1, 3);
        log.close();
        log.draw(3, 3);

        assertThat(terminal).hasToString("[==========                    ] 1/3\r\r\u001b[K");
    }

    @Test
    @DisplayName("has no bar in a build without a terminal, such as this one")
    void drawsNoBar() {
        try (MoveLog log = MoveLog.here()) {
            assertThat(log.hasBar()).isFalse();
        }
    }

    private static String line(double seconds, TagResult... tags) {
        return MoveLog.line(
                new StreamResult("openshift", "jenkins", List.of(tags)),
                12,
                47,
                Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private static TagResult imported(String tag) {
        return new TagResult(
                tag,
                Optional.of("a"),
                Optional.of("b"),
                TagOutcome.IMPORTED,
                Optional.of("sha256:1"),
                Optional.empty(),
                Optional.empty());
    }
}
