package io.github.cdkmaven.registry;

import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One registry, greeted once: sends what the endpoints ask, logged in and retried. */
final class Connection {

    private final Greeter greeter;
    private final Authorizer authorizer;
    private final Exchange exchange;
    private final Retry retry;
    private final ReentrantLock greetingLock = new ReentrantLock();
    private volatile @Nullable Greeting known;

    Connection(Greeter greeter, Authorizer authorizer, Exchange exchange, Retry retry) {
        this.greeter = greeter;
        this.authorizer = authorizer;
        this.exchange = exchange;
        this.retry = retry;
    }

    /** What the first contact taught; one request the first time, none later. */
    Greeting greeting(TimeLeft time) throws RegistryException {
        Greeting greeting = known;
        if (greeting != null) {
            return greeting;
        }
        greetingLock.lock();
        try {
            greeting = known;
            if (greeting == null) {
                greeting = greeter.greet(time);
                known = greeting;
            }
            return greeting;
        } finally {
            greetingLock.unlock();
        }
    }

    /** Greets again: what was learnt before may have changed. */
    Greeting greetAgain(TimeLeft time) throws RegistryException {
        Greeting fresh = greeter.greet(time);
        known = fresh;
        return fresh;
    }

    /**
     * Sends a request about a repository.
     *
     * @param repository the repository whose content is asked for; empty for none
     */
    HttpResponse<byte[]> send(Exchange.Ask ask, String repository, TimeLeft time) throws RegistryException {
        Greeting greeting = greeting(time);
        return retry.run(() -> attempt(greeting, ask, repository, time), time);
    }

    private HttpResponse<byte[]> attempt(Greeting greeting, Exchange.Ask ask, String repository, TimeLeft time)
            throws RegistryException {
        String scope = repository.isEmpty() ? "" : "repository:" + repository + ":pull";
        Optional<String> header = authorizer.ahead(greeting, scope, time);
        HttpResponse<byte[]> response = exchange.send(greeting.base(), ask, header, time);
        if (response.statusCode() != 401) {
            return response;
        }
        Optional<String> better = authorizer.again(greeting, response, header, scope, time);
        return better.isEmpty() ? response : exchange.send(greeting.base(), ask, better, time);
    }
}
