package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.pull.PullLogin;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The importer of one OpenShift, asked for one image after the other, without storing anything. */
public final class ImportParty implements AutoCloseable {

    private final SimulatedCluster.Builder builder;
    private final StringBuilder additional = new StringBuilder();
    private Optional<SimulatedCluster> cluster = Optional.empty();
    private Optional<ClusterClient> admin = Optional.empty();

    private ImportParty(SimulatedCluster.Builder builder) {
        this.builder = builder;
    }

    public static ImportParty of(String version, Map<String, String> hosts) {
        return new ImportParty(SimulatedCluster.builder()
                .openshift(version)
                .hosts(hosts)
                .whitelist(List.of())
                .pacing(false)
                .importController(false));
    }

    /** Adds to the authorities of the system. */
    public void trust(String pem) {
        builder.trust(pem);
    }

    /** Adds to what {@code imagePolicyConfig.additionalTrustedCA} names. */
    public void alsoTrust(String pem) {
        additional.append(pem);
    }

    public void start() throws Exception {
        SimulatedCluster started = builder.start();
        cluster = Optional.of(started);
        started.state().noWhitelist();
        started.state().additionalAuthorities(additional.toString());
        admin = Optional.of(ClusterClient.login(started, "admin"));
    }

    /** Puts a secret with a login for each host into a namespace; none without login. */
    public void logIn(String namespace, Optional<PullLogin> login, Set<String> hosts) throws Exception {
        if (login.isEmpty()) {
            return;
        }
        ObjectNode config = Json.object();
        ObjectNode auths = config.putObject("auths");
        hosts.forEach(host -> auths.putObject(host).put("auth", login.get().auth()));
        ObjectNode secret = Json.object().put("type", "kubernetes.io/dockerconfigjson");
        secret.putObject("metadata").put("name", "registry");
        secret.putObject("data").put(".dockerconfigjson", Base64.getEncoder().encodeToString(Json.write(config)));
        admin.orElseThrow().post("/api/v1/namespaces/" + namespace + "/secrets", secret);
    }

    /** {@code ok}, or the message of the refusal. */
    public String importOf(String namespace, String image, boolean insecure) throws Exception {
        ObjectNode request = ClusterClient.oneImport("any", "1", image, insecure);
        Json.child(request, "spec").put("import", false);
        JsonNode status = admin.orElseThrow()
                .post("/apis/image.openshift.io/v1/namespaces/" + namespace + "/imagestreamimports", request)
                .at("/status/images/0/status");
        return status.path("status").asText().equals("Success")
                ? "ok"
                : status.path("message").asText();
    }

    @Override
    public void close() {
        cluster.ifPresent(SimulatedCluster::close);
    }
}
