package io.github.cdkmaven.sim.pull;

import java.net.URI;

/** Why a request got no answer, in the words of Go's HTTP client. */
public final class GoFailure extends Exception {

    private static final long serialVersionUID = 1L;

    public GoFailure(String words) {
        super(words);
    }

    /** A failure of one request; a failure on the way to it, such as for its token, stands inside. */
    static GoFailure of(URI uri, String words) {
        return new GoFailure("Get \"" + uri + "\": " + words);
    }

    /** The words, which are never missing. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
