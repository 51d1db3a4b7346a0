package io.github.cdkmaven.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.hostile.HostileRegistry.Kind;
import io.github.cdkmaven.hostile.HostileRegistry.Question;
import io.github.cdkmaven.minishift.images.SeedImage;
import io.github.cdkmaven.minishift.images.SeedResult;
import io.github.cdkmaven.minishift.images.SeededImages;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.ManifestAnswer;
import io.github.cdkmaven.registry.ManifestContent;
import io.github.cdkmaven.registry.ManifestQuery;
import io.github.cdkmaven.registry.PingAnswer;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.registry.RegistryClient;
import io.github.cdkmaven.registry.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks each kind of hostile registry each question: none may hang, lie, or meet an exception that nobody expects. */
@DisplayName("A hostile registry")
class HostileRegistriesTest {

    /** For an answer that cannot come. */
    private static final Duration SHORT = Duration.ofMillis(700);

    /** For an answer that has to come, however busy the machine is. */
    private static final Duration LONG = Duration.ofSeconds(40);

    /** No question to a hostile registry takes so long, unless it hangs. */
    private static final long HANGS_AFTER_SECONDS = 60;

    /** Most of them wait most of the time. */
    private static final int AT_ONCE = 16;

    private static final int LONGEST_WORDS = 700;
    private static final String NAME = "registry.access.redhat.com/x/y:v1";

    @TempDir
    Path folder;

    /** What came of a question: the answer's digest, or why there is none. */
    private record Outcome(Optional<String> digest, String words) {

        static Outcome right(String digest) {
            return new Outcome(Optional.of(digest), "");
        }

        static Outcome refused(String words) {
            return new Outcome(Optional.empty(), words);
        }

        static Outcome of(ManifestAnswer answer) {
            return answer instanceof ManifestAnswer.Found found && !found.otherArchitecture()
                    ? right(found.digest())
                    : refused(answer.words());
        }
    }

