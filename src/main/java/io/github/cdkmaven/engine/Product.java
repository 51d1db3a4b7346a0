package io.github.cdkmaven.engine;

import io.github.cdkmaven.report.CdkFacts;

/**
 * Which product an engine is.
 *
 * @param words its name and version, for people
 * @param program what is run
 * @param openshift the OpenShift that a start would run, with its {@code v}
 * @param facts its versions, for the report
 */
public record Product(String words, String program, String openshift, CdkFacts facts) {

    @Override
    public String toString() {
        return words;
    }
}
