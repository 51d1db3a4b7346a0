package io.github.cdkmaven.preflight;

import io.github.cdkmaven.report.Check;
import java.util.List;

/** Looks at one kind of thing that a start needs. What is wrong is a finding, never an exception. */
public interface PreflightCheck {

    /** Looks, and tells what was seen. */
    List<Check> run();
}
