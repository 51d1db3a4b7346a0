package io.github.cdkmaven.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.benchmark.MeasuredRun.Kind;
import io.github.cdkmaven.sim.cluster.JournalEntry;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Moves the ImageStreams of a cluster that a kubeconfig reaches by {@code cdk:imagestreams} in a Maven that has only just started, beside the same
 * requests from a program that does nothing else, and beside {@code oc import-image} in a loop.
 *
 * <p>{@code -Dbenchmark.latency} is the registry's, in milliseconds; {@code -Dbenchmark.runs} how many rounds there are, of which the median counts.
 */
@DisplayName("The move on a shared cluster")
class SharedClusterBenchmark {

    private static final int LATENCY = Integer.getInteger("benchmark.latency", 10);
    private static final int RUNS = Integer.getInteger("benchmark.runs", 5);
    private static final int LANES = 8;

    @TempDir
    Path folder;

    /** One round on a fresh cluster; the bare program has one of its own. */
    private record Round(Timed first, Timed bareFirst, Timed second, Timed bareSecond) {

        double ofFirst() {
            return first.seconds() / bareFirst.seconds();
        }

        double ofSecond() {
            return second.seconds() / bareSecond.seconds();
        }
    }

    private record Row(String openshift, StreamSet set, Measured loop, List<Round> rounds) {

        double plugin() {
            return Timed.median(rounds, round -> round.first().seconds());
        }

        double overBare() {
            return Timed.median(rounds, Round::ofFirst);
        }

        double timesFaster() {
            return loop.seconds() / plugin();
        }

        private String line() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d / %d | %.1f s | %s | %.1f | %s | %.2f | %s | %s | %.2f |",
                    openshift,
                    set.streams().size(),
                    set.images(),
                    loop.seconds(),
                    Timed.median(rounds.stream().map(Round::first).toList()),
                    timesFaster(),
                    Timed.median(rounds.stream().map(Round::bareFirst).toList()),
                    overBare(),
                    Timed.median(rounds.stream().map(Round::second).toList()),
                    Timed.median(rounds.stream().map(Round::bareSecond).toList()),
                    Timed.median(rounds, Round::ofSecond));
        }
    }

    @Test
    @DisplayName("takes little more than its requests, and an eighth of what oc import-image in a loop takes")
    void isNearItsRequests() throws Exception {
        Laboratory laboratory = new Laboratory(folder, Duration.ofMillis(LATENCY));
        laboratory.warmUp();
        List<Row> rows = List.of(
                row(laboratory, "v3.9.31", "admin", StreamSet.large()),
                row(laboratory, "4.19.0", "kube:admin", StreamSet.samples()));
        write(rows);

        for (Row row : rows) {
            assertThat(row.overBare())
                    .as("times its requests, %s", row.openshift())
                    .isLessThanOrEqualTo(1.2);
            assertThat(row.timesFaster())
                    .as("times faster than the loop, %s", row.openshift())
                    .isGreaterThanOrEqualTo(8);
        }
    }

    private Row row(Laboratory laboratory, String openshift, String user, StreamSet set) throws Exception {
        try (SimulatedRegistry registry = laboratory.registry(set)) {
            List<Round> rounds = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                rounds.add(round(openshift, user, set, registry));
            }
            try (SimulatedCluster cluster = Laboratory.cluster(openshift, set, registry)) {
                Measured loop = laboratory.run(
                        cluster,
                        registry,
                        set,
                        "-Xmx256m",
                        Kind.RECIPE,
                        set.streams().size());
                return new Row(openshift, set, loop, rounds);
            }
        }
    }

    private Round round(String openshift, String user, StreamSet set, SimulatedRegistry registry) throws Exception {
        FreshMaven maven = new FreshMaven(folder);
        Timed first;
        Timed second;
        Recording asked;
        Timed bareSecond;
        try (SimulatedCluster cluster = Laboratory.cluster(openshift, set, registry)) {
            first = maven.move(cluster.kubeconfigYaml(user), registry.host());
            assertThat(first.result().path("imported").asInt()).isEqualTo(set.images());
            asked = new Recording(cluster.state().requests());
            second = maven.move(cluster.kubeconfigYaml(user), registry.host());
            assertThat(second.result().path("unchanged").asInt()).isEqualTo(set.images());
            List<JournalEntry> all = cluster.state().requests();
            bareSecond = new Recording(all.subList(asked.requests().size(), all.size()))
                    .replay(folder, cluster, user, LANES);
        }
        try (SimulatedCluster cluster = Laboratory.cluster(openshift, set, registry)) {
            Timed bareFirst = asked.replay(folder, cluster, user, LANES);
            return new Round(first, bareFirst, second, bareSecond);
        }
    }

    private static void write(List<Row> rows) throws IOException {
        StringBuilder table = new StringBuilder("""
                # Moving the ImageStreams of a shared cluster

                | OpenShift | streams / images | oc in a loop | cdk:imagestreams | times faster | its requests alone | plugin / requests | second run | its requests alone | second run / requests |
                |---|---|---|---|---|---|---|---|---|---|
                """);
        rows.forEach(row -> table.append(row.line()).append('\n'));
        ResultTable.publish(
                "shared-cluster.md",
                table + """

                * In parentheses: seconds of processor time, of all of Maven or of the program, JVM included.
                * cdk:imagestreams: `summary.seconds` of the report, in a Maven that has only just started, without a project; the median of %d rounds,
                  in each of which plugin and program take turns. The ratios are the medians of the rounds' ratios.
                * Its requests alone: what the plugin sent, sent by a Java program without any library, which reads the answers and looks at nothing
                  but their status; %d at once, one stream after the other. Timed from the start of its JVM to the last answer.
                * Second run: everything is in place already.
                * oc in a loop: get all, replace all, `oc import-image` stream by stream; each call begins with the %d ms that an oc needs to start.
                * Simulated: the API over TLS, with the pace of a real one, in a JVM that was warmed up, and a registry over plain HTTP that takes %d ms
                  for each answer; both share %s with what is measured.
                """.formatted(RUNS, LANES, SerialRecipe.START, LATENCY, ResultTable.machine()));
    }
}
