package io.github.cdkmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.fail;

import io.github.cdkmaven.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A relocation")
class RelocationTest {

    private static final String DIGEST = "sha256:7e33f0c030333d2c46d3b0bbf2889466204a7a7426f05ed12adf44887c4f61b3";

    @Nested
    @DisplayName("with the rules that serve most sites")
    class ByDefault {

        private final Relocation relocation =
                Relocation.byDefault(RegistryName.of("registry", "registry.corp:5000/mirror"));

        @ParameterizedTest(name = "{0} -> {1}")
        @DisplayName("moves Red Hat's two registries and Docker Hub, and keeps every byte after the registry")
        @CsvSource({
            "registry.access.redhat.com/rhscl/httpd-24-rhel7, registry.corp:5000/mirror/rhscl/httpd-24-rhel7",
            "registry.redhat.io/openshift3/jenkins-2-rhel7:v3.11, registry.corp:5000/mirror/openshift3/jenkins-2-rhel7:v3.11",
            "registry.redhat.io/a/b@" + DIGEST + ", registry.corp:5000/mirror/a/b@" + DIGEST,
            "registry.redhat.io/a/b:1.0_X@" + DIGEST + ", registry.corp:5000/mirror/a/b:1.0_X@" + DIGEST,
            "docker.io/centos/ruby-24-centos7:latest, registry.corp:5000/mirror/centos/ruby-24-centos7:latest",
            "index.docker.io/centos/ruby, registry.corp:5000/mirror/centos/ruby",
            "registry-1.docker.io/centos/ruby, registry.corp:5000/mirror/centos/ruby",
            "registry.hub.docker.com/library/postgres:13, registry.corp:5000/mirror/library/postgres:13",
            "Docker.IO/mysql, registry.corp:5000/mirror/library/mysql",
            "Registry.RedHat.io/a/b:1, registry.corp:5000/mirror/a/b:1",
            "registry.redhat.io:443/a/b:1, registry.corp:5000/mirror/a/b:1",
            "centos/ruby-22-centos7, registry.corp:5000/mirror/centos/ruby-22-centos7",
            "mysql:5.7, registry.corp:5000/mirror/library/mysql:5.7",
            "docker.io/mysql, registry.corp:5000/mirror/library/mysql",
            "docker.io/library/mysql, registry.corp:5000/mirror/library/mysql",
            "library/mysql, registry.corp:5000/mirror/library/mysql",
            // A bare host with a port is an image of Docker Hub, as it is for OpenShift.
            "registry.redhat.io:5000, registry.corp:5000/mirror/library/registry.redhat.io:5000",
        })
        void moves(String from, String to) {
            assertThat(move(relocation, from)).contains(to);
        }

        @ParameterizedTest
        @DisplayName("leaves alone what is elsewhere, what is there already, and what only looks alike")
        @ValueSource(
                strings = {
                    "quay.io/team/x:1",
                    "registry.corp:5000/mirror/rhscl/httpd-24-rhel7",
                    "registry.corp:5000/other/x",
                    "registry.redhat.io.corp/a/b",
                    "registryXredhat.io/a/b",
                    "registry.redhat.io:444/a/b",
                    "registry.corp:5000/mirror/a/b:1",
                    "Registry.CORP:5000/mirror/a/b:1",
                    "mydocker.io/a/b",
                    "localhost/mysql",
                })
        void leavesAlone(String text) {
            assertThat(move(relocation, text)).isEmpty();
        }

        @Test
        @DisplayName("has no rule from the company's registry to itself")
        void hasNoRuleToItself() {
            Relocation hub = Relocation.byDefault(RegistryName.of("registry", "registry.redhat.io/mirror"));

            assertThat(hub.mappings())
                    .extracting(Mapping::from)
                    .containsExactly("registry.access.redhat.com", "docker.io");
        }

        @Test
        @DisplayName("sends images to one host")
        void hasOneTarget() {
            assertThat(relocation.targetHosts()).containsExactly("registry.corp:5000");
        }
    }

    @Test
    @DisplayName("takes the longest rule that fits, whatever the order")
    void takesTheLongestRule() {
        Relocation relocation = of("quay.io=a.corp", "quay.io/team/sub=c.corp/s", "quay.io/team=b.corp/t");

        assertThat(move(relocation, "quay.io/x:1")).contains("a.corp/x:1");
        assertThat(move(relocation, "quay.io/team/x:1")).contains("b.corp/t/x:1");
        assertThat(move(relocation, "quay.io/team/sub/x")).contains("c.corp/s/x");
        assertThat(relocation.targetHosts()).containsExactly("a.corp", "c.corp", "b.corp");
    }

    @ParameterizedTest
    @DisplayName("never matches inside a component")
    @ValueSource(strings = {"quay.io/teams/x", "quay.io/tea/x", "quay.io/team-x/y", "quay.io/x/team/y", "quay.io/team"})
    void neverMatchesInsideAComponent(String text) {
        assertThat(move(of("quay.io/team=registry.corp"), text)).isEmpty();
    }

