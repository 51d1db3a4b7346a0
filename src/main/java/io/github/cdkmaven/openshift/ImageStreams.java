package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.openshift.Fields.UnexpectedFieldException;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.process.Retry.Pause;
import io.github.cdkmaven.registry.Parallel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the ImageStreams of namespaces; what is none is not taken for one. */
public final class ImageStreams {

    private static final String GROUP = "/apis/image.openshift.io/v1";

    /** More namespaces than this are read by one list of all, where the user may: one page of 500 costs less than so many questions. */
    private static final int MANY = 8;

    /** Each is one more connection to the cluster. */
    private static final int AT_ONCE = 4;

    private ImageStreams() {}

    /** The address of a namespace's streams. */
    public static String path(String namespace) {
        if (!Namespace.isName(namespace)) {
            throw new IllegalArgumentException("not a namespace");
        }
        return GROUP + "/namespaces/" + namespace + "/imagestreams";
    }

    /** All streams of some namespaces, called by name or by glob, in the server's order. */
    public static List<JsonNode> list(OpenShiftApi api, List<String> namespaces) {
        return read(api, namespaces, Pause.real(), stream -> stream);
    }

    /**
     * Makes something of each stream of some namespaces, called by name or by glob, and keeps nothing else. A namespace that only a glob means and
     * whose streams the user may not read has none.
     *
     * @return namespace by namespace, in the server's order
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster does not tell its streams, or has no namespace that a glob means
     */
    public static <T> List<T> read(
            OpenShiftApi api, List<String> namespaces, Pause pause, Function<JsonNode, T> reader) {
        NamespaceSelection selection = new NamespaceSelection(namespaces);
        List<String> names = selection.in(api);
        if (names.size() > MANY) {
            Optional<List<Optional<T>>> all = everywhere()
                    .readIfPermitted(api, pause, stream -> Optional.of(checked(stream, Namespace::isName))
                            .filter(any -> selection.includes(
                                    any.path("metadata").path("namespace").asText()))
                            .map(reader));
            if (all.isPresent()) {
                return all.get().stream().flatMap(Optional::stream).toList();
            }
        }
        Set<String> named = Set.copyOf(selection.named());
        Function<String, List<T>> one = namespace -> {
            Function<JsonNode, T> checking = stream -> reader.apply(checked(stream, namespace::equals));
            return named.contains(namespace)
                    ? in(namespace).read(api, pause, checking)
                    : in(namespace).readIfPermitted(api, pause, checking).orElse(List.of());
        };
        return names.size() == 1
                ? one.apply(names.get(0))
                : Parallel.map(names, AT_ONCE, one).values().stream()
                        .flatMap(List::stream)
                        .toList();
    }

    /** Makes something of each stream of a namespace; empty where the user may not read them. */
    static <T> Optional<List<T>> readIfPermitted(OpenShiftApi api, String namespace, Function<JsonNode, T> reader) {
        return in(namespace)
                .readIfPermitted(api, Pause.real(), stream -> reader.apply(checked(stream, namespace::equals)));
    }

    private static Listing in(String namespace) {
        return new Listing(
                path(namespace),
                "ImageStream",
                "The ImageStreams of namespace '" + namespace + "'",
                "log in as a user who may list imagestreams there, or leave the namespace out of <namespaces>"
                        + " (-Dcdk.namespaces)");
    }

    private static Listing everywhere() {
        return new Listing(
                GROUP + "/imagestreams",
                "ImageStream",
                "The ImageStreams of all namespaces",
                "log in as a user who may list imagestreams in all namespaces: <kubeconfig>, <context>");
    }

    /** Makes something of each stream of all namespaces. */
    static <T> List<T> readEverywhere(OpenShiftApi api, Function<JsonNode, T> reader) {
        return everywhere().read(api, Pause.real(), stream -> reader.apply(checked(stream, Namespace::isName)));
    }

    /**
     * Whether a stream is part of the release of an OpenShift 4 ({@code cli}, {@code tools}, {@code must-gather}, …): the cluster-version operator
     * owns it, and puts its images back at each of its rounds.
     */
    public static boolean isOfPayload(JsonNode stream) {
        JsonNode metadata = stream.path("metadata");
        for (JsonNode owner : metadata.path("ownerReferences")) {
            if (owner.path("kind").asText().equals("ClusterVersion")) {
                return true;
            }
        }
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(
                                metadata.path("annotations").fieldNames(), 0),
                        false)
                .anyMatch(name -> name.startsWith("include.release.openshift.io/"));
    }

    /** Whether a stream is one of those that the samples operator of an OpenShift 4 makes, also where it is told to leave it alone. */
    public static boolean isOfSamples(JsonNode stream) {
        JsonNode metadata = stream.path("metadata");
        return metadata.path("namespace").asText().equals(SamplesConfig.NAMESPACE)
                && (metadata.path("labels").has("samples.operator.openshift.io/managed")
                        || metadata.path("annotations").has("samples.operator.openshift.io/version"));
    }

    /** The repositories of a stream in the cluster's own registry, as pods and as people outside name them. */
    static List<String> repositories(JsonNode stream) {
        return Stream.of("dockerImageRepository", "publicDockerImageRepository")
                .flatMap(name -> Fields.optionalText(stream.path("status"), name).stream())
                .toList();
    }

    /**
     * The same stream.
     *
     * @param place whether it may be in a namespace
     * @throws UnexpectedFieldException if it is not of the form that the API promises
     */
    private static JsonNode checked(JsonNode stream, Predicate<String> place) {
        if (!stream.isObject()) {
            throw Fields.unexpected("item", stream, "an object");
        }
        String name = Fields.text(stream.path("metadata"), "name");
        if (!ImageReference.isComponent(name)) {
            throw new UnexpectedFieldException("no ImageStream is called '" + ForeignText.line(name, 80) + "'");
        }
        String namespace = Fields.text(stream.path("metadata"), "namespace");
        if (!place.test(namespace)) {
            throw new UnexpectedFieldException(
                    "ImageStream " + name + " is in namespace '" + ForeignText.line(namespace, 80) + "'");
        }
        try {
            checkSpec(Fields.object(stream, "spec"));
            checkStatus(Fields.object(stream, "status"));
        } catch (UnexpectedFieldException e) {
            throw new UnexpectedFieldException("ImageStream " + namespace + "/" + name + ": " + e.getMessage());
        }
        return stream;
    }

    private static void checkSpec(JsonNode spec) {
        Fields.optionalText(spec, "dockerImageRepository");
        Set<String> tags = new HashSet<>();
        for (JsonNode tag : Fields.objects(spec, "tags")) {
            String name = Fields.text(tag, "name");
            if (!ImageReference.isTag(name) || !tags.add(name)) {
                throw new UnexpectedFieldException("it has a tag '" + ForeignText.line(name, 80) + "'"
                        + (ImageReference.isTag(name) ? " twice" : ""));
            }
            JsonNode from = Fields.object(tag, "from");
            if (from.isObject()) {
                Fields.text(from, "kind");
                Fields.text(from, "name");
            }
        }
    }

    private static void checkStatus(JsonNode status) {
        Fields.optionalText(status, "dockerImageRepository");
        Fields.optionalText(status, "publicDockerImageRepository");
        for (JsonNode tag : Fields.objects(status, "tags")) {
            Fields.text(tag, "tag");
            for (JsonNode item : Fields.objects(tag, "items")) {
                Fields.optionalText(item, "dockerImageReference");
                Fields.optionalText(item, "image");
            }
        }
    }
}
