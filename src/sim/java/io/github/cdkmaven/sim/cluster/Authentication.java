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
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Who somebody is: AllowAll passwords, tokens, client certificates, impersonation. */
final class Authentication {

    private static final String TOKENS = "oauthaccesstokens";
    private static final String USERS = "users";

    /** The administrator that OpenShift 4 is installed with: no user object, but a secret and a group. */
    private static final String KUBE_ADMIN = "kube:admin";

    private final ObjectStore store;
    private final Authorization authorization;
    private final OpenShiftRules version;
    private final BooleanSupplier takesAnyPassword;
    private final SecureRandom random = new SecureRandom();

    /** @param takesAnyPassword whether AllowAll is at work, and not an add-on with users of its own */
    Authentication(
            ObjectStore store,
            Authorization authorization,
            OpenShiftRules version,
            BooleanSupplier takesAnyPassword) {
        this.store = store;
        this.version = version;
        this.takesAnyPassword = takesAnyPassword;
        this.authorization = authorization;
    }

    /** A token for whoever gives a name and any password that is not empty (AllowAllPasswordIdentityProvider). */
    Optional<String> login(String basic) {
        String[] pair = decode(basic).split(":", 2);
        if (!takesAnyPassword.getAsBoolean() || pair.length < 2 || pair[0].isEmpty() || pair[1].isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(token(version.isFour() && "kubeadmin".equals(pair[0]) ? KUBE_ADMIN : pair[0]));
    }

    /** A new token for somebody. */
    String token(String name) {
        if (!KUBE_ADMIN.equals(name)) {
            user(name);
        }
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token = (version.isFour() ? "sha256~" : "")
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        ObjectNode stored = Json.object().put("userName", name);
        stored.putObject("metadata").put("name", digest(token));
        store.put(TOKENS, stored);
        return token;
    }

    /** The user object of somebody, made at the first login. */
    ObjectNode user(String name) {
        return store.get(USERS, "", name).orElseGet(() -> {
            ObjectNode user = Json.object();
            user.putObject("metadata").put("name", name);
            user.putArray("identities").add((version.isFour() ? "developer:" : "anypassword:") + name);
            return store.create(USERS, user)
                    .or(() -> store.get(USERS, "", name))
                    .orElseThrow();
        });
    }

    /** Who a request counts for; a failure where the sender may not speak for that user. */
    User identify(ApiRequest request, Optional<ClientIdentity> certificate) {
        User user = sender(request, certificate);
        String other = request.header("impersonate-user");
        List<String> groups = request.headers("impersonate-group");
        if (other.isEmpty()) {
            if (!groups.isEmpty()) {
                throw ApiException.internal("requested " + groups + " without impersonating a user");
            }
            return user;
        }
        authorization.checkImpersonation(user, other, groups);
        if (version.isFour()) {
            return User.of(other, groups);
        }
        return User.SYSTEM_ADMIN.equals(other) ? User.systemAdmin() : User.named(other);
    }

    /** Who sends a request, by a token or else by a client certificate. */
    User sender(ApiRequest request, Optional<ClientIdentity> certificate) {
        String header = request.header("authorization");
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return store.get(TOKENS, "", digest(header.substring(7).trim()))
                    .map(token -> byToken(token.path("userName").asText()))
                    .orElseThrow(() -> ApiException.unauthorized("Unauthorized"));
        }
        return certificate
                .map(shown -> User.of(shown.name(), shown.organizations()))
                .orElse(User.ANONYMOUS);
    }

    private static User byToken(String name) {
        return User.named(name, KUBE_ADMIN.equals(name) ? List.of("system:cluster-admins") : List.of());
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
