package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.cluster.image.DockerReference;
import io.github.cdkmaven.sim.cluster.importer.NodeRegistries;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What OpenShift 4's importer makes of the cluster's configuration: {@code images.config.openshift.io/cluster} and the
 * mirror sets, as they are at the moment (measured: no operator is needed). It does not look at
 * {@code registrySources.allowedRegistries}, nor at {@code mirrorSourcePolicy}: only nodes do.
 */
final class ConfiguredRegistries implements NodeRegistries {

    /**
     * A kind of mirror set.
     *
     * @param resource as it is stored
     * @param list the field below {@code spec}
     * @param digests whether it serves references by digest, not those by tag
     */
    private record MirrorSets(String resource, String list, boolean digests) {}

    private static final List<MirrorSets> MIRROR_SETS = List.of(
            new MirrorSets("imagecontentsourcepolicies.operator.openshift.io", "repositoryDigestMirrors", true),
            new MirrorSets("imagedigestmirrorsets.config.openshift.io", "imageDigestMirrors", true),
            new MirrorSets("imagetagmirrorsets.config.openshift.io", "imageTagMirrors", false));

    private final ObjectStore store;
    private final ClusterState state;
    private final List<X509Certificate> system;

    /** @param system authorities that the servers trust like those of their system */
    ConfiguredRegistries(ObjectStore store, ClusterState state, List<X509Certificate> system) {
        this.store = store;
        this.state = state;
        this.system = List.copyOf(system);
    }

    @Override
    public boolean isBlocked(DockerReference reference) {
        return sources("blockedRegistries").contains(reference.registryOrHub());
    }

    @Override
    public boolean isInsecure(DockerReference reference) {
        return sources("insecureRegistries").contains(reference.registryOrHub());
    }

    @Override
    public List<DockerReference> pullSources(DockerReference reference) {
        List<DockerReference> sources = new ArrayList<>();
        longestMatch(reference).ifPresent(entry -> Json.texts(entry, "mirrors")
                .forEach(mirror -> sources.add(mirrored(
                        reference, entry.path("source").asText(), mirror))));
        sources.add(reference);
        return sources;
    }

    @Override
    public List<X509Certificate> authorities(String authority) {
        List<X509Certificate> trusted = new ArrayList<>(system);
        trusted.addAll(state.additionalTrustedCa(authority));
        return trusted;
    }

    private List<String> sources(String name) {
        JsonNode spec = store.get("images.config.openshift.io", "", "cluster")
                .map(config -> config.path("spec"))
                .orElse(Json.object());
        return Json.texts(spec.path("registrySources"), name);
    }

    private Optional<ObjectNode> longestMatch(DockerReference reference) {
        ObjectNode best = Json.object();
        for (MirrorSets kind : MIRROR_SETS) {
            if (kind.digests() == !reference.digest().isEmpty()) {
                for (ObjectNode set : store.list(kind.resource(), "")) {
                    for (ObjectNode entry : Json.objects(set.path("spec"), kind.list())) {
                        String source = entry.path("source").asText();
                        if (isBelow(name(reference), source)
                                && source.length() > best.path("source").asText().length()) {
                            best = entry;
                        }
                    }
                }
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    private static DockerReference mirrored(DockerReference reference, String source, String mirror) {
        String name = mirror + name(reference).substring(source.length());
        String suffix = reference.digest().isEmpty() ? ":" + reference.tagOrLatest() : "@" + reference.digest();
        return DockerReference.parse(name + suffix);
    }

    private static String name(DockerReference reference) {
        return reference.registryOrHub() + "/" + reference.path();
    }

    private static boolean isBelow(String name, String source) {
        return name.equals(source) || name.startsWith(source + "/");
    }
}
