package io.github.cdkmaven.problem;

/** Ends a goal with a {@link Problem}. Its message is the problem's first sentence. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(ForeignText.spelledOut(problem.what()));
        this.problem = problem;
    }

    public ProblemException(Problem problem, Throwable cause) {
        super(ForeignText.spelledOut(problem.what()), cause);
        this.problem = problem;
    }

    /** What went wrong. */
    public Problem problem() {
        return problem;
    }
}
