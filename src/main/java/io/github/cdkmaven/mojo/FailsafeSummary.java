package io.github.cdkmaven.mojo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Failsafe's {@code integration-test} writes for its {@code verify}, which is the goal that fails: at {@code post-integration-test}, only
 * this file tells that a test has failed (Failsafe 2.12 to 3.5, {@code failsafe-summary.xsd}).
 *
 * @param file the summary, at the place that Failsafe has by default
 */
record FailsafeSummary(Path file) {

    private static final Logger LOG = LoggerFactory.getLogger(FailsafeSummary.class);
    private static final Pattern FAILED = Pattern.compile(
            "<(?:errors|failures)>\\s*[1-9]|\\btimeout=\"true\"|<failureMessage>\\s*[^<\\s]|<failureMessage><!\\[CDATA");

    /** The summary of a module. */
    static FailsafeSummary in(Path buildDirectory) {
        return new FailsafeSummary(buildDirectory.resolve("failsafe-reports/failsafe-summary.xml"));
    }

    /** Whether it tells of a failure, and was written since a moment. */
    boolean tellsOfFailureSince(Instant moment) {
        try {
            return Files.isRegularFile(file)
                    && !Files.getLastModifiedTime(file).toInstant().isBefore(moment)
                    && FAILED.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            LOG.debug("{} cannot be read", file, e);
            return false;
        }
    }
}
