package io.github.cdkmaven.report;

import java.time.Duration;
import java.time.Instant;

/** One step of a goal, and its time. Shown on the page and the console; report.json has only the whole. */
public record Step(String name, Duration took, Instant started) {}
