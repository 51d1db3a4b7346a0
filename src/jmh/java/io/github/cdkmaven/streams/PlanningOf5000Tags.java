package io.github.cdkmaven.streams;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.benchmark.StreamSet;
import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.openshift.JsonBody;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long it takes to decide what becomes of 5,000 tags in 1,000 streams. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PlanningOf5000Tags {


    private final List<JsonNode> streams = new ArrayList<>();
    private byte[] answer = {};
    private Planner planner = planner();

    private static Planner planner() {
        return new Planner(
                Registries.of(Registry.to("registry.corp.example:5000").withPrefix("mirror").withInsecure(true)),
                Streams.of(List.of("openshift")).only(new Globs(List.of()), new Globs(List.of("*:nightly"))));
    }

    @Setup
    public void read() {
        JsonNode list = StreamSet.huge(1_000).list();
        list.path("items").forEach(streams::add);
        answer = list.toString().getBytes(StandardCharsets.UTF_8);
        planner = planner();
    }

    /** The planning alone. */
    @Benchmark
    public int plan() {
        return streams.stream().mapToInt(stream -> planner.plan(stream).tags().size()).sum();
    }

    /** From the bytes of the API's answer to the plan. */
    @Benchmark
    public int readAndPlan() throws IOException {
        int[] tags = {0};
        JsonBody.list(new ByteArrayInputStream(answer), stream -> tags[0] += planner.plan(stream).tags().size());
        return tags[0];
    }
}
