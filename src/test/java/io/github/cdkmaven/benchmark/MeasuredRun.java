package io.github.cdkmaven.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import io.github.cdkmaven.streams.ApiOf;
import io.github.cdkmaven.streams.ImageStreamMove;
import io.github.cdkmaven.streams.Streams;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One move in a JVM of its own, with a heap in which nothing of the simulation lies.
 *
 * <p>Arguments: the kubeconfig (JSON), the registry, a {@link Kind}, the parallelism or the number of streams that are imported, the file for
 * the result, and perhaps a file with the images that are asked for before.
 */
public final class MeasuredRun {

    /** What is measured. */
    enum Kind {
        /** The plugin, in a JVM that has done what {@code cdk:start} does before: preflight, the VM, the login. */
        START,
        /** The plugin, in a JVM that has only just started, as {@code cdk:imagestreams} by hand has it. */
        BY_HAND,
        /** The recipe. */
        RECIPE
    }

    private static final int MEBIBYTE = 1024 * 1024;

    private MeasuredRun() {}

    public static void main(String[] args) throws Exception {
        ObjectNode result = new ObjectMapper().createObjectNode();
        String kubeconfig = Files.readString(Path.of(args[0]));
        Kind kind = Kind.valueOf(args[2]);
        int number = Integer.parseInt(args[3]);
        ApiOf cluster = kind == Kind.START ? ApiOf.administrator(kubeconfig) : ApiOf.kubeconfig(kubeconfig);
        if (kind == Kind.BY_HAND) {
            Permission.firstMissing(cluster.api(), Permission.toMove(List.of("openshift")));
        } else {
            BeforeTheMove.preflight(args[1], Files.readAllLines(Path.of(args[5])));
            BeforeTheMove.awaitTheVm();
        }
        System.gc();
        double base = used();
        pools().forEach(MemoryPoolMXBean::resetPeakUsage);
        long begin = System.nanoTime();
        if (kind == Kind.RECIPE) {
            new SerialRecipe(cluster, args[1]).run(number, result);
            result.put("seconds", seconds(begin));
        } else {
            List<StreamResult> results = move(cluster, args[1], number);
            result.put("seconds", seconds(begin));
            result.put("imported", count(results, TagOutcome.IMPORTED))
                    .put("failed", count(results, TagOutcome.FAILED));
        }
        result.put("base", base)
                .put(
                        "peak",
                        pools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / (double) MEBIBYTE);
        Files.writeString(Path.of(args[4]), result.toString());
    }

    /** Starts one, with the arguments that {@link #main} takes. */
    static Process start(String heap, String... args) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                MeasuredRun.class.getName()));
        words.addAll(List.of(args));
        return new ProcessBuilder(words).inheritIO().start();
    }

    private static List<StreamResult> move(ApiOf cluster, String registry, int parallelism) {
        Streams streams = new Streams(
                false,
                List.of("openshift"),
                new Globs(List.of()),
                new Globs(List.of()),
                true,
                new Globs(List.of()),
                parallelism,
                Duration.ofMinutes(30),
                false);
        Registries registries = Registries.of(Registry.to(registry).withInsecure(true));
        return new ImageStreamMove(cluster.api(), registries, streams, (stream, done, all, took) -> {}).run();
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static long count(List<StreamResult> results, TagOutcome outcome) {
        return results.stream().mapToLong(stream -> stream.count(outcome)).sum();
    }

    private static Stream<MemoryPoolMXBean> pools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    private static double used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (double) MEBIBYTE;
    }
}
