package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.problem.ProblemException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A generation of minishift")
class GenerationTest {

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("ends where the next one begins")
    @CsvSource({
        // version, image argument, copies oc, follows KUBECONFIG, has skip-startup-checks, looks at github.com
        "1.11.0, EXTRA_FLAGS,        false, false, false, false", // CDK 3.3
        "1.13.1, EXTRA_FLAGS,        false, false, false, false",
        "1.14.0, IMPOSSIBLE,         false, false, false, false", // minishift#2318
        "1.14.9, IMPOSSIBLE,         false, false, false, false",
        "1.15.1, IMPOSSIBLE,         false, false, false, true", // CDK 3.4
        "1.16.0, IMPOSSIBLE,         false, false, false, true",
        "1.16.1, EXTRA_FLAGS,        false, false, false, true", // minishift#2318 fixed
        "1.16.2, EXTRA_FLAGS,        false, false, false, true",
        "1.17.0, EXTRA_FLAGS,        false, false, true, false", // skip-startup-checks
        "1.18.0, QUOTED_EXTRA_FLAGS, true,  false, true, false", // cluster up in the VM's shell
        "1.20.0, QUOTED_EXTRA_FLAGS, true,  false, true, false", // CDK 3.5
        "1.24.0, QUOTED_EXTRA_FLAGS, true,  false, true, false",
        "1.25.0, HIDDEN_FLAG,        true,  false, true, false", // minishift#2789
        "1.26.0, HIDDEN_FLAG,        true,  true,  true, false", // minishift#2870
        "1.34.3, HIDDEN_FLAG,        true,  true,  true, false",
        "1.99.0, HIDDEN_FLAG,        true,  true,  true, false",
    })
    void hasItsTraits(
            String version,
            Generation.ImageArgument image,
            boolean copiesOc,
            boolean followsKubeconfig,
            boolean skips,
            boolean looks) {
        Generation generation = Generation.of(MinishiftVersion.parse("minishift v" + version + "+abcdef0"));

        assertThat(generation.image()).isEqualTo(image);
        assertThat(generation.copiesOcFromImage()).isEqualTo(copiesOc);
        assertThat(generation.firstStartFollowsKubeconfig()).isEqualTo(followsKubeconfig);
        assertThat(generation.skipsStartupChecks()).isEqualTo(skips);
        assertThat(generation.looksAtGithub()).isEqualTo(looks);
    }

    @Test
    @DisplayName("older than CDK 3.3 is a problem that says so")
    void refusesWhatIsTooOld() {
        MinishiftVersion old = MinishiftVersion.parse("minishift v1.10.0+1461d2c\nCDK v3.2.0-1\n");

        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> Generation.of(old));

        assertThat(problem)
                .hasMessage("CDK 3.2.0-1 (minishift 1.10.0) is too old: the oldest that can be driven is CDK 3.3"
                        + " (minishift 1.11.0).");
        assertThat(problem.problem().fix()).contains("<minishift>").contains("-Dcdk.minishift");
    }

    @Test
    @DisplayName("stands in the table from old to new, beginning with the oldest that can be driven")
    void isInOrder() {
        assertThat(Generation.TABLE).extracting(Generation::since).isSorted().startsWith(Generation.OLDEST);
    }

    @ParameterizedTest
    @DisplayName("after 1.34.3 is unknown")
    @CsvSource({"1.34.3, false", "1.34.4, true", "2.0.0, true", "1.9.9, false"})
    void isUnknown(String version, boolean unknown) {
        assertThat(Generation.isUnknown(MinishiftVersion.parse("minishift v" + version)))
                .isEqualTo(unknown);
    }
}
