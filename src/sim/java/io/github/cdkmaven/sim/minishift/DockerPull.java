package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.sim.minishift.Docker.PullException;
import io.github.cdkmaven.sim.pull.DistributionClient;
import io.github.cdkmaven.sim.pull.GoFailure;
import io.github.cdkmaven.sim.pull.HttpAnswer;
import io.github.cdkmaven.sim.pull.PullLogin;
import io.github.cdkmaven.sim.pull.RegistryRefusal;
import io.github.cdkmaven.sim.pull.SocketHttp;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One image as docker 1.13 fetches it from one registry: manifest, configuration and every layer, by one login for all that
 * it asks, the token server included.
 */
final class DockerPull {

    private static final String LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    private static final String SCHEMA_2 = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+prettyjws";
    /** No OCI type is among them. */
    private static final List<String> ACCEPTED = List.of(SCHEMA_2, LIST, SCHEMA_1, "application/json");

    private final DockerImageName image;
    private final DistributionClient client;
    private final URI base;

    private DockerPull(DockerImageName image, DistributionClient client, URI base) {
        this.image = image;
        this.client = client;
        this.base = base;
    }

    /**
     * Fetches.
     *
     * @param http how the daemon trusts this registry
     * @param insecure whether plain HTTP will do where there is no TLS
     */
    static void fetch(
            DockerImageName image, String server, SocketHttp http, boolean insecure, Optional<PullLogin> login)
            throws PullException {
        DistributionClient client = new DistributionClient(http, uri -> login, false);
        URI base = URI.create("https://" + server + "/v2/");
        try {
            client.ping(base);
        } catch (GoFailure e) {
            if (!insecure) {
                throw new PullException(e.words());
            }
            base = URI.create("http://" + server + "/v2/");
            try {
                client.ping(base);
            } catch (GoFailure second) {
                throw new PullException(second.words());
            }
        }
        // Whatever /v2/ answers: a 403 with HTML, or a page that it redirects to, does not keep docker from going on.
        new DockerPull(image, client, base).run();
    }

    private void run() throws PullException {
        HttpAnswer manifest = manifest(image.tag());
        if (manifest.mediaType().equals(LIST)) {
            manifest = manifest(choose(manifest.json()));
        }
        if (manifest.mediaType().equals(SCHEMA_1)) {
            for (JsonNode layer : manifest.json().path("fsLayers")) {
                blob(layer.path("blobSum").asText(), "filesystem layer");
            }
            return;
        }
        if (!manifest.mediaType().equals(SCHEMA_2)) {
            throw new PullException("missing signature key");
        }
        blob(manifest.json().path("config").path("digest").asText(), "image config");
        for (JsonNode layer : manifest.json().path("layers")) {
            blob(layer.path("digest").asText(), "filesystem layer");
        }
    }

    private static String choose(JsonNode list) throws PullException {
        for (JsonNode entry : list.path("manifests")) {
            JsonNode platform = entry.path("platform");
            if (platform.path("architecture").asText().equals("amd64")
                    && platform.path("os").asText().equals("linux")) {
                return entry.path("digest").asText();
            }
        }
        throw new PullException("no supported platform found in manifest list");
    }

    private HttpAnswer manifest(String reference) throws PullException {
        HttpAnswer answer = get("manifests/" + reference, ACCEPTED);
        if (answer.status() == 200) {
            return answer;
        }
        RegistryRefusal refusal = RegistryRefusal.of(answer);
        if (refusal.code().equals("MANIFEST_UNKNOWN") || refusal.code().isEmpty() && answer.status() == 404) {
            throw new PullException("manifest for " + image + " not found");
        }
        if (refusal.code().equals("NAME_UNKNOWN")) {
            throw new PullException("repository " + image.host() + "/" + image.path() + " not found");
        }
        throw new PullException(
                answer.status() == 403
                        ? "pull access denied for " + image + ", " + refusal.text()
                        : "Get \"" + answer.uri() + "\": " + refusal.text());
    }

    private void blob(String digest, String what) throws PullException {
        HttpAnswer answer = get("blobs/" + digest, List.of());
        if (answer.status() == 404) {
            throw new PullException("unknown blob");
        }
        if (answer.status() != 200) {
            throw new PullException(RegistryRefusal.of(answer).text());
        }
        if (!digest(answer.body()).equals(digest)) {
            throw new PullException(what + " verification failed for digest " + digest);
        }
    }

    private HttpAnswer get(String what, List<String> accept) throws PullException {
        try {
            return client.get(base.resolve(image.path() + "/" + what), image.path(), accept);
        } catch (GoFailure e) {
            throw new PullException(e.words());
        }
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
