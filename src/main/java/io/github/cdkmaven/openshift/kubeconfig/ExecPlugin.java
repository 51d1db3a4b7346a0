package io.github.cdkmaven.openshift.kubeconfig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.openshift.kubeconfig.Credential.ClientCertificate;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Command;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.SecretPlaces;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.tls.HeaderValue;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A program that gives a login to Kubernetes' clients ({@code exec} in a kubeconfig, {@code client.authentication.k8s.io/v1}). It is run when the
 * first call needs it, and again when what it gave expires or is refused. Safe for use by several threads.
 *
 * <p>It gets no standard input: a build has nobody who could answer. What it prints is a secret.
 */
public final class ExecPlugin {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]{8,})\"");
    private static final int HINT = 400;
    private static final int LAST_LINES = 5;

    /**
     * What a plug-in gave.
     *
     * @param expires when it is worth nothing any more; absent where the plug-in does not say
     */
    public record Given(Optional<String> token, Optional<ClientCertificate> client, Optional<Instant> expires) {

        /** Never the token. */
        @Override
        public String toString() {
            return "what a plug-in gave";
        }
    }

    private final JsonNode entry;
    private final Path command;
    private final ObjectNode info;
    private final String kubeconfig;
    private final CommandRunner runner;
    private Optional<Given> given = Optional.empty();
    private Optional<ProblemException> failure = Optional.empty();

    /**
     * A plug-in that is not run yet.
     *
     * @param entry what stands under {@code exec}
     * @param command the program's file, or its name where it was not found
     * @param info what the program is told by {@code KUBERNETES_EXEC_INFO}
     * @param kubeconfig what to call the kubeconfig in messages
     */
    ExecPlugin(JsonNode entry, Path command, ObjectNode info, String kubeconfig, CommandRunner runner) {
        this.entry = entry;
        this.command = command;
        this.info = info;
        this.kubeconfig = kubeconfig;
        this.runner = runner;
    }

    /** What a kubeconfig says of this plug-in, wherever that kubeconfig lies. */
    JsonNode entry() {
        return ((ObjectNode) entry.deepCopy()).put("command", command.toString());
    }

    /**
     * What the program gave, or gives now. One that has failed is not run again: whoever waited meanwhile would wait as long once more, and a person
     * would be asked once more.
     *
     * @throws ProblemException if it gives nothing that can be used
     */
    public synchronized Given credential() {
        if (failure.isPresent()) {
            throw failure.get();
        }
        try {
            Given current = given.filter(
                            old -> old.expires().map(Instant.now()::isBefore).orElse(true))
                    .orElseGet(this::run);
            given = Optional.of(current);
            return current;
        } catch (ProblemException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    /** Throws away what the server refused, unless that has happened already. */
    public synchronized void forget(Given refused) {
        given = given.filter(current -> current != refused);
    }

    private Given run() {
        Map<String, String> environment = new HashMap<>();
        entry.path("env")
                .forEach(variable -> environment.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        environment.put("KUBERNETES_EXEC_INFO", JsonTree.text(info));
        List<String> arguments =
                entry.path("args").valueStream().map(JsonNode::asText).toList();
        try {
            CommandResult result = runner.run(new Command(command, arguments, environment, LIMIT).quietly());
            if (!result.succeeded()) {
                throw failed(result.ended() ? "did not end within a minute" : "exited " + result.exit())
                        .with(lastLines(result))
                        .toException();
            }
            return given(result.out());
        } catch (ProblemException e) {
            throw e.problem().what().startsWith("The plug-in")
                    ? e
                    : failed("could not be run").with(hint()).toException(e);
        }
    }

    /** Of standard error, and there nothing that stands on standard output too. */
    private static List<String> lastLines(CommandResult result) {
        List<String> printed = new ArrayList<>(List.of(result.out()));
        QUOTED.matcher(result.out()).results().map(found -> found.group(1)).forEach(printed::add);
        String shown = Secrets.of(printed).mask(result.secrets().mask(result.err()));
        List<String> lines =
                SecretPlaces.mask(shown).lines().filter(line -> !line.isBlank()).toList();
        return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    }

    private List<String> hint() {
        String hint = entry.path("installHint").asText("");
        return hint.isBlank() ? List.of() : List.of(ForeignText.line(SecretPlaces.mask(hint), HINT));
    }

    private Given given(String printed) {
        JsonNode answer;
        try {
            answer = JsonTree.read(printed);
        } catch (JsonProcessingException e) {
            // Not the cause: its message quotes what was printed.
            throw failed("did not print JSON").toException();
        }
        if (!answer.path("kind").asText().equals("ExecCredential")
                || !answer.path("apiVersion")
                        .asText()
                        .equals(entry.path("apiVersion").asText())) {
            throw failed("did not print an ExecCredential of the apiVersion that the kubeconfig names")
                    .toException();
        }
        JsonNode status = answer.path("status");
        Optional<String> token = text(status, "token");
        Optional<String> certificate = text(status, "clientCertificateData");
        Optional<String> key = text(status, "clientKeyData");
        if (token.isEmpty() && certificate.isEmpty() || certificate.isPresent() != key.isPresent()) {
            throw failed("returned neither a token nor a certificate with its key")
                    .toException();
        }
        if (token.filter(text -> !HeaderValue.isValid(text)).isPresent()) {
            throw failed(
                            "returned a token with a line break, or another character that is not allowed in an HTTP header")
                    .toException();
        }
        try {
            return new Given(
                    token,
                    certificate.map(pem -> new ClientCertificate(pem, key.orElseThrow())),
                    text(status, "expirationTimestamp")
                            .map(OffsetDateTime::parse)
                            .map(OffsetDateTime::toInstant));
        } catch (DateTimeException e) {
            throw failed("returned an expirationTimestamp that is not a time").toException();
        }
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.of(node.path(name).asText("")).filter(text -> !text.isBlank());
    }

    private Problem failed(String how) {
        return Problem.of(
                "The plug-in '"
                        + KubeconfigEntries.shown(Optional.ofNullable(command.getFileName())
                                .orElse(command)
                                .toString()) + "' that the kubeconfig " + kubeconfig + " logs in with " + how + ".",
                "run 'oc whoami' with that kubeconfig, and log in as the plug-in asks: a build cannot answer its"
                        + " questions; or log in with 'oc login' and name that kubeconfig: <kubeconfig> (-Dcdk.kubeconfig)");
    }

    /** The same program with the same arguments is the same plug-in. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ExecPlugin plugin && plugin.entry().equals(entry());
    }

    @Override
    public int hashCode() {
        return entry.hashCode();
    }

    /** Never its arguments. */
    @Override
    public String toString() {
        return "plug-in " + command;
    }
}
