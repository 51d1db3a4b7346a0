package io.github.cdkmaven.verify;

import io.github.cdkmaven.report.Verdict;
import java.util.Optional;

/**
 * Where one image came from, and how that is known.
 *
 * @param verdict where it came from
 * @param why how that is known, in a few words without a full stop
 * @param source the registry outside that gave it or would give it; absent where none is known
 */
record Judgement(Verdict verdict, String why, Optional<String> source) {

    static Judgement internal(String why) {
        return new Judgement(Verdict.INTERNAL, why, Optional.empty());
    }

    static Judgement allowed(String why) {
        return new Judgement(Verdict.ALLOWED, why, Optional.empty());
    }

    static Judgement externalFrom(String source, String why) {
        return new Judgement(Verdict.EXTERNAL, why, Optional.of(source));
    }

    /** Nothing tells where it came from, so it is not from the registry; but no registry outside is known to have given it either. */
    static Judgement unproven(String why) {
        return new Judgement(Verdict.EXTERNAL, why, Optional.empty());
    }

    boolean isExternal() {
        return verdict == Verdict.EXTERNAL;
    }
}
