package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.openshift.Fields.UnexpectedFieldException;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.process.Retry.Pause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads the ImageStreams of namespaces; what is none is not taken for one. */
public final class ImageStreams {

    private static final String GROUP = "/apis/image.openshift.io/v1";

    private ImageStreams() {}

    /** The address of a namespace's streams. */
    public static String path(String namespace) {
        if (!Namespace.isName(namespace)) {
            throw new IllegalArgumentException("not a namespace");
        }
        return GROUP + "/namespaces/" + namespace + "/imagestreams";
    }

    /** All streams of some namespaces, in the server's order. */
    public static List<JsonNode> list(OpenShiftApi api, List<String> namespaces) {
        return read(api, namespaces, Pause.real(), stream -> stream);
    }

    /**
     * Makes something of each stream of some namespaces, in the server's order, and keeps nothing else.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster does not tell its streams
     */
    public static <T> List<T> read(
            OpenShiftApi api, List<String> namespaces, Pause pause, Function<JsonNode, T> reader) {
        List<T> all = new ArrayList<>();
        for (String namespace : namespaces) {
            all.addAll(new Listing(
                            path(namespace),
                            "ImageStream",
                            "The ImageStreams of namespace '" + namespace + "'",
                            "log in as a user who may list imagestreams there, or leave the namespace out of <namespaces>"
                                    + " (-Dcdk.namespaces)")
                    .read(api, pause, stream -> reader.apply(checked(stream, namespace::equals))));
        }
        return all;
    }

    /** Makes something of each stream of all namespaces. */
    static <T> List<T> readEverywhere(OpenShiftApi api, Function<JsonNode, T> reader) {
        return new Listing(
                        GROUP + "/imagestreams",
                        "ImageStream",
                        "The ImageStreams of all namespaces",
                        "log in as a user who may list imagestreams in all namespaces: <kubeconfig>, <context>")
                .read(api, Pause.real(), stream -> reader.apply(checked(stream, Namespace::isName)));
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
