package io.github.cdkmaven.sim.cluster.importer;

import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.cluster.importer.ImporterFailure.Kind;
import io.github.cdkmaven.sim.pull.DistributionClient;
import io.github.cdkmaven.sim.pull.GoFailure;
import io.github.cdkmaven.sim.pull.HttpAnswer;
import io.github.cdkmaven.sim.pull.RegistryRefusal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One registry during one import request: pinged once, then asked with the login that its challenge wants. */
final class RegistryVisit {

    private final DistributionClient client;
    private final boolean retriesAnonymously;
    private final URI base;

    private RegistryVisit(DistributionClient client, boolean retriesAnonymously, URI base) {
        this.client = client;
        this.retriesAnonymously = retriesAnonymously;
        this.base = base;
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
        DistributionClient client =
                new DistributionClient(transport.http(insecure), credentials::of, retriesAnonymously);
        URI base = URI.create("https://" + host + "/v2/");
        HttpAnswer answer;
        try {
            answer = pinged(client, base);
        } catch (ImporterFailure e) {
            if (!insecure) {
                throw e;
            }
            base = URI.create("http://" + host + "/v2/");
            answer = pinged(client, base);
        }
        int status = answer.status();
        boolean versioned = answer.header("docker-distribution-api-version").isPresent();
        // A 401 or 403 without the header, also with HTML, is a registry (facts/measured.md).
        if (!versioned && !answer.isSuccess() && status != 401 && status != 403) {
            throw notV2(host, status);
        }
        return new RegistryVisit(client, retriesAnonymously, base);
    }

    /** The version 1 of the API is tried then; what a server that wants a client certificate says to it was captured on 3.9. */
    private static ImporterFailure notV2(String host, int status) {
        return status == 400
                ? ImporterFailure.other("error retrieving repository: server returned 400")
                : new ImporterFailure(Kind.NOT_V2, "registry \"" + host + "\" does not support the v2 Registry API");
    }

    /** Gets something of a repository, such as {@code manifests/latest}; any answer but 200 is a failure. */
    HttpAnswer get(String repository, String what, List<String> accept) throws ImporterFailure {
        try {
            return get(client, repository, what, accept);
        } catch (ImporterFailure e) {
            if (!retriesAnonymously || !e.kind().isOfLogin()) {
                throw e;
            }
            try {
                return get(client.anonymous(), repository, what, accept);
            } catch (ImporterFailure second) {
                throw e;
            }
        }
    }

    private HttpAnswer get(DistributionClient asked, String repository, String what, List<String> accept)
            throws ImporterFailure {
        HttpAnswer answer;
        try {
            answer = asked.get(base.resolve(repository + "/" + what), repository, accept);
        } catch (GoFailure e) {
            throw failure(e);
        }
        if (answer.status() == 200) {
            return answer;
        }
        throw what.startsWith("blobs/") && answer.status() == 404
                ? ImporterFailure.other("unknown blob")
                : refusal(RegistryRefusal.of(answer));
    }

    /** The tags of a repository, {@code latest} first. */
    List<String> tags(String repository) throws ImporterFailure {
        List<String> tags =
                new ArrayList<>(Json.texts(get(repository, "tags/list", List.of()).json(), "tags"));
        tags.sort(Comparator.comparing((String tag) -> !"latest".equals(tag)).thenComparing(Comparator.reverseOrder()));
        return tags;
    }

    private static HttpAnswer pinged(DistributionClient client, URI v2) throws ImporterFailure {
        try {
            return client.ping(v2);
        } catch (GoFailure e) {
            throw ImporterFailure.other(e.words());
        }
    }

    /** Only the ends of these two texts make more of a failed request than an internal error (origin importer.go). */
    private static ImporterFailure failure(GoFailure failure) {
        if (failure.words().endsWith("no basic auth credentials")) {
            return new ImporterFailure(Kind.NO_CREDENTIALS, failure.words());
        }
        return failure.words().endsWith("incorrect username or password")
                ? new ImporterFailure(Kind.WRONG_PASSWORD, failure.words())
                : ImporterFailure.other(failure.words());
    }

    private static ImporterFailure refusal(RegistryRefusal refusal) {
        boolean absent = List.of("MANIFEST_UNKNOWN", "NAME_UNKNOWN").contains(refusal.code());
        if (absent || refusal.code().isEmpty() && refusal.status() == 404) {
            return new ImporterFailure(Kind.NOT_FOUND, "not found");
        }
        return "UNAUTHORIZED".equals(refusal.code()) || refusal.status() == 401
                ? new ImporterFailure(Kind.UNAUTHORIZED, "unauthorized")
                : ImporterFailure.other(refusal.text());
    }
}
