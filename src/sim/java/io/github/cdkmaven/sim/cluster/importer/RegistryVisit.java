package io.github.cdkmaven.sim.cluster.importer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.cluster.importer.ImporterFailure.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One registry during one import request: pinged once, then asked with the login that its challenge wants. */
final class RegistryVisit {

    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final RegistryTransport transport;
    private final PullCredentials credentials;
    private final boolean retriesAnonymously;
    private final boolean insecure;
    private final URI base;
    private final List<String> challenges;
    private final Map<String, Optional<String>> tokens = new HashMap<>();

    private RegistryVisit(
            RegistryTransport transport,
            PullCredentials credentials,
            boolean retriesAnonymously,
            boolean insecure,
            URI base,
            List<String> challenges) {
        this.transport = transport;
        this.credentials = credentials;
        this.retriesAnonymously = retriesAnonymously;
        this.insecure = insecure;
        this.base = base;
        this.challenges = challenges;
    }

    /**
     * Pings {@code /v2/}: always HTTPS first, then HTTP where that is allowed.
     *
     * @param retriesAnonymously whether a missing or refused login is followed by an attempt without (3.9, origin#18012)
     */
    static RegistryVisit ping(
            RegistryTransport transport,
            PullCredentials credentials,
            boolean retriesAnonymously,
            String host,
            boolean insecure)
            throws ImporterFailure {
        URI base = URI.create("https://" + host + "/v2/");
        HttpResponse<byte[]> response;
        try {
            response = transport.ping(base, insecure);
        } catch (ImporterFailure e) {
            if (!insecure) {
                throw e;
            }
            base = URI.create("http://" + host + "/v2/");
            response = transport.ping(base, true);
        }
        boolean versioned =
                response.headers().firstValue("Docker-Distribution-Api-Version").isPresent();
        int status = response.statusCode();
        if (!versioned && status / 100 != 2 && status != 401 && status != 403) {
            throw new ImporterFailure(Kind.NOT_V2, "registry \"" + host + "\" does not support the v2 Registry API");
        }
        List<String> challenges = status == 401 ? response.headers().allValues("WWW-Authenticate") : List.<String>of();
        return new RegistryVisit(transport, credentials, retriesAnonymously, insecure, base, challenges);
    }

    /** Gets something of a repository, such as {@code manifests/latest}; any answer but 200 is a failure. */
    HttpResponse<byte[]> get(String repository, String what, List<String> accept) throws ImporterFailure {
        URI uri = base.resolve(repository + "/" + what);
        HttpResponse<byte[]> response = transport.get(uri, insecure, accept, authorization(repository));
        if (response.statusCode() == 200) {
            return response;
        }
        throw refusal(response);
    }

    /** The tags of a repository, {@code latest} first. */
    List<String> tags(String repository) throws ImporterFailure {
        List<String> tags = new ArrayList<>(Json.texts(body(get(repository, "tags/list", List.of())), "tags"));
        tags.sort(Comparator.comparing((String tag) -> !"latest".equals(tag)).thenComparing(Comparator.reverseOrder()));
        return tags;
    }

    private Optional<String> authorization(String repository) throws ImporterFailure {
        for (String challenge : challenges) {
            if (challenge.regionMatches(true, 0, "Bearer ", 0, 7)) {
                if (!tokens.containsKey(repository)) {
                    tokens.put(repository, token(challenge, repository));
                }
                return tokens.get(repository);
            }
            if (challenge.regionMatches(true, 0, "Basic ", 0, 6)) {
                Optional<String> login = credentials.basic(base.getRawAuthority(), repository);
                if (login.isEmpty() && !retriesAnonymously) {
                    throw new ImporterFailure(Kind.NO_CREDENTIALS, "no basic auth credentials");
                }
                return login;
            }
        }
        return Optional.empty();
    }

    private Optional<String> token(String challenge, String repository) throws ImporterFailure {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(challenge);
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2));
        }
        URI realm = URI.create(parameters.getOrDefault("realm", ""));
        String query = "scope=" + encode("repository:" + repository + ":pull") + "&service="
                + encode(parameters.getOrDefault("service", ""));
        URI uri = URI.create(realm + (realm.getRawQuery() == null ? "?" : "&") + query);
        Optional<String> login = login(realm, repository);
        HttpResponse<byte[]> response = transport.get(uri, insecure, List.of(), login);
        if (response.statusCode() == 401 && login.isPresent()) {
            if (retriesAnonymously) {
                response = transport.get(uri, insecure, List.of(), Optional.empty());
            }
            if (response.statusCode() == 401) {
                throw new ImporterFailure(Kind.WRONG_PASSWORD, "incorrect username or password");
            }
        }
        if (response.statusCode() != 200) {
            throw refusal(response);
        }
        JsonNode body = body(response);
        String token = body.path("token").asText(body.path("access_token").asText());
        if (token.isEmpty()) {
            throw ImporterFailure.other("authorization server did not include a token in the response");
        }
        return Optional.of("Bearer " + token);
    }

    /** The token server needs its own entry in the secret unless it is the registry itself (origin#9584). */
    private Optional<String> login(URI realm, String repository) {
        boolean home = realm.getRawAuthority().equals(base.getRawAuthority())
                || transport.target(base.getRawAuthority()).equals(Optional.of(realm.getRawAuthority()));
        return home
                ? credentials.basic(base.getRawAuthority(), repository)
                : credentials.basic(realm.getRawAuthority(), realm.getRawPath().replaceFirst("^/", ""));
    }

    private static ImporterFailure refusal(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status / 100 != 4) {
            return ImporterFailure.other("received unexpected HTTP status: " + status + " " + phrase(status));
        }
        JsonNode error = body(response).path("errors").path(0);
        String code = error.path("code").asText();
        if (List.of("MANIFEST_UNKNOWN", "NAME_UNKNOWN").contains(code) || code.isEmpty() && status == 404) {
            return new ImporterFailure(Kind.NOT_FOUND, "not found");
        }
        if ("UNAUTHORIZED".equals(code) || status == 401) {
            return new ImporterFailure(Kind.UNAUTHORIZED, "unauthorized");
        }
        if (code.isEmpty()) {
            return ImporterFailure.other("error parsing HTTP " + status + " response body");
        }
        return ImporterFailure.other(code.toLowerCase(Locale.ROOT).replace('_', ' ') + ": "
                + error.path("message").asText());
    }

    private static String phrase(int status) {
        return switch (status) {
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "";
        };
    }

    private static JsonNode body(HttpResponse<byte[]> response) {
        try {
            return Json.read(response.body());
        } catch (IOException e) {
            return Json.object();
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
