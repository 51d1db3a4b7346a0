package io.github.cdkmaven.verify;

import io.github.cdkmaven.report.Verdict;
import java.util.Optional;

/**
 * Where one image came from, and how that is known.
 *
 * @param verdict where it came from
 * @param why how that is known, in a few words without a full stop
 * @param source the registry outside that gave it or would give it; absent where none is known
 * @param stream the ImageStream through which the cluster's own registry took it from there; absent where docker pulled it itself
 */
record OriginVerdict(Verdict verdict, String why, Optional<String> source, Optional<String> stream) {

    static OriginVerdict internal(String why) {
        return new OriginVerdict(Verdict.INTERNAL, why, Optional.empty(), Optional.empty());
    }

    static OriginVerdict allowed(String why) {
        return new OriginVerdict(Verdict.ALLOWED, why, Optional.empty(), Optional.empty());
    }

    static OriginVerdict externalFrom(String source, String why) {
        return new OriginVerdict(Verdict.EXTERNAL, why, Optional.of(source), Optional.empty());
    }

    /** From outside too, but behind the back of docker. */
    static OriginVerdict passedOn(String source, String stream, String why) {
        return new OriginVerdict(Verdict.EXTERNAL, why, Optional.of(source), Optional.of(stream));
    }

    /** Nothing tells where it came from, so it is not from the registry; but no registry outside is known to have given it either. */
    static OriginVerdict untraced(String why) {
        return new OriginVerdict(Verdict.EXTERNAL, why, Optional.empty(), Optional.empty());
    }

    static OriginVerdict bundled(String why) {
        return new OriginVerdict(Verdict.BUNDLED, why, Optional.empty(), Optional.empty());
    }

    /** Nothing shows that it came from the registry, nor that it did not. */
    static OriginVerdict unproven(String why) {
        return new OriginVerdict(Verdict.UNPROVEN, why, Optional.empty(), Optional.empty());
    }

    boolean isExternal() {
        return verdict == Verdict.EXTERNAL;
    }
}
