package io.github.cdkmaven.openshift;

import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Retry.Pause;
import io.github.cdkmaven.tls.HeaderValue;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs in to a CDK as somebody who may move ImageStreams.
 *
 * <p>A CDK takes any password (AllowAll), and its add-on {@code admin-user} makes {@code admin} a cluster administrator. Where that add-on is
 * off, {@code developer} may speak in the name of {@code system:admin}, since minishift gives it the role {@code sudoer} at the first start.
 * Where neither gets in (add-on {@code htpasswd-identity-provider}), there is still the certificate that minishift keeps for its own add-ons.
 */
public final class Login {

    private static final Logger LOG = LoggerFactory.getLogger(Login.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String CHALLENGE = "?client_id=openshift-challenging-client&response_type=token";
    /** Where every OpenShift 3.x lets people in, unless it says otherwise. */
    private static final String ENDPOINT = "/oauth/authorize";

    private static final Pattern TOKEN = Pattern.compile("[#&]access_token=([^&]+)");

    private Login() {}

    /**
     * Gives a client that has the rights named. Who is asked for shares the connections of who is not logged in yet: a handshake costs more than all
     * questions together.
     *
     * @param anonymous a client of the cluster, of nobody
     * @param cluster the access of the cluster's own kubeconfig; its client certificate, if it has one, is the last resort
     * @param deadline for all of it, and not for what is asked later
     * @throws io.github.cdkmaven.problem.ProblemException if nobody has all rights; the first missing one is named
     */
    public static OpenShiftApi asAdministrator(
            OpenShiftApi anonymous, ClusterAccess cluster, List<Permission> rights, Deadline deadline) {
        OpenShiftApi nobody = anonymous.within(deadline);
        Optional<OpenShiftApi> admin =
                token(nobody, "admin").map(anonymous.access()::withToken).map(anonymous::as);
        Optional<Permission> missing = admin.flatMap(api -> firstMissing(api, rights, deadline));
        if (admin.isPresent() && missing.isEmpty()) {
            LOG.info("Logged in to {} as admin", cluster.server());
            return admin.get();
        }
        Optional<OpenShiftApi> sudoer = token(nobody, "developer")
                .map(anonymous.access()::withToken)
                .map(access -> anonymous.as(access.as("system:admin")));
        Optional<Permission> stillMissing = sudoer.flatMap(api -> firstMissing(api, rights, deadline));
        if (sudoer.isPresent() && stillMissing.isEmpty()) {
            LOG.info(
                    "Logged in to {} as developer, impersonating system:admin, since admin lacks the rights",
                    cluster.server());
            return sudoer.get();
        }
        if (cluster.credential().client().isPresent()) {
            OpenShiftApi owner = anonymous.as(cluster);
            if (firstMissing(owner, rights, deadline).isEmpty()) {
                LOG.info(
                        "Logged in to {} with minishift's own certificate, since neither admin nor developer has the rights",
                        cluster.server());
                return owner;
            }
        }
        throw Problem.of(
                        "Neither 'admin' nor 'developer' has the rights that are needed on " + cluster.server() + ".",
                        "enable minishift's add-on admin-user and apply it to this VM, using its <home> and <profile>")
                .with(missing.or(() -> stillMissing)
                        .map(right -> "missing: " + right)
                        .orElse("both logins were refused"))
                .toException();
    }

    private static Optional<Permission> firstMissing(OpenShiftApi api, List<Permission> rights, Deadline deadline) {
        return Permission.firstMissing(api.within(deadline), rights);
    }

    /**
     * Asks for a token by HTTP Basic, as {@code oc login} does.
     *
     * @return empty if the cluster refuses user and password
     */
    public static Optional<String> token(OpenShiftApi anonymous, String user) {
        String credentials = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        try {
            String endpoint = authorizationEndpoint(anonymous);
            // X-CSRF-Token: any value; without it the server takes the call for a browser's (origin's challenging
            // client).
            Map<String, String> headers = Map.of("Authorization", "Basic " + credentials, "X-CSRF-Token", "1");
            ApiAnswer answer = anonymous.ask(Pause.real(), () -> anonymous.get(endpoint + CHALLENGE, headers, LIMIT));
            Optional<String> token = tokenIn(answer);
            if (token.isEmpty()) {
                LOG.debug("{} was refused: HTTP status {}", user, answer.status());
            }
            return token;
        } catch (IOException e) {
            throw Unreachable.problem(anonymous.access(), e).toException(e);
        }
    }

    /** The path of the login, which the cluster tells; on the API's own host, since only that one is known to be reachable. */
    private static String authorizationEndpoint(OpenShiftApi anonymous) throws IOException {
        return endpointIn(
                anonymous.ask(Pause.real(), () -> anonymous.get("/.well-known/oauth-authorization-server", LIMIT)));
    }

    /** The token that the challenging client is sent away with: in the fragment of the redirect. */
    static Optional<String> tokenIn(ApiAnswer answer) {
        Matcher token = TOKEN.matcher(answer.headers().firstValue("Location").orElse(""));
        return token.find() ? Optional.of(token.group(1)).filter(HeaderValue::isValid) : Optional.empty();
    }

    static String endpointIn(ApiAnswer answer) {
        try {
            return Optional.ofNullable(URI.create(
                                    answer.body().path("authorization_endpoint").asText(""))
                            .getRawPath())
                    .filter(path -> path.startsWith("/") && !path.startsWith("//")) // that would be another host's
                    .orElse(ENDPOINT);
        } catch (IllegalArgumentException e) {
            return ENDPOINT;
        }
    }
}
