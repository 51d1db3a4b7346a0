package io.github.cdkmaven.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.openshift.ApiAnswer;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.streams.RegistrySecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the nodes of a cluster need beyond its importer, to pull images for pods: the registry's login, and mirror sets for images that pods call by
 * their public names. None of it is ours to set, so that it is told as objects and commands for those who may, without a secret's value.
 */
final class PullsOfNodes {

    private static final Logger LOG = LoggerFactory.getLogger(PullsOfNodes.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String GROUP = "config.openshift.io/v1";

    /** What a kind of mirror set is for; both are there since OpenShift 4.13. */
    private enum Kind {
        DIGESTS("ImageDigestMirrorSet", "imageDigestMirrors"),
        TAGS("ImageTagMirrorSet", "imageTagMirrors");

        private final String kind;
        private final String list;

        Kind(String kind, String list) {
            this.kind = kind;
            this.list = list;
        }

        private static Kind of(ImageReference image) {
            return image.digest().isPresent() ? DIGESTS : TAGS;
        }
    }

    private final OpenShiftApi api;
    private final Registries registries;

    PullsOfNodes(OpenShiftApi api, Registries registries) {
        this.api = api;
        this.registries = registries;
    }

    /**
     * What the images take that pods call by their public names.
     *
     * @param images those that the project named itself
     * @param four whether it is an OpenShift 4, which has mirror sets
     * @param folder where the objects go
     */
    Optional<Check> mirrors(List<NeededImage> images, boolean four, Path folder) {
        Map<Kind, Map<String, String>> wanted = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            List<String> there = four ? sources(kind) : List.of();
            Map<String, String> mirrors = new TreeMap<>();
            images.stream()
                    .map(NeededImage::source)
                    .filter(image -> Kind.of(image) == kind)
                    .forEach(image -> registries
                            .relocation()
                            .move(image)
                            .filter(target -> !isCovered(Relocation.fullName(image), there))
                            .ifPresent(target -> mirrors.put(Relocation.fullName(image), target.name())));
            if (!mirrors.isEmpty()) {
                wanted.put(kind, mirrors);
            }
        }
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = wanted.values().stream()
                .flatMap(found -> found.keySet().stream())
                .toList();
        String what = "no mirror set is seen that sends them to the registry, so that nodes ask "
                + "the public registries where a pod names " + String.join(", ", names);
        String instead = "let the pods name the registry's images";
        return Optional.of(Check.warn(
                "cluster.mirrors",
                "additionalImages",
                four
                        ? what
                        : "OpenShift 3 has no mirror sets: nodes ask the public registries where a pod names " + names,
                four
                        ? "Let an administrator apply what is in the log: 'oc apply -f " + write(folder, wanted)
                                + "' (registries.conf changes on all nodes, which are drained one by one where there are several); or "
                                + instead + "."
                        : instead));
    }

    private static boolean isCovered(String name, List<String> sources) {
        return sources.stream().anyMatch(source -> name.equals(source) || name.startsWith(source + "/"));
    }

    /** Whoever may not read them sees none. */
    private List<String> sources(Kind kind) {
        List<String> sources = new ArrayList<>();
        for (JsonNode set : get("/apis/" + GROUP + "/" + kind.kind.toLowerCase(Locale.ROOT) + "s")
                .path("items")) {
            for (JsonNode entry : set.path("spec").path(kind.list)) {
                sources.add(entry.path("source").asText());
            }
        }
        return sources;
    }

    private JsonNode get(String path) {
        try {
            ApiAnswer answer = api.get(path, LIMIT);
            return answer.isSuccess() ? answer.body() : JSON.createObjectNode();
        } catch (IOException e) {
            LOG.debug("{} cannot be read", path, e);
            return JSON.createObjectNode();
        }
    }

    private Path write(Path folder, Map<Kind, Map<String, String>> wanted) {
        ObjectNode all = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
        ArrayNode items = all.putArray("items");
        wanted.forEach((kind, mirrors) -> {
            ObjectNode set = items.addObject().put("apiVersion", GROUP).put("kind", kind.kind);
            set.putObject("metadata")
                    .put(
                            "name",
                            registries.own().host().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-"));
            ArrayNode list = set.putObject("spec").putArray(kind.list);
            mirrors.forEach((source, mirror) ->
                    list.addObject().put("source", source).putArray("mirrors").add(mirror));
        });
        Path file = folder.resolve("mirror-sets.json");
        try {
            Files.createDirectories(folder);
            Files.writeString(file, all.toPrettyString() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        }
        LOG.info("For an administrator of the cluster ({}):", file);
        all.toPrettyString().lines().forEach(line -> LOG.info("  {}", line));
        return file;
    }

    /**
     * How pods of the build's project get the registry's login, which the importer has from a secret.
     *
     * @param project the namespace in which the build works
     */
    Optional<Check> login(String project) {
        List<String> hosts = registries.all().stream()
                .filter(registry -> registry.credentials().isPresent())
                .map(Registry::host)
                .toList();
        if (hosts.isEmpty() || isLinked(project)) {
            return Optional.empty();
        }
        String host = String.join(", ", hosts);
        return Optional.of(
                Check.warn(
                        "cluster.login",
                        host,
                        "the importer logs in by the secret " + RegistrySecret.NAME + ", and pods of namespace "
                                + project + " have no login for it",
                        "Where pods pull from " + host + " themselves: 'oc secrets link default " + RegistrySecret.NAME
                                + " --for=pull -n " + project
                                + "' in a namespace that has this secret; or let an administrator add the login"
                                + " for all nodes, which are not drained for it: 'oc registry login --registry="
                                + hosts.get(0)
                                + " --auth-basic=<user>:<password> --to=config.json' on a copy of secret/pull-secret of openshift-config, then 'oc"
                                + " set data secret/pull-secret -n openshift-config --from-file=.dockerconfigjson=config.json'."));
    }

    private boolean isLinked(String project) {
        JsonNode secrets = get("/api/v1/namespaces/" + project + "/serviceaccounts/default")
                .path("imagePullSecrets");
        return Stream.iterate(0, i -> i < secrets.size(), i -> i + 1)
                .anyMatch(i -> secrets.path(i).path("name").asText().equals(RegistrySecret.NAME));
    }
}
