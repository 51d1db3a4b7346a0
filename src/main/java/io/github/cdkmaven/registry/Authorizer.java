package io.github.cdkmaven.registry;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says who we are, in the way that the registry asked for, and remembers tokens for as long as they last. */
final class Authorizer {

    private static final Logger LOGGER = LoggerFactory.getLogger(Authorizer.class);

    private final Registry access;
    private final TokenEndpoint tokens;
    private final Map<String, Token> known = new ConcurrentHashMap<>();
    private final AtomicBoolean warned = new AtomicBoolean();

    Authorizer(Registry access, TokenEndpoint tokens) {
        this.access = access;
        this.tokens = tokens;
    }

    /** What to send along without being asked again, after the registry's greeting. */
    Optional<String> ahead(Greeting greeting, String scope, TimeLeft time) throws RegistryException {
        return greeting.challenge().isEmpty()
                ? Optional.empty()
                : header(greeting.plainHttp(), greeting.challenge().get(), scope, time);
    }

    /**
     * What to send after a 401; empty if there is nothing better than what was sent before.
     *
     * @param sent the Authorization header that was refused, if one was sent
     */
    Optional<String> again(
            Greeting greeting, HttpResponse<byte[]> refusal, Optional<String> sent, String scope, TimeLeft time)
            throws RegistryException {
        Optional<Challenge> challenge = Challenge.of(refusal.headers());
        if (challenge.isEmpty()) {
            return Optional.empty();
        }
        String wanted = challenge.get().parameter("scope").orElse(scope);
        // The token was good by the clock, and the registry has forgotten it.
        known.remove(scope);
        known.remove(wanted);
        Optional<String> header = header(greeting.plainHttp(), challenge.get(), wanted, time);
        return header.equals(sent) ? Optional.empty() : header;
    }

    private Optional<String> header(boolean plainHttp, Challenge challenge, String scope, TimeLeft time)
            throws RegistryException {
        if (challenge.auth() == AuthScheme.OTHER) {
            return Optional.empty();
        }
        if (plainHttp && access.credentials().isPresent() && warned.compareAndSet(false, true)) {
            LOGGER.warn("User and password go to {} over plain HTTP, as registryInsecure allows.", access.host());
        }
        if (challenge.auth() == AuthScheme.BASIC) {
            return access.credentials().map(Credentials::basic);
        }
        Token token = known.get(scope);
        if (token == null || !token.usable()) {
            token = tokens.fetch(challenge, scope, time);
            known.put(scope, token);
        }
        return Optional.of(token.header());
    }
}
