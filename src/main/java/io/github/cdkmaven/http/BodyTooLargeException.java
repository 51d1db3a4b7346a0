package io.github.cdkmaven.http;

import java.io.IOException;

/** The body of an answer is longer than it may be; what was longer was not received. */
public final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long limit) {
        super("the answer is longer than the limit of " + limit + " bytes");
    }
}
