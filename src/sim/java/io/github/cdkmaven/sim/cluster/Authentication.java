package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Who somebody is: AllowAll passwords, tokens, the client certificate of {@code system:admin}, impersonation. */
final class Authentication {

    private static final String TOKENS = "oauthaccesstokens";
    private static final String USERS = "users";

    private final ObjectStore store;
    private final Authorization authorization;
    private final BooleanSupplier takesAnyPassword;
    private final SecureRandom random = new SecureRandom();

    /** @param takesAnyPassword whether AllowAll is at work, and not an add-on with users of its own */
    Authentication(ObjectStore store, Authorization authorization, BooleanSupplier takesAnyPassword) {
        this.store = store;
        this.takesAnyPassword = takesAnyPassword;
        this.authorization = authorization;
    }

    /** A token for whoever gives a name and any password that is not empty (AllowAllPasswordIdentityProvider). */
    Optional<String> login(String basic) {
        String[] pair = decode(basic).split(":", 2);
        if (!takesAnyPassword.getAsBoolean() || pair.length < 2 || pair[0].isEmpty() || pair[1].isEmpty()) {
            return Optional.empty();
        }
        user(pair[0]);
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        ObjectNode stored = Json.object().put("userName", pair[0]);
        stored.putObject("metadata").put("name", digest(token));
        store.put(TOKENS, stored);
        return Optional.of(token);
    }

    /** The user object of somebody, made at the first login. */
    ObjectNode user(String name) {
        return store.get(USERS, "", name).orElseGet(() -> {
            ObjectNode user = Json.object();
            user.putObject("metadata").put("name", name);
            user.putArray("identities").add("anypassword:" + name);
            return store.create(USERS, user)
                    .or(() -> store.get(USERS, "", name))
                    .orElseThrow();
        });
    }

    /**
     * Who sends a request.
     *
     * @param certificate the common name of the client certificate, where there is one
     */
    User identify(ApiRequest request, Optional<String> certificate) {
        User user = withoutImpersonation(request, certificate);
        String other = request.header("impersonate-user");
        if (other.isEmpty()) {
            return user;
        }
        if (!authorization.mayImpersonate(user, other)) {
            throw ApiException.forbidden(
                    "", USERS, other, "User \"" + user.name() + "\" cannot impersonate users at the cluster scope");
        }
        return User.SYSTEM_ADMIN.equals(other) ? User.systemAdmin() : User.named(other);
    }

    private User withoutImpersonation(ApiRequest request, Optional<String> certificate) {
        String header = request.header("authorization");
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return store.get(TOKENS, "", digest(header.substring(7).trim()))
                    .map(token -> User.named(token.path("userName").asText()))
                    .orElseThrow(() -> ApiException.unauthorized("Unauthorized"));
        }
        return certificate
                .map(name -> User.SYSTEM_ADMIN.equals(name) ? User.systemAdmin() : User.named(name))
                .orElse(User.ANONYMOUS);
    }

    private static String decode(String basic) {
        try {
            return new String(Base64.getDecoder().decode(basic.trim()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String digest(String token) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
