package io.github.cdkmaven.benchmark;

/**
 * What the recipe takes for a set of streams.
 *
 * @param seconds all of it, as one who follows it waits
 * @param inOc how much of that oc needs to start
 * @param reckoned whether only a sample was imported, and the rest reckoned from it
 */
record Recipe(double seconds, double inOc, boolean reckoned) {

    static Recipe of(Measured run, int sample, int streams) {
        double importing = run.result().path("importing").asDouble();
        int starts = run.result().path("starts").asInt() - sample + streams;
        return new Recipe(
                run.seconds() - importing + importing * streams / sample,
                starts * SerialRecipe.START / 1000.0,
                sample < streams);
    }

    /** The calls of the API alone, as if oc started in no time. */
    double callsAlone() {
        return seconds - inOc;
    }
}
