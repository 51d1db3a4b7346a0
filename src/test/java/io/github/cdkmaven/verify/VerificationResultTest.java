package io.github.cdkmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.openshift.OwnRegistry;
import io.github.cdkmaven.openshift.StreamItems.Item;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the findings come to")
class VerificationResultTest {

    private static final String REGISTRY = "registry.corp.example:5000";

    private static List<LocatedImage> external(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new LocatedImage(
                        "pod shop/web-" + i + "/app",
                        "quay.io/team/web:" + i,
                        OriginVerdict.externalFrom("quay.io", "pulled from quay.io"),
                        "pulled from quay.io"))
                .toList();
    }

    private static Problem problem(int count, Check... checks) {
        return new VerificationResult(external(count), List.of(), List.of())
                .problem(REGISTRY, List.of(checks))
                .orElseThrow();
    }

    @Test
    @DisplayName("is nothing where nothing is wrong, and a warning is nothing wrong")
    void well() {
        VerificationResult ruling = new VerificationResult(
                List.of(new LocatedImage("vm", REGISTRY + "/a/b:1", OriginVerdict.internal("pulled"), "pulled")),
                List.of(),
                List.of());

        assertThat(ruling.problem(REGISTRY, List.of(Check.warn("a", "b", "c", "d"), Check.ok("a", "b", "c"))))
                .isEmpty();
        assertThat(ruling.warnings()).isEmpty();
    }

    @Test
    @DisplayName("names twenty places at most, and counts the others")
    void many() {
        assertThat(problem(20).evidence()).hasSize(20).doesNotContain("and 0 more, which the report lists");
        assertThat(problem(23).what()).isEqualTo("23 images are not from the registry " + REGISTRY + ".");
        assertThat(problem(23).evidence())
                .hasSize(21)
                .startsWith("pod shop/web-1/app: quay.io/team/web:1: pulled from quay.io")
                .endsWith("and 3 more, which the report lists");
    }

    @Test
    @DisplayName("tells images and checks in one sentence")
    void both() {
        Problem both = problem(1, Check.fail("verify.pull", "pod a/b/c", "ErrImagePull", "mirror it"));

        assertThat(both.what())
                .isEqualTo("1 image is not from the registry " + REGISTRY
                        + ", and 1 check of the running OpenShift failed.");
        assertThat(both.evidence()).endsWith("pod a/b/c: ErrImagePull", "  Fix: mirror it");
        assertThat(both.fix()).contains("<allowedImages>");
        assertThat(problem(0, Check.fail("a", "b", "c", "mirror it"), Check.fail("a", "b", "c", "no"))
                        .what())
                .isEqualTo("2 checks of the running OpenShift failed.");
        assertThat(problem(0, Check.fail("a", "b", "c", "mirror it")).fix()).isEqualTo("mirror it");
    }

    @Test
    @DisplayName("shows the digest of an image whose name does not")
    void digests() {
        String digest = "sha256:" + "a".repeat(64);
        List<ImageReference> pulls =
                List.of(ImageReference.parse("quay.io/a/b@" + digest), ImageReference.parse("quay.io/c/d@" + digest));

        assertThat(new ImageOrigin("quay.io/a/b:1", true, pulls, false).digests())
                .isEqualTo("; digest " + digest);
        assertThat(new ImageOrigin("quay.io/a/b@" + digest, true, pulls, false).digests())
                .isEmpty();
        assertThat(ImageOrigin.named("quay.io/a/b:1").digests()).isEmpty();
    }

    @Test
    @DisplayName("looks at the current items of the chosen namespaces, and names ten of those outside")
    void currentItems() {
        OriginRule rule = new OriginRule(
                Set.of(REGISTRY),
                new AllowedImages(List.of()),
                List.of("docker.io"),
                new OwnRegistry(Set.of()),
                new PullThrough(List.of(), List.of()));
        List<Item> outside = IntStream.rangeClosed(1, 11)
                .mapToObj(i -> new Item("openshift", "s" + i, "1", true, "", "quay.io/a/s" + i))
                .toList();
        Item old = new Item("openshift", "s", "1", false, "", "quay.io/a/b");
        Item elsewhere = new Item("other", "s", "1", true, "", "quay.io/a/b");
        Item inside = new Item("openshift", "s", "1", true, "", REGISTRY + "/a/b");

        assertThat(CurrentItemsCheck.of(List.of(old, elsewhere), List.of("openshift"), rule))
                .isEmpty();
        assertThat(CurrentItemsCheck.of(List.of(old, elsewhere, inside), List.of("openshift"), rule))
                .hasValueSatisfying(check -> assertThat(check.outcome()).isEqualTo(CheckOutcome.OK));
        assertThat(CurrentItemsCheck.of(outside, List.of("openshift"), rule))
                .hasValueSatisfying(check -> assertThat(check.message())
                        .startsWith("11 of 11 current items of tags are outside: openshift/s1:1 (quay.io/a/s1), ")
                        .endsWith("openshift/s10:1 (quay.io/a/s10), …"));
        assertThat(CurrentItemsCheck.of(outside.subList(0, 10), List.of("openshift"), rule))
                .hasValueSatisfying(check -> assertThat(check.message()).endsWith("openshift/s10:1 (quay.io/a/s10)"));
    }

    @Test
    @DisplayName("has the fix of each cause beside it, where there are several")
    void eachFix() {
        Problem problem = problem(
                0,
                Check.fail("verify.pull", "pod a/b/c", "ErrImagePull", "mirror it"),
                Check.fail("verify.pull", "pod a/d/e", "ErrImagePull", "mirror it"),
                Check.fail("verify.blocked", "quay.io", "could be pulled", "block it"));

        assertThat(problem.what()).contains("3 checks");
        assertThat(problem.evidence())
                .satisfiesExactly(
                        line -> assertThat(line).contains("2 times", "ErrImagePull", "pod a/b/c", "pod a/d/e"),
                        line -> assertThat(line).isEqualTo("  Fix: mirror it"),
                        line -> assertThat(line).isEqualTo("quay.io: could be pulled"),
                        line -> assertThat(line).isEqualTo("  Fix: block it"));
    }
}
