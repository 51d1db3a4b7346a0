package io.github.cdkmaven.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.docs.Descriptor.Parameter;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The plugin's descriptor, from which help and site are made,")
class DescriptorTest {

    static List<Parameter> parameters() {
        return Descriptor.parameters();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parameters")
    @DisplayName("gives for each parameter a description, an example, and since when it is there")
    void isComplete(Parameter parameter) {
        assertThat(parameter.description()).contains("Example: ");
        assertThat(parameter.description().indexOf("Example: "))
                .as("a sentence before the example")
                .isGreaterThan(20);
        assertThat(parameter.since()).isNotEmpty();
    }

    @Test
    @DisplayName("describes each goal, all of them safe in parallel builds and usable without a project")
    void goalsAreDescribed() {
        assertThat(Descriptor.goals()).hasSize(11).allSatisfy(goal -> {
            assertThat(goal.description()).isNotEmpty();
            assertThat(goal.threadSafe()).isTrue();
            assertThat(goal.requiresProject()).isFalse();
        });
    }

    @Test
    @DisplayName("wants no component that Maven deprecates")
    void hasNoRequirements() {
        assertThat(Descriptor.requirements()).isZero();
    }
}
