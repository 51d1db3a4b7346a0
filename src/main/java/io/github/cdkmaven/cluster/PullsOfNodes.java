package io.github.cdkmaven.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.openshift.ApiAnswer;
import io.github.cdkmaven.openshift.MirrorSets;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.registry.Sha256;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.streams.RegistrySecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String GROUP = "config.openshift.io/v1";

    /** Of a digest, enough to tell a few objects apart. */
    private static final int DIGITS = 8;

    /** What a kind of mirror set is for. */
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
     * What the images take that pods call by their public names, and those of the release's own ImageStreams.
     *
     * @param images those that the project named itself
     * @param payload those of the release's streams
     * @param four whether it is an OpenShift 4, which has mirror sets
     * @param folder where the objects go
     */
    List<Check> mirrors(List<NeededImage> images, List<ImageReference> payload, boolean four, Path folder) {
        MirrorSets sets = four ? MirrorSets.of(api) : new MirrorSets(true, List.of());
        Map<Kind, Map<String, String>> named = new TreeMap<>();
        images.stream().map(NeededImage::source).forEach(image -> registries
                .relocation()
                .move(image)
                .ifPresent(target -> want(named, image, target.name(), sets)));
        Map<Kind, Map<String, String>> released = new TreeMap<>();
        payload.forEach(image -> want(released, image, place(image), sets));
        Optional<Path> file = four ? write(folder, List.of(named, released)) : Optional.empty();
        List<Check> checks = new ArrayList<>();
        if (!named.isEmpty()) {
            checks.add(ofPods(names(named), file));
        }
        if (!payload.isEmpty()) {
            checks.add(ofRelease(payload.size(), names(released), file));
        }
        return checks;
    }

    /** Takes down which mirror an image wants, unless there is one for it. */
    private static void want(
            Map<Kind, Map<String, String>> wanted, ImageReference image, String target, MirrorSets sets) {
        Kind kind = Kind.of(image);
        String name = Relocation.fullName(image);
        boolean there =
                sets.mirrors().stream().anyMatch(mirror -> mirror.tags() == (kind == Kind.TAGS) && mirror.covers(name));
        if (!there) {
            wanted.computeIfAbsent(kind, key -> new TreeMap<>()).put(name, target);
        }
    }

    /** Where the registry has an image of the release: no default mapping is for its registry. */
    private String place(ImageReference image) {
        return registries
                .relocation()
                .move(image)
                .map(ImageReference::name)
                .orElseGet(() -> registries.own().name() + "/" + image.path());
    }

    private static List<String> names(Map<Kind, Map<String, String>> wanted) {
        return wanted.values().stream()
                .flatMap(found -> found.keySet().stream())
                .toList();
    }

    private static Check ofPods(List<String> names, Optional<Path> file) {
        String instead = "let the pods name the registry's images";
        return Check.warn(
                "cluster.mirrors",
                "additionalImages",
                file.isPresent()
                        ? "no mirror set for them is visible, so nodes contact "
                                + "the public registries where a pod names " + String.join(", ", names)
                        : "OpenShift 3 has no mirror sets: nodes contact the public registries where a pod names "
                                + names,
                file.map(objects -> apply(objects) + "; or " + instead + ".").orElse(instead));
    }

    private static String apply(Path objects) {
        return "Let an administrator apply the objects shown in the log: 'oc apply -f " + objects
                + "' (registries.conf changes on all nodes; if there are several, they are drained one by one)";
    }

    /** No move is for these streams: the cluster-version operator would take it back. */
    private static Check ofRelease(int count, List<String> names, Optional<Path> file) {
        String subject = "ImageStreams of the release";
        return names.isEmpty()
                ? Check.ok("cluster.payload", subject, "a mirror set covers all " + count + " of their images")
                : Check.warn(
                        "cluster.payload",
                        subject,
                        "the cluster-version operator owns them, and no mirror set is visible that redirects "
                                + String.join(", ", names) + " to the registry",
                        file.map(PullsOfNodes::apply).orElse("")
                                + ", once the release is mirrored there ('oc adm release mirror').");
    }

    private JsonNode get(String path) {
        try {
            ApiAnswer answer = api.get(path, LIMIT);
            return answer.isSuccess() ? answer.body() : JsonTree.object();
        } catch (IOException e) {
            LOG.debug("{} cannot be read", path, e);
            return JsonTree.object();
        }
    }

    private Optional<Path> write(Path folder, List<Map<Kind, Map<String, String>>> parts) {
        Map<Kind, Map<String, String>> wanted = new TreeMap<>();
        parts.forEach(part -> part.forEach((kind, mirrors) ->
                wanted.computeIfAbsent(kind, key -> new TreeMap<>()).putAll(mirrors)));
        Path file = folder.resolve("mirror-sets.json");
        if (wanted.isEmpty()) {
            remove(file);
            return Optional.empty();
        }
        ObjectNode all = JsonTree.object().put("apiVersion", "v1").put("kind", "List");
        ArrayNode items = all.putArray("items");
        wanted.forEach((kind, mirrors) -> {
            ObjectNode set = items.addObject().put("apiVersion", GROUP).put("kind", kind.kind);
            set.putObject("metadata").put("name", name(mirrors));
            ArrayNode list = set.putObject("spec").putArray(kind.list);
            mirrors.forEach((source, mirror) ->
                    list.addObject().put("source", source).putArray("mirrors").add(mirror));
        });
        String text = JsonTree.pretty(all);
        try {
            Files.createDirectories(folder);
            Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        }
        LOG.info("For an administrator of the cluster ({}):", file);
        text.lines().forEach(line -> LOG.info("  {}", line));
        return Optional.of(file);
    }

    /** By what is in it: under one name, the next object that an administrator applies would take the mirrors of the last one away. */
    private String name(Map<String, String> mirrors) {
        String digest = Sha256.of(mirrors.toString().getBytes(StandardCharsets.UTF_8));
        return registries.own().host().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-") + "-"
                + digest.substring(digest.length() - DIGITS);
    }

    /** What an earlier run wanted, nobody is to apply any more. */
    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file, e);
        }
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
                        "the importer logs in with the secret " + RegistrySecret.NAME + ", but pods of namespace "
                                + project + " have no login for the registry",
                        "If pods pull from " + host + " directly: 'oc secrets link default " + RegistrySecret.NAME
                                + " --for=pull -n " + project
                                + "' in a namespace that has this secret; or let an administrator add the login"
                                + " for all nodes, which does not drain them: 'oc registry login --registry="
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