    @Test
    @DisplayName("of any kind gets no login that is not for it, makes nothing succeed that is wrong, and nobody wait")
    void allKinds() throws Exception {
        Set<String> logins = ConcurrentHashMap.newKeySet();
        List<String> faults = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try (HostileServer stranger = stranger(logins)) {
            List<Kind> kinds = HostileRegistry.kinds(stranger.host());
            assertThat(kinds).hasSizeGreaterThan(137);
            Map<Kind, Future<List<String>>> running = new LinkedHashMap<>();
            kinds.forEach(kind -> running.put(kind, threads.submit(() -> faults(kind))));
            for (Map.Entry<Kind, Future<List<String>>> entry : running.entrySet()) {
                faults.addAll(faults(entry.getKey(), entry.getValue()));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(faults).isEmpty();
        assertThat(logins).isEmpty();
    }

    private static List<String> faults(Kind kind, Future<List<String>> result) throws InterruptedException {
        try {
            return result.get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return List.of(kind + " hangs");
        } catch (ExecutionException e) {
            return List.of(kind + ": " + e.getCause());
        }
    }

    /** Asks everybody for a login, hands out tokens, and notes who told it who they are. */
    private static HostileServer stranger(Set<String> logins) throws IOException {
        return HostileServer.answering((server, request, out) -> {
            Optional.ofNullable(request.headers().get("authorization"))
                    .filter(login -> !login.startsWith("Bearer"))
                    .ifPresent(login -> logins.add(request.path() + " " + login));
            Reply reply =
                    switch (request.path().split("\\?")[0]) {
                        case "/token" -> Reply.of("200 OK", "{\"token\": \"of-a-stranger\"}");
                        case "/ask-token" ->
                            Reply.of("401 Unauthorized")
                                    .with("WWW-Authenticate", "Bearer realm=\"http://" + server.host() + "/token\"");
                        case "/ask-basic" -> Reply.of("401 Unauthorized").with("WWW-Authenticate", "Basic realm=\"x\"");
                        default -> Reply.of("200 OK", "{}");
                    };
            return reply.answer(server, request, out);
        });
    }

    /** What a kind of registry brings about that must not be. */
    private List<String> faults(Kind kind) throws IOException {
        List<String> faults = new ArrayList<>();
        Path cache = Files.createTempDirectory(folder, "cache");
        try (HostileServer server = kind.start()) {
            for (Question question : Question.values()) {
                boolean succeeds =
                        !kind.refused().contains(question) && !kind.open().contains(question);
                Registry access = Registry.to(server.host())
                        .withInsecure(true)
                        .withTimeout(succeeds ? LONG : SHORT)
                        .withCredentials(new Credentials("carol", "canary"));
                try (RegistryClient client = new RegistryClient(access)) {
                    fault(kind, question, ask(client, question, cache, access.timeout()), server.host())
                            .ifPresent(fault -> faults.add(kind + ", " + question + ": " + fault));
                } catch (IOException | RuntimeException | Error e) {
                    faults.add(kind + ", " + question + " meets " + e + " at "
                            + List.of(e.getStackTrace()).subList(0, Math.min(3, e.getStackTrace().length)));
                }
            }
            if (server.flooded() > 7L * (48 << 20)) {
                faults.add(kind + " could send " + server.flooded() + " bytes");
            }
        }
        faults.addAll(litter(kind, cache));
        return faults;
    }

    private static Outcome ask(RegistryClient client, Question question, Path cache, Duration within)
            throws IOException {
        try {
            return switch (question) {
                case PING -> pinged(client.ping());
                case MANIFEST -> Outcome.of(client.manifest("team/app", "v1"));
                case ARCHITECTURE -> Outcome.of(client.manifestWithArchitecture("team/app", "v1"));
                case MANY -> {
                    ManifestQuery query = new ManifestQuery("team/app", "v1");
                    yield Outcome.of(client.manifests(List.of(query, new ManifestQuery("team/other", "v2")), 8, within)
                            .get(query));
                }
                case FETCH -> {
                    ManifestContent content = client.fetchManifest("team/app", "v1");
                    yield Outcome.right(content.digest());
                }
                case SEED -> seeded(client, cache, within);
            };
        } catch (RegistryException e) {
            assertThat(e).hasMessageStartingWith(client.access().host() + ": ");
            return Outcome.refused(e.getMessage());
        }
    }

    private static Outcome pinged(PingAnswer answer) {
        return answer.ok()
                ? Outcome.right("")
                : Outcome.refused(answer.failure().map(ManifestAnswer::words).orElse("no registry"));
    }

    private static Outcome seeded(RegistryClient client, Path cache, Duration within) throws IOException {
        SeedImage image = new SeedImage(NAME, "team/app", "v1");
        SeedResult result =
                SeededImages.seed(cache, client, List.of(image), within).get(image);
        boolean held = SeededImages.holds(cache, NAME);
        assertThat(result instanceof SeedResult.Failed).as("whether it is held").isNotEqualTo(held);
        return result instanceof SeedResult.Failed failed
                ? Outcome.refused(failed.answer().words())
                : Outcome.right("");
    }

    private static Optional<String> fault(Kind kind, Question question, Outcome outcome, String host) {
        if (outcome.digest().isEmpty()) {
            return wordsFault(outcome.words())
                    .or(() -> kind.refused().contains(question) || kind.open().contains(question)
                            ? Optional.empty()
                            : Optional.of("refused: " + outcome.words()));
        }
        if (kind.refused().contains(question)) {
            return Optional.of("succeeds");
        }
        boolean named = question != Question.PING && question != Question.SEED;
        return named
                        && !kind.open().contains(question)
                        && !outcome.digest().get().equals(kind.digest())
                ? Optional.of("brings " + outcome.digest().get())
                : Optional.empty();
    }

    /** What the user is told has to fit into a line, and must not steer the terminal. */
    private static Optional<String> wordsFault(String words) {
        boolean steers = words.codePoints()
                .anyMatch(point -> Set.of((int) Character.CONTROL, (int) Character.FORMAT, (int) Character.SURROGATE)
                        .contains(Character.getType(point)));
        return steers || words.isBlank() || words.length() > LONGEST_WORDS
                ? Optional.of("is told as: " + words)
                : Optional.empty();
    }

    /** What is left in the cache beside whole blobs. */
    private static List<String> litter(Kind kind, Path cache) throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> cache.relativize(file).toString())
                    .filter(file ->
                            !file.matches("blobs/sha256/[0-9a-f]{64}|oci-layout|index\\.json|\\.seeding\\.lock"))
                    .map(file -> kind + " leaves " + file)
                    .toList();
        }
    }
}
