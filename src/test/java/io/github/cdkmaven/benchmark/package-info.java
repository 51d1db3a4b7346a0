/** How fast the ImageStreams move, beside the recipe that people use, on the simulated cluster: {@code mvn -Pbenchmark verify}. */
@NullMarked
package io.github.cdkmaven.benchmark;

import org.jspecify.annotations.NullMarked;
