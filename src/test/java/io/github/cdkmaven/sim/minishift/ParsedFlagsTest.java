package io.github.cdkmaven.sim.minishift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A command line")
class ParsedFlagsTest {

    private static final List<Flag> KNOWN = List.of(
            Flag.text("memory", ""),
            Flag.number("cpus", "", "2"),
            Flag.toggle("force", "").shortly("f"),
            Flag.list("docker-opt", ""));

    private static ParsedFlags parse(String... arguments) {
        return ParsedFlags.of(List.of(arguments), KNOWN);
    }

    @Test
    void mayRepeatAListButTheLastOfOtherFlagsWins() {
        ParsedFlags parsed = parse("--docker-opt", "a=1", "--docker-opt=b=2", "--memory", "1", "--memory=2");
        assertThat(parsed.values().get("docker-opt")).containsExactly("a=1", "b=2");
        assertThat(parsed.text("memory")).contains("2");
    }

    @Test
    void keepsEverythingAfterTwoDashesAsWords() {
        assertThat(parse("one", "-f", "--", "--format", "x").words()).containsExactly("one", "--format", "x");
        assertThat(parse("-f").isOn("force")).isTrue();
        assertThat(parse("--force=false").isOn("force")).isFalse();
    }

    @Test
    void isRefusedWhenAFlagIsUnknownOrLacksItsValue() {
        assertThatThrownBy(() -> parse("--nope")).hasMessage("unknown flag: --nope");
        assertThatThrownBy(() -> parse("--memory")).hasMessage("flag needs an argument: --memory");
        assertThatThrownBy(() -> parse("--cpus", "two")).hasMessageStartingWith("invalid argument \"two\"");
        assertThatThrownBy(() -> parse("-x")).hasMessage("unknown shorthand flag: 'x' in -x");
    }
}
