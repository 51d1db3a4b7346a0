package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TestCertificates;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The registries that stood behind the captured exchanges, on other ports and with other images of the same names. */
final class CaptureRegistries implements AutoCloseable {

    private final Map<String, SimulatedRegistry> registries;
    private final Map<String, String> rewrites = new TreeMap<>();

    private CaptureRegistries(Map<String, SimulatedRegistry> registries) {
        this.registries = registries;
        registries.forEach((name, registry) -> rewrites.put(name, registry.host()));
        // Ports of services that nobody runs any more stand for those where nothing listened.
        rewrites.put("127.0.0.1:5003", "127.0.0.1:1");
        rewrites.put("127.0.0.1:5009", "127.0.0.1:2");
    }

    static CaptureRegistries start() {
        SimulatedRegistry plain = SimulatedRegistry.start();
        plain.put("oci/redis:1", TinyImage.oci("redis"));
        return new CaptureRegistries(Map.of(
                "127.0.0.1:5000",
                plain,
                "127.0.0.1:5001",
                SimulatedRegistry.builder()
                        .tls(TestCertificates.Kind.PRIVATE_CA)
                        .start(),
                "127.0.0.1:5002",
                SimulatedRegistry.builder().basicAuth("mirror", "s3cr3t").start(),
                "127.0.0.1:5004",
                SimulatedRegistry.start()));
    }

    /** Where a host of the captures listens today. */
    String now(String host) {
        return rewrites.get(host);
    }

    /** Gives the registries what the real ones had, as one capture tells it: everything that a captured answer says was found. */
    void fill(JsonNode capture) {
        JsonNode images = capture.at("/response/body/status/images");
        for (int i = 0; i < images.size(); i++) {
            String from =
                    capture.at("/request/body/spec/images/" + i + "/from/name").asText();
            SimulatedRegistry registry = registries.get(from.replaceFirst("/.*", ""));
            if (images.path(i).has("image") && registry != null) {
                String path = from.substring(from.indexOf('/') + 1);
                String repository = path.replaceFirst("[:@].*", "");
                String tag = path.contains("@") || !path.contains(":") ? "latest" : path.replaceFirst(".*:", "");
                rewrites.put(
                        images.at("/" + i + "/image/metadata/name").asText(),
                        registry.put(repository + ":" + tag, TinyImage.named(repository)));
            }
        }
        List<JsonNode> tags = new ArrayList<>();
        capture.at("/response/body/status/import/status/tags").forEach(tags::add);
        capture.at("/response/body/items")
                .forEach(stream -> stream.at("/status/tags").forEach(tags::add));
        for (JsonNode tag : tags) {
            for (JsonNode item : tag.path("items")) {
                String from = item.path("dockerImageReference").asText();
                String path = from.substring(from.indexOf('/') + 1);
                SimulatedRegistry registry = registries.get(from.replaceFirst("/.*", ""));
                if (registry != null && !rewrites.containsKey(item.path("image").asText())) {
                    rewrites.put(
                            item.path("image").asText(),
                            registry.put(
                                    path.replaceFirst("@.*", ":latest"),
                                    TinyImage.named(path.replaceFirst("@.*", ""))));
                }
            }
        }
    }

    /** A capture as it would read had it been recorded here: hosts, ports and digests of today. */
    JsonNode rewritten(Path capture, SimulatedCluster cluster) throws IOException {
        String text = Files.readString(capture);
        String secret = Json.read(text.getBytes(StandardCharsets.UTF_8))
                .at("/request/body/data/.dockerconfigjson")
                .asText();
        if (!secret.isEmpty()) {
            String decoded = new String(Base64.getDecoder().decode(secret), StandardCharsets.UTF_8);
            byte[] moved = rewrite(decoded).getBytes(StandardCharsets.UTF_8);
            text = text.replace(secret, Base64.getEncoder().encodeToString(moved));
        }
        text = text.replace("https://127.0.0.1:8443", cluster.url().toString());
        return Json.read(rewrite(text).getBytes(StandardCharsets.UTF_8));
    }

    private String rewrite(String text) {
        String result = text;
        for (Map.Entry<String, String> rewrite : rewrites.entrySet()) {
            result = result.replace(rewrite.getKey(), rewrite.getValue());
        }
        return result;
    }

    @Override
    public void close() {
        registries.values().forEach(SimulatedRegistry::close);
    }
}
