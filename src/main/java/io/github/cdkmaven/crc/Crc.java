package io.github.cdkmaven.crc;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Command;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands of one crc, each with what its answer is worth.
 *
 * <p>Whatever crc could ask is answered before: consent by the environment, everything else by flags and by output that is no terminal. It probes the
 * keyring at the start of every command and hangs when that is locked (crc#4342), so that it gets a session bus that nobody listens to.
 */
final class Crc {

    /** What crc may print of secrets, which it makes itself: passwords in its answers, the pull secret in Base64 in its errors (crc#773). */
    static final List<Pattern> SECRETS = List.of(
            Pattern.compile("(?<=\"password\": ?\")[^\"\\n]+"),
            Pattern.compile("(?<=-p )\\S+(?= https://)"),
            // Neither a digest nor a path.
            Pattern.compile("(?<![A-Za-z0-9+/=])(?![0-9a-f]+(?![A-Za-z0-9+/=]))(?!(?:/[a-z0-9]+)+/?(?![A-Za-z0-9+/=]))"
                    + "[A-Za-z0-9+/=]{40,}"));

    /** A line of its log (logrus without a terminal). */
    private static final Pattern LINE =
            Pattern.compile("(?:time=\\S+ )?level=(info|warning|error|fatal) msg=\"?(.*?)\"?");

    private static final Duration QUICK = Duration.ofMinutes(2);

    /** The longest that a start says nothing is ten minutes, when it renews certificates (crc {@code pkg/crc/machine/start.go}). */
    static final Duration LONGEST_SILENCE = Duration.ofMinutes(15);

    private final CommandRunner runner;
    private final Path executable;
    private final Map<String, String> environment;

    /**
     * A crc.
     *
     * @param accountHome the home of the account: crc goes by HOME
     * @param kubeconfig the file that stands in for the user's, which crc rewrites at start, stop and delete
     * @param proxies what the environment has to say of proxies
     */
    Crc(CommandRunner runner, Path executable, Path accountHome, Path kubeconfig, Map<String, String> proxies) {
        this.runner = runner.hiding(SECRETS);
        this.executable = executable;
        this.environment = new HashMap<>(proxies);
        environment.put("HOME", accountHome.toString());
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("CRC_CONSENT_TELEMETRY", "no");
        environment.put("CRC_DISABLE_UPDATE_CHECK", "true");
        environment.put("CRC_ENABLE_BUNDLE_QUAY_FALLBACK", "false");
        environment.put("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/cdk-maven-plugin");
    }

    /** The executable, for messages. */
    Path executable() {
        return executable;
    }

    /** Which version this is. */
    CrcVersion version() {
        CommandResult result = run(QUICK, line -> {}, List.of("version", "-o", "json"));
        CrcAnswer answer = CrcAnswer.of(result);
        if (!answer.isJson()) {
            throw hangs(result)
                    .orElseGet(() -> KnownFailure.of(answer)
                            .orElseGet(() -> Problem.of(
                                    "'crc version' failed with exit status " + result.exit() + ".",
                                    "check that " + executable + " is OpenShift Local (<crc>, -Dcdk.crc)"))
                            .with(result.lastLines()))
                    .toException();
        }
        return CrcVersion.of(answer.json());
    }

    /** The state of the VM. A daemon that answers late is taken for none (crc {@code cmd/status.go:148}), so that it is asked once more. */
    CrcStatus status(CrcFiles files) {
        CrcStatus first = askStatus(files);
        return first.situation() == CrcStatus.Situation.NO_DAEMON ? askStatus(files) : first;
    }

    private CrcStatus askStatus(CrcFiles files) {
        CommandResult result = run(QUICK, line -> {}, List.of("status", "-o", "json"));
        hangs(result).ifPresent(problem -> {
            throw problem.toException();
        });
        return CrcStatus.of(CrcAnswer.of(result), files);
    }

    /** What is missing of the set-up, which this changes nothing of. */
    CrcAnswer checkSetup(Optional<String> bundle) {
        List<String> words = new ArrayList<>(List.of("setup", "--check-only", "-o", "json"));
        bundle.ifPresent(path -> words.addAll(List.of("-b", path)));
        return CrcAnswer.of(run(QUICK, line -> {}, words));
    }

    /**
     * Starts the VM and its OpenShift. What came of it is for {@code status} and the cluster to say; this only tells what crc answered.
     *
     * @param arguments those of {@code start}
     * @param log the file that gets every line as it comes
     */
    CrcAnswer start(List<String> arguments, Duration limit, Path log, Consumer<String> listener) {
        Command command = command(limit, arguments).silentFor(LONGEST_SILENCE).loggedTo(log);
        return CrcAnswer.of(runner.run(command, listener));
    }

    /** Stops the VM; by force, it is switched off. */
    CrcAnswer stop(boolean force, Duration limit, Consumer<String> listener) {
        return CrcAnswer.of(
                run(limit, listener, force ? List.of("stop", "-f", "-o", "json") : List.of("stop", "-o", "json")));
    }

    /** Deletes the VM without asking; the cache stays. Without {@code -f} nothing would be deleted, and nothing said. */
    CrcAnswer delete(Duration limit, Consumer<String> listener) {
        return CrcAnswer.of(run(limit, listener, List.of("delete", "-f", "-o", "json")));
    }

    /** The VM's address; empty where there is none. */
    Optional<String> ip() {
        CommandResult result = run(QUICK, line -> {}, List.of("ip"));
        String text = result.out().strip();
        return result.succeeded() && text.matches("[0-9a-fA-F.:]+") ? Optional.of(text) : Optional.empty();
    }

    /** The web console's address; empty where crc does not tell it. Its answer holds passwords as well. */
    Optional<String> consoleUrl() {
        CrcAnswer answer = CrcAnswer.of(run(QUICK, line -> {}, List.of("console", "--url", "-o", "json")));
        return Optional.of(answer.json()
                        .path("clusterConfig")
                        .path("webConsoleUrl")
                        .asText(""))
                .filter(url -> answer.succeeded() && url.matches("https?://\\S+"));
    }

    /** Asks something for people to read. */
    CommandResult ask(Duration limit, String... words) {
        return run(limit, line -> {}, List.of(words));
    }

    private CommandResult run(Duration limit, Consumer<String> listener, List<String> words) {
        return runner.run(command(limit, words), listener);
    }

    private Command command(Duration limit, List<String> words) {
        return new Command(executable, words, environment, limit);
    }

    /** A quick command that does not end. */
    private Optional<Problem> hangs(CommandResult result) {
        return result.ended() ? Optional.of(KnownFailure.hangs(executable)) : Optional.empty();
    }

    /** A line of crc's log for people: without its form. Empty for what is no log line, which may hold a password. */
    static Optional<String> message(String line) {
        return Optional.of(LINE.matcher(line))
                .filter(Matcher::matches)
                .map(form -> (form.group(1).equals("info") ? "" : form.group(1) + ": ")
                        + form.group(2).replace("\\n", " ").replace("\\\"", "\""));
    }
}
