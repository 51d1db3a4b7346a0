package io.github.cdkmaven.registry;

import io.github.cdkmaven.process.Deadline;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says who we are, in the way that the registry asked for, and remembers tokens for as long as they last. */
final class Authenticator {

    private static final Logger LOGGER = LoggerFactory.getLogger(Authenticator.class);

    private final Registry access;
    private final TokenEndpoint tokens;
    private final Map<String, TokenEndpoint.Token> known = new ConcurrentHashMap<>();
    private final Set<Origin> warned = ConcurrentHashMap.newKeySet();

    Authenticator(Registry access, TokenEndpoint tokens) {
        this.access = access;
        this.tokens = tokens;
    }

    /** What to send along without being asked again, after the version check. */
    Optional<String> ahead(VersionCheck check, String scope, Deadline deadline) throws RegistryException {
        return check.challenge().isEmpty()
                ? Optional.empty()
                : header(check, check.challenge().get(), scope, deadline);
    }

    /**
     * What to send after a 401; empty if there is nothing better than what was sent before.
     *
     * @param sent the Authorization header that was refused, if one was sent
     */
    Optional<String> again(
            VersionCheck check, HttpResponse<byte[]> response, Optional<String> sent, String scope, Deadline deadline)
            throws RegistryException {
        Optional<Challenge> challenge = Challenge.of(response.headers());
        if (challenge.isEmpty()) {
            return Optional.empty();
        }
        String wanted = challenge.get().parameter("scope").orElse(scope);
        // The token was good by the clock, and the registry has forgotten it.
        known.remove(scope);
        known.remove(wanted);
        Optional<String> header = header(check, challenge.get(), wanted, deadline);
        return header.equals(sent) ? Optional.empty() : header;
    }

    private Optional<String> header(VersionCheck check, Challenge challenge, String scope, Deadline deadline)
            throws RegistryException {
        if (challenge.auth() == AuthScheme.OTHER) {
            return Optional.empty();
        }
        challenge.login(check.base()).filter(Origin::plainHttp).ifPresent(this::warn);
        if (challenge.auth() == AuthScheme.BASIC) {
            return access.credentials().map(Credentials::basic);
        }
        TokenEndpoint.Token token = known.get(scope);
        if (token == null || !token.usable()) {
            token = tokens.fetch(challenge, scope, deadline);
            known.put(scope, token);
        }
        return Optional.of(token.header());
    }

    /** Once for each server. Where the POM does not allow it, a password is not sent, and only what the server hands out is in the open. */
    private void warn(Origin login) {
        boolean named = access.credentials().isPresent();
        if (named != access.insecure() || !warned.add(login)) {
            return;
        }
        if (named) {
            LOGGER.warn("User and password go to {} over plain HTTP, as registryInsecure allows.", login.authority());
        } else {
            LOGGER.warn(
                    "The token server {} of {} speaks plain HTTP: anybody on the way can read and change its tokens.",
                    login.authority(),
                    access.host());
        }
    }
}
