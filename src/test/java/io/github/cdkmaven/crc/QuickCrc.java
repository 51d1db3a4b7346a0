package io.github.cdkmaven.crc;

import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.SimulatedCrc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * A crc that answers what the simulated one has just answered to the same question, without a JVM for each: tests that ask the same of one state many
 * times take it. What changes something is done by the simulated one.
 */
final class QuickCrc {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("CRC_CONSENT_TELEMETRY", "no", "CRC_DISABLE_UPDATE_CHECK", "true");

    private final SimulatedCrc crc;
    private final Path folder;

    QuickCrc(SimulatedCrc crc, Path folder) throws IOException {
        this.crc = crc;
        this.folder = Files.createDirectories(folder);
        Path script = Files.writeString(program(), """
                #!/bin/sh
                answer="%1$s/$*"
                case "$1" in
                start|stop|delete) echo "$*" | sed 's/ -[pb] [^ ]*//g; s/ -o json//' >>'%2$s'; rm -f '%1$s'/*.out;;
                setup) answer='%1$s/setup';;
                esac
                if [ -f "$answer.out" ]; then cat "$answer.err" >&2; cat "$answer.out"; exit 0; fi
                exec '%3$s' "$@"
                """.formatted(folder, changes(), crc.crc()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    Path program() {
        return folder.resolve("crc");
    }

    private Path changes() {
        return folder.resolve("changes");
    }

    /** Everything that changes something, and was asked for since the last look. */
    List<String> takeChanges() throws IOException {
        List<String> lines = Files.exists(changes()) ? Files.readAllLines(changes()) : List.of();
        Files.deleteIfExists(changes());
        return lines;
    }

    /** Asks the simulated crc how it is now. */
    void look() throws IOException {
        for (String question : List.of("version -o json", "status -o json", "ip", "console --url -o json")) {
            SimulatedCdk.Output output = crc.run(ENVIRONMENT, question.split(" "));
            if (output.exit() == 0) {
                say(question, output.stdout(), output.stderr());
            } else {
                Files.deleteIfExists(folder.resolve(question + ".out"));
            }
        }
        SimulatedCdk.Output setup = crc.run(
                ENVIRONMENT,
                "setup",
                "--check-only",
                "-o",
                "json",
                "-b",
                crc.bundle().toString());
        say("setup", setup.stdout(), setup.stderr());
    }

    /** What it says from now on. */
    void say(String question, String out, String err) throws IOException {
        Files.writeString(folder.resolve(question + ".out"), out);
        Files.writeString(folder.resolve(question + ".err"), err);
    }

    /** What crc says of a VM that its daemon is changing, which no command reaches. */
    void status(String vm, String openshift) throws IOException {
        say(
                "status -o json",
                "{\"success\": true, \"crcStatus\": \"" + vm + "\", \"openshiftStatus\": \"" + openshift
                        + "\", \"openshiftVersion\": \"" + crc.openshift() + "\"}",
                "");
    }
}
