package io.github.cdkmaven.crc;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.Secrets;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What crc, its VM and its cluster can tell to somebody who wants to know why a goal failed. Only asks. */
final class Diagnosis {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int LONGEST = 1_000_000;
    private static final Secrets MASK = Secrets.NONE.and(Crc.SECRETS);

    private final Map<String, String> answers = new LinkedHashMap<>();

    /** What crc itself says; a question that is not answered in time says so. Its settings hold passwords in clear text, and are left out. */
    Diagnosis(Supplier<Crc> crc) {
        ask(crc, "version.txt", "version");
        ask(crc, "status.txt", "status", "-o", "json");
    }

    private void ask(Supplier<Crc> crc, String file, String... words) {
        add(file, () -> {
            CommandResult result = crc.get().ask(LIMIT, words);
            return (result.ended()
                            ? "did not end within " + LIMIT.toSeconds() + " s\n"
                            : "exit status " + result.exit() + "\n")
                    + result.shown();
        });
    }

    /** A text, or why there is none. */
    void add(String file, Supplier<String> text) {
        try {
            answers.put(file, text.get());
        } catch (ProblemException e) {
            answers.put(file, e.getMessage() + "\n");
        }
    }

    /** The end of a file, if it is there; crc's log quotes what it runs in the VM, pull secret included. */
    void addTail(String name, Path file) {
        if (!Files.isReadable(file)) {
            return;
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long begin = Math.max(0, log.length() - LONGEST);
            byte[] bytes = new byte[(int) (log.length() - begin)];
            log.seek(begin);
            log.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            // From a whole line on: half a secret is known by no mask.
            answers.put(name, MASK.mask(begin == 0 ? text : text.substring(text.indexOf('\n') + 1)));
        } catch (IOException e) {
            answers.put(name, e + "\n");
        }
    }

    /** What the cluster says of its operators, its pool, its pods and its events. */
    void addCluster(OpenShiftApi api) {
        ask(api, "clusteroperators.json", "/apis/config.openshift.io/v1/clusteroperators");
        ask(api, "machineconfigpools.json", "/apis/machineconfiguration.openshift.io/v1/machineconfigpools");
        ask(api, "pods.json", "/api/v1/pods?limit=500");
        ask(api, "events.json", "/api/v1/events?limit=500");
    }

    private void ask(OpenShiftApi api, String file, String path) {
        try {
            JsonNode body = api.get(path, LIMIT).body();
            answers.put(file, body.isMissingNode() ? "no JSON\n" : JsonTree.pretty(body) + "\n");
        } catch (IOException e) {
            answers.put(file, e + "\n");
        }
    }

    /** The texts by file name. */
    Map<String, String> answers() {
        return answers;
    }
}
