package io.github.cdkmaven.sim.cluster;

/** Says that a request shall get no proper answer; only faults throw it. */
final class BrokenAnswer extends RuntimeException {

    /** How the answer breaks. */
    enum Kind {
        /** The connection ends in the middle of the body. */
        RESET,
        /** Nothing comes until the cluster closes. */
        HANG
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    BrokenAnswer(Kind kind) {
        super(kind.name());
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
