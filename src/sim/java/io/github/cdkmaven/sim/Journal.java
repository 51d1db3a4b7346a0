package io.github.cdkmaven.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.minishift.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What happened in a simulated world so far; each question reads it again. */
public final class Journal {

    private final World world;

    Journal(World world) {
        this.world = world;
    }

    /** Every start of {@code minishift}, {@code crc}, {@code ssh} or {@code oc}, in order. */
    public List<Invocation> invocations() {
        Map<String, JsonNode> begun = new LinkedHashMap<>();
        Map<String, JsonNode> ended = new LinkedHashMap<>();
        for (JsonNode line : lines(world.invocations())) {
            Map<String, JsonNode> lines = line.path("event").asText().equals("begin") ? begun : ended;
            lines.put(line.path("id").asText(), line);
        }
        return begun.entrySet().stream()
                .map(entry -> invocation(entry.getValue(), ended.getOrDefault(entry.getKey(), JsonFile.object())))
                .toList();
    }

    private static Invocation invocation(JsonNode begin, JsonNode end) {
        List<String> arguments = new ArrayList<>();
        begin.path("arguments").forEach(argument -> arguments.add(argument.asText()));
        Map<String, String> environment = new LinkedHashMap<>();
        begin.path("environment")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        List<String> processes = new ArrayList<>();
        begin.path("processes").forEach(process -> processes.add(process.asText()));
        return new Invocation(
                begin.path("program").asText(),
                List.copyOf(arguments),
                Map.copyOf(environment),
                List.copyOf(processes),
                end.path("stdin").asText(""),
                end.path("exit").asInt(-1),
                begin.path("pid").asLong());
    }

    /** Command lines of {@code minishift} alone, in order. */
    public List<String> minishiftCalls() {
        return calls("minishift");
    }

    /** Command lines of {@code crc} alone, in order. */
    public List<String> crcCalls() {
        return calls("crc");
    }

    private List<String> calls(String program) {
        return invocations().stream()
                .filter(invocation -> invocation.program().equals(program))
                .map(invocation -> String.join(" ", invocation.arguments()))
                .toList();
    }

    /** Every request that the OpenShift in the VM answered. */
    public List<ClusterRequest> clusterRequests() {
        return lines(world.clusterJournal()).stream()
                .filter(line -> line.has("method"))
                .map(line -> new ClusterRequest(
                        line.path("method").asText(),
                        line.path("path").asText(),
                        line.path("status").asInt(),
                        line.path("user").asText(),
                        line.path("changing").asBoolean()))
                .toList();
    }

    /**
     * An attempt to reach a host that is not of this world.
     *
     * @param by what tried: {@code docker pull}, {@code release check}, {@code ping from the VM}, {@code controller} …
     */
    public record OutsideContact(String host, String by) {}

    /** Every attempt to reach a host that is not of this world, as often as it happened. */
    public List<OutsideContact> outside() {
        return Stream.concat(
                        lines(world.folder().resolve("outside.jsonl")).stream(), lines(world.clusterJournal()).stream())
                .filter(line -> line.has("outside"))
                .map(line -> new OutsideContact(
                        line.path("outside").asText(), line.path("by").asText()))
                .toList();
    }

    /** Those hosts alone, in order. */
    public List<String> outsideContacts() {
        return outside().stream().map(OutsideContact::host).toList();
    }

    /** Whatever changed something: verbs of {@code minishift} or {@code crc}, and requests to the cluster. Empty after read-only work. */
    public List<String> changingCalls() {
        List<String> changing = new ArrayList<>();
        invocations().stream()
                .filter(Journal::changes)
                .map(Invocation::commandLine)
                .forEach(changing::add);
        clusterRequests().stream()
                .filter(ClusterRequest::changing)
                .map(request -> request.method() + " " + request.path())
                .forEach(changing::add);
        return List.copyOf(changing);
    }

    private static boolean changes(Invocation invocation) {
        String line = String.join(" ", invocation.arguments());
        if (invocation.program().equals("crc")) {
            return line.matches("(start|stop|delete|setup|cleanup|config (set|unset)).*")
                    && !line.contains("--check-only");
        }
        return invocation.program().equals("minishift")
                && line.matches("(start|stop|delete|setup-cdk|config (set|unset)|profile (set|delete)"
                        + "|addons (enable|disable|install|apply|remove)|openshift (config set|restart)"
                        + "|image (cache-config (add|remove)|import|export)).*");
    }

    private static List<JsonNode> lines(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank()).map(Journal::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JsonFile.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
