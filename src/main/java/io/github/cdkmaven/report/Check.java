package io.github.cdkmaven.report;

import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param id what was checked, such as {@code registry.tls}
 * @param subject on what, such as a host
 * @param outcome how it came out
 * @param message what was seen
 * @param fix what the user can do, where something is wrong
 */
public record Check(String id, String subject, CheckOutcome outcome, String message, Optional<String> fix) {

    /** One line that names the subject and what was seen. */
    public String toLine() {
        return subject + ": " + message;
    }

    /** All is well. */
    public static Check ok(String id, String subject, String message) {
        return new Check(id, subject, CheckOutcome.OK, message, Optional.empty());
    }

    /** Worth knowing; the goal goes on. */
    public static Check warn(String id, String subject, String message, String fix) {
        return new Check(id, subject, CheckOutcome.WARN, message, Optional.of(fix));
    }

    /** The goal cannot succeed like this. */
    public static Check fail(String id, String subject, String message, String fix) {
        return new Check(id, subject, CheckOutcome.FAIL, message, Optional.of(fix));
    }
}
