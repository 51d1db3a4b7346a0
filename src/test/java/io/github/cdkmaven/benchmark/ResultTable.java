package io.github.cdkmaven.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes what was measured as a table in Markdown, with a word on what was simulated. */
final class ResultTable {

    private static final Path FOLDER = Path.of("target/benchmark");

    private ResultTable() {}

    /**
     * One set of streams.
     *
     * @param floor the plugin with as many lanes as there are streams
     */
    record Row(StreamSet set, Recipe recipe, Measured plugin, Measured floor) {

        double ratio() {
            return recipe.seconds() / plugin.seconds();
        }

        double overFloor() {
            return plugin.seconds() / floor.seconds();
        }

        private String line() {
            return String.format(
                    Locale.ROOT,
                    "| %,d / %,d | %s%.1f s | %.1f s | %.2f s | %.1f | %.1f | %.2f s | %.2f | %,d | %.0f MB | %.0f MB |",
                    set.streams().size(),
                    set.images(),
                    recipe.reckoned() ? "about " : "",
                    recipe.seconds(),
                    recipe.callsAlone(),
                    plugin.seconds(),
                    ratio(),
                    recipe.callsAlone() / plugin.seconds(),
                    floor.seconds(),
                    overFloor(),
                    plugin.calls(),
                    plugin.heapBefore(),
                    plugin.heapAtMost());
        }
    }

    static void write(List<Row> rows, List<String> remarks, int latency, int lanes) throws IOException {
        StringBuilder table = new StringBuilder("""
                # Moving the ImageStreams: the recipe and the plugin

                | streams / images | recipe | its calls alone | plugin | times faster | than the calls alone | floor | plugin / floor | calls | heap before | heap at most |
                |---|---|---|---|---|---|---|---|---|---|---|
                """);
        rows.forEach(row -> table.append(row.line()).append('\n'));
        table.append('\n');
        remarks.forEach(remark -> table.append("* ").append(remark).append('\n'));
        table.append("""
                * Simulated: an OpenShift 3.9 API over TLS with the pace of a real one (2 images a second after 3, for each request) in a JVM that was
                  warmed up, and a registry over plain HTTP that takes %d ms for each answer. Both share %s
                  with what is measured. Real: everything of the plugin, in a JVM of its own for each run.
                * Recipe: get all, replace all, import stream after stream; each call of oc begins with %d ms, which a real oc 3.9 needs to start.
                  "Its calls alone" leaves that out. "About": a sample of the streams was imported, and the rest reckoned from it.
                * Plugin: %d lanes, in a JVM that has done what cdk:start does before (preflight of the same images, login, check of rights).
                * Floor: the same with a lane for each stream. Heap: of the whole JVM.
                """.formatted(latency, machine(), SerialRecipe.START, lanes));
        publish("imagestreams.md", table.toString());
    }

    /** Puts a table where people look for it, and on the console. */
    static void publish(String file, String table) throws IOException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve(file), table);
        System.out.println(table);
    }

    /** What the figures were measured on. */
    static String machine() {
        return String.format(
                Locale.ROOT,
                "%d processors (load %.1f at the end, Java %s)",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.version().feature());
    }
}
