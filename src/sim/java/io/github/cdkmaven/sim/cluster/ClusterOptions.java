package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that a simulated cluster is made with. What each means stands at the builder's methods.
 */
record ClusterOptions(
        OpenShiftRules version,
        String ip,
        int port,
        Optional<Path> stateDirectory,
        List<ObjectNode> imageStreams,
        Set<String> admins,
        Map<String, Set<String>> editors,
        Map<String, Set<String>> viewers,
        Optional<List<ImportableRegistry>> whitelist,
        Map<String, String> hosts,
        List<X509Certificate> trusted,
        boolean pacing,
        boolean importController,
        String integratedRegistry,
        Duration registryTimeout,
        Optional<Path> journal,
        ClusterFaults faults,
        ServerAddress address,
        boolean oauth,
        boolean rollsOutAtOnce,
        Samples samples,
        Optional<LocalPlan> local,
        String simToken) {

    /**
     * What operators own.
     *
     * @param assets the streams of the samples operator; with none there is no such operator
     * @param installed whether the cluster was installed a while ago, by somebody who reached the public registries
     * @param payload whether the cluster-version operator has streams
     */
    record Samples(List<ObjectNode> assets, boolean installed, boolean payload) {}


    /**
     * How the API server is reached beside its address.
     *
     * @param prefix what all paths have before the API's own
     * @param names the names that its certificate is for; with none, its address
     */
    record ServerAddress(String prefix, List<String> names) {}


    /** Reads {@code [{"domainName": …, "insecure": …}]}. */
    static List<ImportableRegistry> registries(JsonNode entries) {
        List<ImportableRegistry> found = new ArrayList<>();
        for (JsonNode entry : entries) {
            found.add(new ImportableRegistry(
                    entry.path("domainName").asText(), entry.path("insecure").asBoolean()));
        }
        return found;
    }

    /** The streams of a list, which may also be a single stream. */
    static List<ObjectNode> streams(JsonNode list) {
        if (!list.has("items")) {
            return List.of((ObjectNode) list.deepCopy());
        }
        return Json.objects(list, "items").stream().map(ObjectNode::deepCopy).toList();
    }
}
