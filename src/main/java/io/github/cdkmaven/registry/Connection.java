package io.github.cdkmaven.registry;

import io.github.cdkmaven.process.Deadline;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One registry, whose API version is checked once: sends what the endpoints ask, logged in. The first try is the one that docker and OpenShift would
 * make with the same login, so that it shows whether they get in.
 */
final class Connection implements Sender {

    static final EndpointCaller.Request VERSION_CHECK = new EndpointCaller.Request("GET", "/v2/", List.of());

    private final Registry access;
    private final EndpointCaller caller;
    private final Authenticator authenticator;
    private final ReentrantLock checkLock = new ReentrantLock();
    private final Set<String> closed = ConcurrentHashMap.newKeySet();
    private volatile @Nullable VersionCheck known;

    Connection(Registry access, EndpointCaller caller) {
        this.access = access;
        this.caller = caller;
        this.authenticator = new Authenticator(access, new TokenEndpoint(access, caller));
    }

    /** What the first contact taught; one request the first time, none later. */
    VersionCheck versionCheck(Deadline deadline) throws RegistryException {
        VersionCheck check = known;
        if (check != null) {
            return check;
        }
        checkLock.lock();
        try {
            check = known;
            return check == null ? checkAgain(deadline) : check;
        } finally {
            checkLock.unlock();
        }
    }

    private VersionCheck checkAgain(Deadline deadline) throws RegistryException {
        VersionCheck fresh = VersionCheck.of(access, caller, deadline);
        known = fresh;
        return fresh;
    }

    /** Whether a registry is there, and lets us in; asked anew, since what was learnt before may have changed. */
    PingAnswer ping(Deadline deadline) {
        try {
            VersionCheck check = checkAgain(deadline);
            PingAnswer answer = new PingAnswer(
                    check.registry(),
                    check.words(),
                    check.auth(),
                    check.plainHttp(),
                    check.login().filter(Origin::plainHttp).isPresent(),
                    Optional.empty(),
                    Optional.empty());
            return logIn(check, answer, deadline);
        } catch (RegistryException e) {
            return PingAnswer.failed(e.failure());
        }
    }

    private PingAnswer logIn(VersionCheck check, PingAnswer answer, Deadline deadline) {
        try {
            if (!check.possible()) {
                throw new RegistryException(notARegistry(check));
            }
            if (check.status() != 401) {
                return answer;
            }
            Challenge challenge = check.challenge()
                    .orElseThrow(
                            () -> new RegistryException(RegistryFailure.Unauthorized.withoutChallenge(access.host())));
            if (challenge.auth() == AuthScheme.OTHER) {
                throw new RegistryException(
                        RegistryFailure.Unauthorized.unknownScheme(access.host(), challenge.scheme()));
            }
            Optional<Credentials> login = access.credentials();
            if (challenge.auth() == AuthScheme.BEARER && login.isEmpty()) {
                // Harbor and Quay give strangers a token for an image and none for nothing in particular.
                return answer;
            }
            if (challenge.auth() == AuthScheme.BEARER) {
                TokenEndpoint.Token token = authenticator.token(check, challenge, login, "", deadline);
                if (!token.named()) {
                    return answer.withDroppedLogin(new RegistryFailure.DroppedLogin(access.host(), challenge.server()));
                }
            }
            HttpResponse<byte[]> response = send(VERSION_CHECK, "", deadline);
            if (response.statusCode() == 403 && isPage(response)) {
                // A proxy's, which docker and OpenShift never see: they do not ask here a second time.
                return answer.doubtful(VersionCheck.words(response));
            }
            return response.statusCode() == 200 ? answer : answer.withFailure(refusal(response));
        } catch (RegistryException e) {
            return e.failure() instanceof RegistryFailure.DroppedLogin dropped
                    ? answer.withDroppedLogin(dropped)
                    : answer.withFailure(e.failure());
        }
    }

