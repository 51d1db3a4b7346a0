package io.github.cdkmaven.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.cdkmaven.sim.cluster.JournalEntry;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What the plugin asked a cluster, to be asked again by {@link BareRequests}.
 *
 * @param requests in the order in which they were answered
 */
record Recording(List<JournalEntry> requests) {

    private static final String IMPORTS = "/imagestreamimports";

    /** Asks a cluster the same, as parallel as the plugin does: what comes before the imports, the imports stream by stream, and what comes after. */
    Timed replay(Path folder, SimulatedCluster cluster, String user, int lanes)
            throws IOException, InterruptedException {
        Path result = folder.resolve("seconds.txt");
        double cpu = TimedProcess.run(
                folder,
                List.of(
                        TimedProcess.java(),
                        "-cp",
                        Path.of("target/test-classes").toAbsolutePath().toString(),
                        BareRequests.class.getName(),
                        cluster.url().toString(),
                        Files.writeString(folder.resolve("ca.pem"), cluster.caPem())
                                .toString(),
                        cluster.token(user),
                        String.valueOf(lanes),
                        Files.write(folder.resolve("requests.txt"), lines()).toString(),
                        result.toString(),
                        String.valueOf(System.currentTimeMillis())));
        return new Timed(Double.parseDouble(Files.readString(result)), cpu, MissingNode.getInstance());
    }

    private List<String> lines() throws IOException {
        List<String> before = new ArrayList<>();
        List<String> imports = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (JournalEntry request : requests) {
            boolean importing = request.path().endsWith(IMPORTS);
            List<String> stage = importing ? imports : imports.isEmpty() ? before : after;
            stage.add(line(request, importing ? streamOf(request) : String.valueOf(stage.size())));
        }
        List<String> lines = new ArrayList<>();
        before.forEach(line -> lines.add("before " + line));
        imports.forEach(line -> lines.add("imports " + line));
        after.forEach(line -> lines.add("after " + line));
        return lines;
    }

    private static String streamOf(JournalEntry request) throws IOException {
        JsonNode metadata = new ObjectMapper().readTree(request.body()).path("metadata");
        return metadata.path("namespace").asText() + "/" + metadata.path("name").asText();
    }

    private static String line(JournalEntry request, String lane) {
        return String.join(
                " ",
                lane,
                request.method(),
                request.path() + (request.query().isEmpty() ? "" : "?" + request.query()),
                request.body().isEmpty()
                        ? "-"
                        : Base64.getEncoder().encodeToString(request.body().getBytes(StandardCharsets.UTF_8)),
                String.valueOf(request.status()));
    }
}
