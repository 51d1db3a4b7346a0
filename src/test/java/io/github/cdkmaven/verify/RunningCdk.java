package io.github.cdkmaven.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cdkmaven.engine.Contents;
import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.engine.Machine;
import io.github.cdkmaven.engine.RegistryPolicy;
import io.github.cdkmaven.engine.ToyEngine;
import io.github.cdkmaven.minishift.VmAnswers;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The least of a CDK that a proof of origin asks: pods, ImageStreams, and a VM whose answers the test dictates. */
final class RunningCdk implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final HttpServer server;
    private final ArrayNode pods = JSON.createArrayNode();
    private final ArrayNode streams = JSON.createArrayNode();
    private final ArrayNode events = JSON.createArrayNode();
    private final List<String> containers = new ArrayList<>();
    private final List<String> stored = new ArrayList<>();
    private final List<String> pulled = new ArrayList<>();
    private String info = "Registries: docker.io (secure)\n";
    private String unit = "";
    private String authorities = "";
    private String podsAnswer = "";

    RunningCdk(Path folder) throws IOException {
        this.folder = folder;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/api/v1/pods", exchange -> {
            if (podsAnswer.isEmpty()) {
                answer(exchange, "PodList", pods);
            } else {
                answer(exchange, podsAnswer);
            }
        });
        server.createContext(
                "/apis/image.openshift.io/v1/imagestreams", exchange -> answer(exchange, "ImageStreamList", streams));
        server.createContext("/api/v1/namespaces/shop/events", exchange -> answer(exchange, "EventList", events));
        server.start();
    }

    private static void answer(HttpExchange exchange, String kind, ArrayNode items) throws IOException {
        answer(
                exchange,
                JSON.createObjectNode().put("kind", kind).set("items", items).toString());
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** A container of the pod of namespace shop; the image's id is empty while there is none. */
    ObjectNode pod(String kind, String container, String image, String imageId) {
        ObjectNode pod = pods.isEmpty() ? pods.addObject() : (ObjectNode) pods.get(0);
        pod.putObject("metadata").put("namespace", "shop").put("name", "web-1-abcde");
        pod.withObject("/spec")
                .withArray(kind)
                .addObject()
                .put("name", container)
                .put("image", image);
        return pod.withObject("/status")
                .withArray(kind.equals("containers") ? "containerStatuses" : "initContainerStatuses")
                .addObject()
                .put("name", container)
                .put("imageID", imageId);
    }

    /** The newest item of tag 2 of an ImageStream in namespace openshift. */
    RunningCdk stream(String name, String digest, String image) {
        ObjectNode stream = streams.addObject();
        stream.putObject("metadata").put("namespace", "openshift").put("name", name);
        ObjectNode status =
                stream.putObject("status").put("dockerImageRepository", "172.30.1.1:5000/openshift/" + name);
        ObjectNode tag = status.putArray("tags").addObject().put("tag", "2");
        tag.putArray("items").addObject().put("image", digest).put("dockerImageReference", image);
        return this;
    }

    RunningCdk event(String when, String message) {
        events.addObject().put("lastTimestamp", when).put("message", message);
        return this;
    }

    RunningCdk container(String name, String image) {
        containers.add(name + "|" + image);
        return this;
    }

    /** A row of {@code docker images}: repository, tag, digest, id. */
    RunningCdk stored(String row) {
        stored.add(row);
        return this;
    }

    /** What the cluster answers, with status 200, instead of its pods. */
    RunningCdk podsAnswer(String text) {
        podsAnswer = text;
        return this;
    }

    RunningCdk info(String text) {
        info = text;
        return this;
    }

    RunningCdk unit(String text) {
        unit = text;
        return this;
    }

    RunningCdk authorities(String pem) {
        authorities = pem;
        return this;
    }

    OpenShiftApi api() {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new OpenShiftApi(ClusterAccess.to(uri));
    }

    /**
     * An engine with this VM as it is now, in which every pull is refused with a text.
     *
     * @param authority the fingerprint of the authority that minishift is known for
     */
    Engine engine(RegistryPolicy wanted, boolean external, String authority, String pullAnswer) {
        return new ToyEngine(folder, api().access()) {

            @Override
            public Machine machine() {
                return new Machine("cdk", folder, false, true, true, true, external, Optional.empty());
            }

            @Override
            public RegistryPolicy policy() {
                return wanted;
            }

            @Override
            public Contents contents(Duration limit) {
                return VmAnswers.contents(
                        wanted,
                        authority,
                        String.join("\n", containers),
                        String.join("\n", stored),
                        info,
                        unit,
                        authorities);
            }

            @Override
            public List<Pull> pull(List<String> images, Duration limit) {
                pulled.addAll(images);
                return images.stream()
                        .map(image -> new Pull(image, false, pullAnswer, pullAnswer))
                        .toList();
            }
        };
    }

    /** What was tried to be pulled. */
    List<String> pulled() {
        return pulled;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