    private static boolean isPage(HttpResponse<byte[]> response) {
        return VersionCheck.type(response).startsWith("text/html");
    }

    private RegistryFailure notARegistry(VersionCheck check) {
        // nginx: 400 No required SSL certificate was sent.
        return check.status() == 400 && caller.askedForCertificate()
                ? TlsDiagnosis.clientCertificate(access.host())
                : new RegistryFailure.Broken(
                        check.status(),
                        EndpointCaller.isPassing(check.status())
                                ? "an error of the registry or of a proxy"
                                : "something answers there, but it is not a registry");
    }

    private RegistryFailure refusal(HttpResponse<byte[]> response) {
        boolean refused = response.statusCode() == 401 || response.statusCode() == 403;
        return refused && access.credentials().isPresent()
                ? RegistryFailure.Unauthorized.refused(
                        "registry " + access.host(),
                        access.credentials().get(),
                        ErrorResponse.of(response).orElse("no reason given") + " (" + response.statusCode() + ')')
                : new RegistryException(ErrorResponse.answer(response)).failure();
    }

    @Override
    public HttpResponse<byte[]> send(EndpointCaller.Request request, String repository, Deadline deadline)
            throws RegistryException {
        VersionCheck check = versionCheck(deadline);
        Optional<Credentials> login = access.credentials();
        Optional<Challenge> first = check.heeded().filter(challenge -> challenge.auth() != AuthScheme.OTHER);
        boolean aimless = repository.isEmpty()
                && login.isEmpty()
                && first.filter(challenge -> challenge.auth() == AuthScheme.BEARER)
                        .isPresent();
        String scope = scope(repository);
        Optional<String> header = first.isEmpty() || aimless
                ? Optional.empty()
                : authenticator.header(check, first.get(), login, scope, deadline);
        HttpResponse<byte[]> response = caller.call(check.base(), request, header, deadline);
        Optional<Challenge> second =
                response.statusCode() == 401 && !aimless ? Challenge.of(response.headers()) : Optional.empty();
        if (second.isEmpty()) {
            return response;
        }
        String wanted = second.get().parameter("scope").orElse(scope);
        // The token was good by the clock, and the registry has forgotten it.
        authenticator.forget(second.get(), login, scope);
        authenticator.forget(second.get(), login, wanted);
        Optional<String> better = authenticator.header(check, second.get(), login, wanted, deadline);
        if (better.isEmpty() || better.equals(header)) {
            return response;
        }
        HttpResponse<byte[]> answer = caller.call(check.base(), request, better, deadline);
        boolean other = first.map(Challenge::auth).orElse(AuthScheme.NONE)
                != second.get().auth();
        if (other && answer.statusCode() != 401 && !repository.isEmpty()) {
            closed.add(repository);
        }
        return answer;
    }

    /** The repositories that only a client of every challenge gets into. */
    Set<String> closedToPullers() {
        return Set.copyOf(closed);
    }

    /** Sends a request by the challenge of {@code /v2/} alone, as some party does. */
    HttpResponse<byte[]> sendOnce(
            Party party,
            Optional<Credentials> login,
            EndpointCaller.Request request,
            String repository,
            Deadline deadline)
            throws RegistryException {
        VersionCheck check = versionCheck(deadline);
        Optional<Challenge> challenge = check.heeded();
        if (challenge.filter(heeded -> heeded.auth() == AuthScheme.BASIC).isPresent()
                && login.isEmpty()
                && !party.asksWithoutLogin()) {
            throw new RegistryException(RegistryFailure.Unauthorized.nobody("no basic auth credentials"));
        }
        Optional<String> header = challenge.isEmpty()
                ? Optional.empty()
                : authenticator.header(check, challenge.get(), login, scope(repository), deadline);
        return caller.call(check.base(), request, header, deadline);
    }

    private static String scope(String repository) {
        return repository.isEmpty() ? "" : "repository:" + repository + ":pull";
    }
}