    @ParameterizedTest(name = "to {0}")
    @DisplayName("moves once even when the target's name holds the source's")
    @ValueSource(
            strings = {"registry.redhat.io.corp", "registry.corp:5000/registry.redhat.io", "registry.corp/quay.io/x"})
    void movesOnce(String target) {
        Relocation relocation = of("registry.redhat.io=" + target, "quay.io=" + target);

        String moved = move(relocation, "registry.redhat.io/a/b:1").orElseThrow();

        assertThat(moved).isEqualTo(target + "/a/b:1");
        assertThat(move(relocation, moved)).isEmpty();
        assertThat(relocation.isAtTarget(ImageReference.parse(moved))).isTrue();
        assertThat(relocation.isMapped(ImageReference.parse(moved))).isFalse();
        assertThat(relocation.isMapped(ImageReference.parse("quay.io/a/b"))).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("with a rule that can never apply is refused, and the rule is named")
    @CsvSource({
        "quay.io=a.corp;quay.io=b.corp, quay.io=b.corp, an earlier rule is for the same source",
        "docker.io=a.corp;index.docker.io=b.corp, docker.io=b.corp, an earlier rule is for the same source",
        "quay.io=a.corp;a.corp=b.corp, a.corp=b.corp, its source lies at the target 'a.corp'",
        "quay.io=a.corp/m;a.corp/m/n=b.corp, a.corp/m/n=b.corp, its source lies at the target 'a.corp/m'",
        "a.corp=b.corp;quay.io=a.corp, a.corp=b.corp, its source lies at the target 'a.corp'",
        "quay.io=quay.io, quay.io=quay.io, its source lies at the target 'quay.io'",
    })
    void refusesRulesThatNeverApply(String rules, String rule, String why) {
        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> of(rules.split(";")));

        assertThat(refusal)
                .hasMessageStartingWith("Parameter 'mappings' holds '" + rule + "', which can never apply")
                .hasMessageContaining(why);
        assertThat(refusal.problem().fix()).contains("<mappings>").contains("-Dcdk.mappings");
    }

    @Test
    @DisplayName("may send a registry to a path of itself, and another one next to a target")
    void mayMoveWithinOneRegistry() {
        Relocation relocation = of("a.corp=a.corp/mirror", "quay.io=b.corp/quay", "b.corp/quay-io=c.corp");

        assertThat(move(relocation, "a.corp/x")).contains("a.corp/mirror/x");
        assertThat(move(relocation, "a.corp/mirror/x")).isEmpty();
        assertThat(move(relocation, "b.corp/quay-io/x")).contains("c.corp/x");
    }

    @Test
    @DisplayName("moves 100,000 generated references at most once, on whole components, with their tags and digests")
    void holdsForGeneratedReferences() {
        Relocation relocation = of(
                "registry.redhat.io=registry.corp:5000/mirror",
                "quay.io/team=registry.redhat.io.corp",
                "quay.io=registry.corp:5000/quay.io",
                "docker.io=registry.corp:5000",
                "localhost=127.0.0.1:5000");
        GeneratedReferences generated = new GeneratedReferences(42);
        int moves = 0;
        for (int i = 0; i < 100_000; i++) {
            ImageReference reference = ImageReference.parse(generated.next());
            Optional<ImageReference> moved = relocation.move(reference);
            moves += moved.isPresent() ? 1 : 0;
            // AssertJ only for what fails: this runs often.
            if (moved.isPresent() != relocation.isMapped(reference)
                    || moved.map(to -> !isRight(relocation, reference, to)).orElse(false)) {
                fail("%s -> %s", reference, moved);
            }
        }
        assertThat(moves).isBetween(20_000, 90_000);
    }

    /** At its target for good, by a rule that ends on a component's boundary, with the bytes behind that unchanged. */
    private static boolean isRight(Relocation relocation, ImageReference from, ImageReference to) {
        String full = Relocation.fullName(from);
        return relocation.move(to).isEmpty()
                && to.suffix().equals(from.suffix())
                && relocation.mappings().stream()
                        .anyMatch(rule -> full.startsWith(rule.from() + "/")
                                && to.name()
                                        .equals(rule.to()
                                                + full.substring(rule.from().length())));
    }

    private static Relocation of(String... rules) {
        return new Relocation(Arrays.stream(rules).map(Mapping::parse).toList());
    }

    private static Optional<String> move(Relocation relocation, String text) {
        return relocation.move(ImageReference.parse(text)).map(ImageReference::toString);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @DisplayName("knows its target by any spelling of its host")
    @CsvSource({
        "registry.corp:443/a/b, registry.corp",
        "registry.corp/a/b, registry.corp:443",
        "REGISTRY.corp/mirror/a/b, registry.corp/mirror",
    })
    void knowsItsTarget(String image, String target) {
        Relocation relocation = Relocation.byDefault(RegistryName.of("registry", target));

        assertThat(relocation.isAtTarget(ImageReference.parse(image))).isTrue();
        assertThat(move(relocation, image)).isEmpty();
        assertThat(move(relocation, "registry.redhat.io/a/b")).contains(target + "/a/b");
    }

    @Test
    @DisplayName("without rules moves nothing")
    void withoutRules() {
        assertThat(move(new Relocation(List.of()), "registry.redhat.io/a/b")).isEmpty();
    }
}
