package io.github.cdkmaven.sim.minishift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The VM's shell")
class ShellWordsTest {

    private static List<String> words(String line) {
        return ShellWords.of(line, Map.of("?", "3"));
    }

    @Test
    void eatsAVariableThatIsNotQuoted() {
        assertThat(words("--image HOST/ose-${component}:v3.11.0")).containsExactly("--image", "HOST/ose-:v3.11.0");
    }

    @Test
    void leavesAloneWhatStandsInSingleQuotes() {
        assertThat(words("--image='HOST/ose-${component}:v3.11.0'"))
                .containsExactly("--image=HOST/ose-${component}:v3.11.0");
    }

    @Test
    void readsVariablesInDoubleQuotes() {
        assertThat(words("echo \"rc=$? $nobody.\"")).containsExactly("echo", "rc=3 .");
    }

    @Test
    void takesAQuotedBlankAsPartOfAWord() {
        assertThat(words("a 'b c' '' d\\ e")).containsExactly("a", "b c", "", "d e");
    }
}
