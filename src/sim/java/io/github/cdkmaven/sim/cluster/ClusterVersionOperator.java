package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The cluster-version operator, as far as streams are concerned: it owns those of the payload, and puts them back. */
public final class ClusterVersionOperator {

    private static final String VERSIONS = "clusterversions.config.openshift.io";
    private static final Duration ROUND = Duration.ofMinutes(3);
    private static final List<String> PAYLOAD = List.of(
            "cli",
            "cli-artifacts",
            "driver-toolkit",
            "installer",
            "installer-artifacts",
            "must-gather",
            "network-tools",
            "oauth-proxy",
            "tests",
            "tools");

    private final ObjectStore store;
    private final StreamRegistry streams;
    private final Optional<SamplesOperator> samples;
    private String release;
    private Duration rest = Duration.ZERO;

    ClusterVersionOperator(
            ObjectStore store, StreamRegistry streams, Optional<SamplesOperator> samples, String release) {
        this.store = store;
        this.streams = streams;
        this.samples = samples;
        this.release = release;
    }

    /** Moves its clock, and that of the samples operator; each 3 minutes it puts its streams back. */
    public void advance(Duration time) {
        samples.ifPresent(operator -> operator.advance(time));
        rest = rest.plus(time);
        if (rest.compareTo(ROUND) >= 0) {
            rest = Duration.ofNanos(rest.toNanos() % ROUND.toNanos());
            sync();
        }
    }

    /** Puts its streams back now: {@code from} and {@code importPolicy} of each tag. */
    public void sync() {
        for (String name : PAYLOAD) {
            ObjectNode wanted = stream(name);
            Optional<ObjectNode> found = streams.get(SampleStreams.NAMESPACE, name);
            if (found.isEmpty()) {
                streams.create(wanted, false);
                continue;
            }
            ObjectNode changed = found.get();
            for (ObjectNode tag : Json.objects(wanted.path("spec"), "tags")) {
                Json.find(changed.path("spec"), "tags", "name", tag.path("name").asText())
                        .ifPresent(existing -> List.of("from", "importPolicy")
                                .forEach(part -> existing.set(part, tag.path(part))));
            }
            try {
                streams.update(changed, changed.path("metadata").path("resourceVersion").asText(), false);
            } catch (ApiException e) {
                // The next round tries again.
            }
        }
    }

    /** Upgrades the cluster: its version, its payload, and the samples operator. */
    public void upgrade(String nextRelease) {
        release = nextRelease;
        store.get(VERSIONS, "", "version").ifPresent(found -> {
            ObjectNode status = Json.child(found, "status");
            Json.child(status, "desired").put("version", nextRelease);
            ObjectNode done = (ObjectNode) status.path("history").path(0).deepCopy();
            Json.children(status, "history").insert(0, done.put("version", nextRelease));
            store.put(VERSIONS, found);
        });
        sync();
        samples.ifPresent(operator -> operator.upgrade(nextRelease));
    }

    /** The streams of a cluster that was installed a while ago. */
    void install() {
        PAYLOAD.forEach(name -> streams.loadWithStatus(SampleStreams.imported(stream(name))));
    }

    private ObjectNode stream(String name) {
        ObjectNode stream = Json.object();
        ObjectNode metadata =
                stream.putObject("metadata").put("name", name).put("namespace", SampleStreams.NAMESPACE);
        metadata.putObject("annotations")
                .put("include.release.openshift.io/ibm-cloud-managed", "true")
                .put("include.release.openshift.io/self-managed-high-availability", "true");
        ObjectNode owner = metadata.putArray("ownerReferences").addObject();
        owner.put("apiVersion", "config.openshift.io/v1").put("kind", "ClusterVersion").put("name", "version");
        store.get(VERSIONS, "", "version")
                .ifPresent(found -> owner.set("uid", found.path("metadata").path("uid")));
        owner.put("controller", true);
        String digest = TinyImage.digest((name + release).getBytes(StandardCharsets.UTF_8));
        ObjectNode tag = stream.putObject("spec").putArray("tags").addObject();
        tag.put("name", "oauth-proxy".equals(name) ? "v4.4" : "latest");
        tag.putObject("from")
                .put("kind", "DockerImage")
                .put("name", "quay.io/openshift-release-dev/ocp-v4.0-art-dev@" + digest);
        tag.putObject("importPolicy").put("scheduled", true).put("importMode", "PreserveOriginal");
        return stream;
    }
}
