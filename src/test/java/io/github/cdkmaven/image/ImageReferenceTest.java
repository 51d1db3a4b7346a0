package io.github.cdkmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An image reference")
class ImageReferenceTest {

    private static final String DIGEST = "sha256:7e33f0c030333d2c46d3b0bbf2889466204a7a7426f05ed12adf44887c4f61b3";

    @ParameterizedTest(name = "{0}")
    @DisplayName("is cut into registry, path, tag and digest as OpenShift cuts it")
    @CsvSource(
            nullValues = "-",
            value = {
                "registry.access.redhat.com/rhscl/httpd-24-rhel7, registry.access.redhat.com, rhscl/httpd-24-rhel7, -, -",
                "openshift3/jenkins-2-rhel7, -, openshift3/jenkins-2-rhel7, -, -",
                "mysql:5.7, -, mysql, 5.7, -",
                "docker.io/mysql, docker.io, mysql, -, -",
                "registry.corp:5000/mirror/rhcc/rhscl/x:1, registry.corp:5000, mirror/rhcc/rhscl/x, 1, -",
                "registry/a/b:1, -, registry/a/b, 1, -",
                "registry:5000/a/b, registry:5000, a/b, -, -",
                "localhost/a:1, localhost, a, 1, -",
                "localhost:5000/a, localhost:5000, a, -, -",
                "127.0.0.1:5000/rhscl/php-70-rhel7:latest, 127.0.0.1:5000, rhscl/php-70-rhel7, latest, -",
                "a.b/c/d:t@" + DIGEST + ", a.b, c/d, t, " + DIGEST,
                "a.b/c/d@" + DIGEST + ", a.b, c/d, -, " + DIGEST,
                "mysql@" + DIGEST + ", -, mysql, -, " + DIGEST,
                "registry.corp:5000, -, registry.corp, 5000, -",
                "my_reg.corp/x, my_reg.corp, x, -, -",
                "Registry.Corp/x, Registry.Corp, x, -, -",
                "a.b/c__d/e---f/g.h_i:V_1.2-rc, a.b, c__d/e---f/g.h_i, V_1.2-rc, -",
            })
    void isCutAsOpenShiftCutsIt(String text, String registry, String path, String tag, String digest) {
        ImageReference reference = ImageReference.parse(text);

        assertThat(reference.registry().orElse(null)).isEqualTo(registry);
        assertThat(reference.path()).isEqualTo(path);
        assertThat(reference.tag().orElse(null)).isEqualTo(tag);
        assertThat(reference.digest().orElse(null)).isEqualTo(digest);
        assertThat(reference).hasToString(text);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("is refused where OpenShift refuses it")
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "/a/b",
                "a/",
                "h//x",
                "h.corp//x",
                "h.corp/x:",
                "h.corp/x@",
                "https://h.corp/x",
                "[::1]:5000/x",
                "a.b/c@sha256:abcd",
                "*",
                "h.corp/x ",
                " h.corp/x",
                "h.corp/x\n",
                "h.corp:port/x",
                "-h.corp/x",
                "my_reg.corp:5000/x",
                "a.b/_c",
                "a.b/c_",
                "a.b/c___d",
                "a.b/c..d",
                "a.b/c:.x",
                "a.b/c:-x",
                "a.b/c:ü",
                "a.b/c@" + DIGEST + "@" + DIGEST,
            })
    void isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageReference.parse(text))
                .withMessageStartingWith("invalid image reference '" + text + "': ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/", "a.", "a-", "a__", "a+", "-", "a:"})
    @DisplayName("of any length is judged without a stack for each of its characters, and quoted in part only")
    void isJudgedAtAnyLength(String piece) {
        for (int times : new int[] {6_000, 100_000}) {
            for (String text : List.of(
                    piece.repeat(times) + "a",
                    "registry.corp.example/" + piece.repeat(times) + "a",
                    piece.repeat(times) + "a.b/x",
                    "a.b/c@" + piece.repeat(times) + "a:" + "0".repeat(64))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> ImageReference.parse(text))
                        .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(700));
                assertThat(ImageReference.find(text)).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("with upper case in its path is refused with the reason")
    void saysThatThePathIsUpperCase() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageReference.parse("registry.corp/X/y"))
                .withMessageContaining("must be lower case");
    }

    @Test
    @DisplayName("may have a name of 255 characters and a tag of 128, and not one more")
    void hasBounds() {
        String longest = "registry.corp/" + "a".repeat(255 - "registry.corp/".length());
        String tag = "t".repeat(128);

        assertThat(ImageReference.parse(longest + ":" + tag)).hasToString(longest + ":" + tag);
        assertThatIllegalArgumentException().isThrownBy(() -> ImageReference.parse(longest + "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> ImageReference.parse("a.b/c:" + tag + "t"));
    }

    @Test
    @DisplayName("without a repository name is told so")
    void needsAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageReference.parse("registry.corp.example:5000/"))
                .withMessageEndingWith("the repository name is missing");
    }

    @ParameterizedTest(name = "{0} is asked for as {1}")
    @DisplayName("is asked for by its digest, else by its tag, else as latest")
    @CsvSource({"a.b/c, latest", "a.b/c:1, 1", "a.b/c@" + DIGEST + ", " + DIGEST, "a.b/c:1@" + DIGEST + ", " + DIGEST})
    void isAskedForBy(String text, String tagOrDigest) {
        assertThat(ImageReference.parse(text).tagOrDigest()).isEqualTo(tagOrDigest);
    }

    @Test
    @DisplayName("prints the bytes that were parsed, for 100,000 generated ones")
    void printsWhatWasParsed() {
        GeneratedReferences generated = new GeneratedReferences(20_261_123);
        for (int i = 0; i < 100_000; i++) {
            String text = generated.next();
            ImageReference reference = ImageReference.parse(text);
            assertThat(reference.toString()).isEqualTo(text);
            assertThat(reference.name() + reference.suffix()).isEqualTo(text);
        }
    }
}
