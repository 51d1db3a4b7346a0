package io.github.cdkmaven.registry;

import io.github.cdkmaven.process.Deadline;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says who we are, in the way that the registry asked for, and remembers tokens for as long as they last. */
final class Authenticator {

    private static final Logger LOGGER = LoggerFactory.getLogger(Authenticator.class);

    private record Key(Optional<String> realm, String scope, boolean named) {}

    private final Registry access;
    private final TokenEndpoint tokens;
    private final Map<Key, TokenEndpoint.Token> known = new ConcurrentHashMap<>();
    private final Set<Origin> warned = ConcurrentHashMap.newKeySet();

    Authenticator(Registry access, TokenEndpoint tokens) {
        this.access = access;
        this.tokens = tokens;
    }

    /**
     * The Authorization header that answers a challenge; empty where there is none.
     *
     * @param scope for what a token is to be good; empty for nothing in particular
     */
    Optional<String> header(
            VersionCheck check, Challenge challenge, Optional<Credentials> login, String scope, Deadline deadline)
            throws RegistryException {
        return switch (challenge.auth()) {
            case BASIC -> {
                login.ifPresent(named -> challenge.login(check.base()).ifPresent(server -> warn(server, true)));
                yield login.map(Credentials::basic);
            }
            case BEARER ->
                Optional.of(token(check, challenge, login, scope, deadline).header());
            case NONE, OTHER -> Optional.empty();
        };
    }

    /** A token, the one that is known or a new one. */
    TokenEndpoint.Token token(
            VersionCheck check, Challenge challenge, Optional<Credentials> login, String scope, Deadline deadline)
            throws RegistryException {
        challenge.login(check.base()).filter(Origin::plainHttp).ifPresent(server -> warn(server, login.isPresent()));
        Key key = new Key(challenge.parameter("realm"), scope, login.isPresent());
        TokenEndpoint.Token token = known.get(key);
        if (token == null || !token.usable()) {
            token = tokens.fetch(challenge, login, scope, deadline);
            known.put(key, token);
        }
        return token;
    }

    /** The registry has forgotten what was good by the clock. */
    void forget(Challenge challenge, Optional<Credentials> login, String scope) {
        known.remove(new Key(challenge.parameter("realm"), scope, login.isPresent()));
    }

    /** Once for each server. Where the POM does not allow it, a password is not sent, and only what the server hands out is in the open. */
    private void warn(Origin login, boolean named) {
        if (!login.plainHttp() || named != access.insecure() || !warned.add(login)) {
            return;
        }
        if (named) {
            LOGGER.warn("User and password go to {} over plain HTTP, as registryInsecure allows.", login.authority());
        } else {
            LOGGER.warn(
                    "The token server {} of {} speaks plain HTTP: anyone on the network path can read and change its tokens.",
                    login.authority(),
                    access.host());
        }
    }
}
