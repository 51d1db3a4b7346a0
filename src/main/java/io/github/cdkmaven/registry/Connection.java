package io.github.cdkmaven.registry;

import io.github.cdkmaven.process.Deadline;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One registry, whose API version is checked once: sends what the endpoints ask, logged in. */
final class Connection {

    static final EndpointCaller.Request VERSION_CHECK = new EndpointCaller.Request("GET", "/v2/", List.of());

    private final Registry access;
    private final EndpointCaller caller;
    private final Authenticator authenticator;
    private final ReentrantLock checkLock = new ReentrantLock();
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
            return new PingAnswer(
                    check.registry(),
                    check.auth(),
                    check.plainHttp(),
                    check.login().filter(Origin::plainHttp).isPresent(),
                    failedLogin(check, deadline));
        } catch (RegistryException e) {
            return PingAnswer.failed(e.failure());
        }
    }

    private Optional<RegistryFailure> failedLogin(VersionCheck check, Deadline deadline) {
        if (!check.registry() && !EndpointCaller.isPassing(check.status())) {
            return Optional.of(new RegistryFailure.Broken(check.status(), "something answers, but no registry"));
        }
        if (check.status() == 200) {
            return Optional.empty();
        }
        try {
            HttpResponse<byte[]> response = send(VERSION_CHECK, "", deadline);
            return response.statusCode() == 200
                    ? Optional.empty()
                    : Optional.of(new RegistryException(ErrorResponse.answer(response)).failure());
        } catch (RegistryException e) {
            return Optional.of(e.failure());
        }
    }

    /**
     * Sends a request about a repository.
     *
     * @param repository the repository whose content is asked for; empty for none
     */
    HttpResponse<byte[]> send(EndpointCaller.Request request, String repository, Deadline deadline)
            throws RegistryException {
        VersionCheck check = versionCheck(deadline);
        String scope = repository.isEmpty() ? "" : "repository:" + repository + ":pull";
        Optional<String> header = authenticator.ahead(check, scope, deadline);
        HttpResponse<byte[]> response = caller.call(check.base(), request, header, deadline);
        if (response.statusCode() != 401) {
            return response;
        }
        Optional<String> better = authenticator.again(check, response, header, scope, deadline);
        return better.isEmpty() ? response : caller.call(check.base(), request, better, deadline);
    }
}
