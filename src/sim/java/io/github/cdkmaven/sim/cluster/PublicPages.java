package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the server shows to everybody: health, versions, and where to get a token. */
final class PublicPages {

    private static final String CHALLENGING = "openshift-challenging-client";

    private final OpenShiftRules version;
    private final URI url;
    private final Authentication authentication;
    private final boolean oauth;

    /** @param oauth whether there is a server that gives tokens */
    PublicPages(OpenShiftRules version, URI url, Authentication authentication, boolean oauth) {
        this.version = version;
        this.url = url;
        this.authentication = authentication;
        this.oauth = oauth;
    }

    /** The page at a path; empty where there is none. */
    Optional<ApiResponse> page(ApiRequest request) {
        return switch (request.path()) {
            case "/healthz", "/healthz/ready" -> Optional.of(ApiResponse.text(200, "ok"));
            case "/readyz", "/livez" -> onFour(ApiResponse.text(200, "ok"));
            case "/version" -> Optional.of(ApiResponse.json(200, kubernetes()));
            case "/version/openshift" ->
                version.isFour() ? Optional.empty() : Optional.of(ApiResponse.json(200, openshift()));
            case "/.well-known/oauth-authorization-server" ->
                Optional.of(oauth ? ApiResponse.json(200, oauth()) : noPage());
            case "/oauth/authorize" -> oauth ? Optional.of(authorize(request)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<ApiResponse> onFour(ApiResponse response) {
        return version.isFour() ? Optional.of(response) : Optional.empty();
    }

    /** Whether a resource can be asked for at that path; OpenShift 3 is not asked which versions its groups have. */
    boolean serves(String path, ResourcePath resource) {
        return !version.isFour() || Discovery.resource(path, resource).isPresent();
    }

    /** What somebody who is known gets at a path that is neither a page nor a resource: discovery, or nothing. */
    ApiResponse unknown(ApiRequest request) {
        if (version.isFour()) {
            Optional<ApiResponse> discovered = Discovery.page(request.path()).map(found -> ApiResponse.json(200, found));
            if (discovered.isPresent()) {
                return discovered.get();
            }
            if (!request.path().matches("/(api|apis|version)(/.*)?")) {
                return noPage();
            }
        }
        throw ApiException.noSuchPath();
    }

    private static ApiResponse noPage() {
        return ApiResponse.text(404, "404 page not found\n");
    }

    private ApiResponse authorize(ApiRequest request) {
        if (!CHALLENGING.equals(request.query().get("client_id"))) {
            return ApiResponse.text(400, "The client is not authorized to request a token using this method.");
        }
        if (request.header("x-csrf-token").isEmpty()) {
            // The server's way of not answering a browser with a password prompt.
            return ApiResponse.empty(
                    401,
                    Map.of(
                            "Warning",
                            "199 OpenShift \"A non-empty X-CSRF-Token header is required to receive basic-auth challenges\""));
        }
        String header = request.header("authorization");
        Optional<String> token = header.regionMatches(true, 0, "Basic ", 0, 6)
                ? authentication.login(header.substring(6))
                : Optional.empty();
        return token.map(value -> ApiResponse.empty(
                        302,
                        Map.of(
                                "Location",
                                url + "/oauth/token/implicit#access_token=" + value
                                        + "&expires_in=86400&scope=user%3Afull&token_type=Bearer")))
                .orElseGet(() -> ApiResponse.empty(401, Map.of("Www-Authenticate", "Basic realm=\"openshift\"")));
    }

    private ObjectNode kubernetes() {
        return Json.object()
                .put("major", "1")
                .put("minor", version.kubernetesMinor() + (version.isFour() ? "" : "+"))
                .put("gitVersion", version.kubernetes())
                .put("gitCommit", "$Format:%H$")
                .put("gitTreeState", version.isFour() ? "clean" : "")
                .put("buildDate", version.isFour() ? "2026-02-08T00:00:00Z" : "1970-01-01T00:00:00Z")
                .put("goVersion", version.isFour() ? "go1.23.5" : "go1.19.8")
                .put("compiler", "gc")
                .put("platform", "linux/amd64");
    }

    private ObjectNode openshift() {
        ObjectNode shown = Json.object()
                .put("major", "3")
                .put("minor", version.minor() + "+")
                .put("gitCommit", "191fece")
                .put("gitVersion", version.text())
                .put("buildDate", "");
        if (version.minor() >= 11) {
            List.of("gitTreeState", "goVersion", "compiler", "platform").forEach(name -> shown.put(name, ""));
        }
        return shown;
    }

    private ObjectNode oauth() {
        ObjectNode shown = Json.object()
                .put("issuer", url.toString())
                .put("authorization_endpoint", url + "/oauth/authorize")
                .put("token_endpoint", url + "/oauth/token");
        List.of("user:check-access", "user:full", "user:info", "user:list-projects", "user:list-scoped-projects")
                .forEach(Json.children(shown, "scopes_supported")::add);
        List.of("code", "token").forEach(Json.children(shown, "response_types_supported")::add);
        List.of("authorization_code", "implicit").forEach(Json.children(shown, "grant_types_supported")::add);
        List.of("plain", "S256").forEach(Json.children(shown, "code_challenge_methods_supported")::add);
        return shown;
    }
}
