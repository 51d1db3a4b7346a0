package io.github.cdkmaven.report;

/** One part of the page, with its own heading and its place in the list of contents. */
interface PageSection {

    /** The anchor. */
    String id();

    /** The heading. */
    String title();

    /** How many things it lists, as shown beside the title in the list of contents; nothing for 0. */
    int size();

    /** Whether there is anything to show. */
    boolean applies();

    /** Writes what comes below the heading. */
    void writeTo(Html page);
}
