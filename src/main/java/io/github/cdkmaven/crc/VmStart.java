package io.github.cdkmaven.crc;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.FoldedLines;
import io.github.cdkmaven.process.Heartbeat;
import io.github.cdkmaven.process.UserFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs {@code crc start} once, with all that it could ask for. */
final class VmStart {

    /** What crc prints, beside the reports. */
    static final String LOG_FILE = "crc-start.log";

    private static final Logger LOG = LoggerFactory.getLogger(VmStart.class);
    private static final int LAST = 8;
    private static final Duration BEAT = Duration.ofSeconds(30);

    private final CrcStartSettings settings;
    private final CrcInstallation tools;
    private final Path log;

    /**
     * A start that is still to be run.
     *
     * @param reports where the log goes
     */
    VmStart(CrcStartSettings settings, CrcInstallation tools, Path reports) {
        this.settings = settings;
        this.tools = tools;
        this.log = reports.resolve(LOG_FILE);
    }

    /**
     * Starts the VM and its OpenShift.
     *
     * @param bundle the value of {@code -b}, where one is given
     * @return what crc answered: a success, which proves nothing of the cluster
     * @throws io.github.cdkmaven.problem.ProblemException if it failed, said nothing for too long, or did not end in time
     */
    CrcAnswer run(Crc crc, Optional<String> bundle, Deadline deadline) {
        try (PullSecretFile secret = PullSecretFile.of(
                        settings.pullSecretFile(), settings.registries(), UserFolder.create(tools.accountHome()));
                FoldedLines lines = new FoldedLines(VmStart::tell)) {
            List<String> arguments = arguments(bundle, secret.file());
            LOG.info("Running crc {}", String.join(" ", arguments));
            CrcAnswer answer = Heartbeat.during(
                    "crc start",
                    deadline.limit(),
                    BEAT,
                    LOG::info,
                    () -> crc.start(arguments, deadline.left(), log, lines));
            if (!answer.succeeded()) {
                throw problem(answer, deadline).loggedIn(log).toException();
            }
            return answer;
        }
    }

    private List<String> arguments(Optional<String> bundle, Path secret) {
        List<String> words = new ArrayList<>(List.of("start", "-o", "json", "-p", secret.toString()));
        bundle.ifPresent(path -> words.addAll(List.of("-b", path)));
        settings.size().cpus().ifPresent(number -> words.addAll(List.of("-c", number.toString())));
        settings.size().memory().ifPresent(number -> words.addAll(List.of("-m", number.toString())));
        settings.size().disk().ifPresent(number -> words.addAll(List.of("-d", number.toString())));
        settings.nameserver().ifPresent(address -> words.addAll(List.of("-n", address)));
        return words;
    }

    /** What crc's answer and its passwords consist of is no log line. */
    private static void tell(String line) {
        Crc.message(line).filter(text -> !text.isBlank()).ifPresent(text -> LOG.info("  crc | {}", text));
    }

    private static Problem problem(CrcAnswer answer, Deadline deadline) {
        CommandResult result = answer.result();
        List<String> said = lastMessages(result);
        if (result.ended() && deadline.isOver()) {
            return Problem.of(
                            "'crc start' did not end within " + Heartbeat.words(deadline.limit()) + " and was ended.",
                            "check its last lines; if it only needs more time, <startTimeout>60m</startTimeout> or -Dcdk.startTimeout=60m")
                    .with(said);
        }
        if (result.ended()) {
            return said.isEmpty()
                    ? KnownFailure.hangs(Path.of("'crc start'"))
                    : Problem.of(
                                    "'crc start' printed nothing for " + Heartbeat.words(Crc.LONGEST_SILENCE)
                                            + " and was ended.",
                                    "see in its last lines what it waits for; the next start continues from there")
                            .with(said);
        }
        return KnownFailure.of(answer)
                .orElseGet(() -> answer.error().isEmpty()
                        ? Problem.of(
                                "'crc start' ended without an error message (exit status " + result.exit() + ").",
                                "check whether this machine ran out of memory, or somebody killed the process")
                        : Problem.of("'crc start' failed.", "see its messages below and the log")
                                .with("crc: " + answer.shownError()))
                .with(said);
    }

    private static List<String> lastMessages(CommandResult result) {
        List<String> messages = result.secrets()
                .mask(result.err())
                .lines()
                .flatMap(line -> Crc.message(line).stream())
                .filter(text -> !text.equals("warning: Skipping above check..."))
                .toList();
        return messages.subList(Math.max(0, messages.size() - LAST), messages.size());
    }

    /** Whether crc found the VM up and so did nothing. */
    static boolean foundItRunning(CrcAnswer answer) {
        return answer.result().err().contains("is already running");
    }

    /** Whether crc has given up to wait for the cluster, which it calls a success. */
    static boolean gaveUpWaiting(CrcAnswer answer) {
        return answer.result().err().contains("Cluster is not ready");
    }
}
