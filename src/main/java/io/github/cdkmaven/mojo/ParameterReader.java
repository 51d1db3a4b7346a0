package io.github.cdkmaven.mojo;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.report.Check;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads the parameters one after the other and keeps what is wrong with each, so that a POM is fixed in one go.
 *
 * <p>What cannot be read is replaced until {@link #complete()} tells the mistakes; nothing is done with it before.
 */
final class ParameterReader {

    private record Mistake(String parameter, Problem problem) {}

    private final List<Mistake> mistakes = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();

    /** Refuses a parameter, whose value is not even looked at any more. */
    void refuse(String parameter, Problem problem) {
        refused.add(parameter);
        add(new Mistake(parameter, problem));
    }

    /**
     * One value.
     *
     * @param parser reads it, or throws what is wrong with it
     * @param meanwhile what stands in for it if it cannot be read
     */
    <T> T value(String parameter, Supplier<T> parser, T meanwhile) {
        if (refused.contains(parameter)) {
            return meanwhile;
        }
        try {
            return parser.get();
        } catch (ProblemException e) {
            add(new Mistake(parameter, e.problem()));
            return meanwhile;
        }
    }

    /** The values of a list that can be read. */
    <T> List<T> each(String parameter, List<String> texts, Function<String, T> parser) {
        return texts.stream()
                .flatMap(text -> value(parameter, () -> Optional.of(parser.apply(text)), Optional.<T>empty()).stream())
                .toList();
    }

    /** A parameter that several values hang on may be read more than once. */
    private void add(Mistake mistake) {
        if (!mistakes.contains(mistake)) {
            mistakes.add(mistake);
        }
    }

    /**
     * Ends the reading.
     *
     * @throws ProblemException if anything could not be read: the mistake itself if it is the only one
     */
    void complete() {
        if (mistakes.size() == 1) {
            throw mistakes.get(0).problem().toException();
        }
        if (!mistakes.isEmpty()) {
            throw Problem.of(mistakes.size() + " parameters cannot be used.", "fix each of them as described below it")
                    .with(mistakes.stream()
                            .flatMap(mistake -> mistake.problem().toLines().stream())
                            .toList())
                    .toException();
        }
    }

    /** Whether one of these parameters cannot be used. */
    boolean isMistaken(String... parameters) {
        List<String> asked = List.of(parameters);
        return mistakes.stream().anyMatch(mistake -> asked.contains(mistake.parameter()));
    }

    /** The mistakes as findings, for a goal that goes on looking. */
    List<Check> checks() {
        return mistakes.stream()
                .map(mistake -> Check.fail(
                        "settings." + mistake.parameter(),
                        mistake.parameter(),
                        mistake.problem().toSentence(),
                        mistake.problem().fix()))
                .toList();
    }
}
