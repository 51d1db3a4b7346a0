package io.github.cdkmaven.openshift;

import io.github.cdkmaven.streams.MovePolicy;
import io.github.cdkmaven.streams.Planner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.benchmark.StreamSet;
import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> streams = new ArrayList<>();
    private byte[] answer = {};
    private Planner planner = new Planner(policy());

    private static MovePolicy policy() {
        return new MovePolicy(
                Relocation.byDefault(RegistryName.of("registry", "registry.corp.example:5000/mirror")),
                true,
                List.of("openshift"),
                new Globs(List.of()),
                new Globs(List.of("*:nightly")),
                8,
                Duration.ofMinutes(10),
                false);
    }

    @Setup
    public void read() {
        JsonNode list = StreamSet.huge(1_000).list();
        list.path("items").forEach(streams::add);
        answer = list.toString().getBytes(StandardCharsets.UTF_8);
        planner = new Planner(policy());
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
        ListBody.read(JSON, new ByteArrayInputStream(answer), stream -> tags[0] += planner.plan(stream).tags().size());
        return tags[0];
    }
}
