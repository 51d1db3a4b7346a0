package io.github.cdkmaven.sim.cluster.importer;


/** Why a registry did not give what it was asked for, before the API server words it for one image. */
final class ImporterFailure extends Exception {

    /** What the server makes of a failure. */
    enum Kind {
        /** Anything unexpected: the text is the cause of an internal error. */
        OTHER,
        /** The registry knows no such repository, tag or digest in a form that this OpenShift reads. */
        NOT_FOUND,
        /** The registry wants somebody else. */
        UNAUTHORIZED,
        /** The registry wants a login and there is none (before 3.9). */
        NO_CREDENTIALS,
        /** The token server refused the login. */
        WRONG_PASSWORD,
        /** There is no {@code /v2/}. */
        NOT_V2;

        /** Whether it may be otherwise for nobody. */
        boolean isOfLogin() {
            return this == UNAUTHORIZED || this == NO_CREDENTIALS || this == WRONG_PASSWORD;
        }
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    ImporterFailure(Kind kind, String text) {
        super(text);
        this.kind = kind;
    }

    /** An unexpected failure with the text that Go's libraries would give. */
    static ImporterFailure other(String text) {
        return new ImporterFailure(Kind.OTHER, text);
    }

    Kind kind() {
        return kind;
    }
}
