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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The registries that stood behind the exchanges with OpenShift 4.19: other ports, and images of the same forms. */
final class FourRegistries implements AutoCloseable {

    /** The user and password of {@code :4502}. */
    static final String LOGIN = "importer:s3cret";

    private final SimulatedRegistry plain = SimulatedRegistry.start();
    private final SimulatedRegistry tls =
            SimulatedRegistry.builder().tls(TestCertificates.Kind.PRIVATE_CA).start();
    private final SimulatedRegistry login =
            SimulatedRegistry.builder().basicAuth("importer", "s3cret").start();
    private final Map<String, TinyImage> images = new HashMap<>();
    private final Map<String, String> rewrites = new HashMap<>();

    FourRegistries(List<Path> captures) throws IOException {
        rewrites.put("127.0.0.1:4500", plain.host());
        rewrites.put("127.0.0.1:4501", tls.host());
        rewrites.put("127.0.0.1:4502", login.host());
        // The port of a service that nobody runs any more stands for the one where nothing listened.
        rewrites.put("127.0.0.1:4503", "127.0.0.1:1");
        List<JsonNode> exchanges = new ArrayList<>();
        for (Path capture : captures) {
            exchanges.add(Json.read(Files.readAllBytes(capture)));
        }
        exchanges.forEach(this::addLists);
        exchanges.forEach(this::addSingles);
        exchanges.forEach(this::addRecorded);
        addBroken(exchanges);
        images.forEach(this::put);
        forget("lab/sparse", "lab/sparse-oci");
        plain.remove("ubi8/perl-526@"
                + images.get("ubi8/perl-526:latest").parts().get(0).digest());
    }

    /** The lists that were kept as a whole tell what they consist of. */
    private void addLists(JsonNode exchange) {
        eachFound(exchange, (name, image) -> {
            if (image.has("dockerImageManifests")) {
                List<TinyImage> parts = new ArrayList<>();
                for (JsonNode part : image.path("dockerImageManifests")) {
                    String architecture = part.path("architecture").asText();
                    TinyImage one = part.path("mediaType").asText().equals(TinyImage.OCI)
                            ? TinyImage.ociForArchitecture(architecture, name)
                            : TinyImage.forArchitecture(architecture, name);
                    parts.add(
                            name.startsWith("lab/oci-nomt")
                                    ? images.computeIfAbsent("lab/oci-nomt:1", key -> TinyImage.oci(key)
                                            .withoutMediaType())
                                    : one);
                    rewrites.put(
                            part.path("digest").asText(),
                            parts.get(parts.size() - 1).digest());
                }
                TinyImage list = TinyImage.index(
                        image.path("dockerImageManifestMediaType").asText(), parts);
                images.put(name, name.startsWith("lab/oci-nomt") ? list.withoutMediaType() : list);
                rewrites.put(
                        image.at("/metadata/name").asText(), images.get(name).digest());
            }
        });
    }

    private void addSingles(JsonNode exchange) {
        eachFound(exchange, (name, image) -> {
            if (!images.containsKey(name) && !name.contains("@") && !name.startsWith("lab/sparse")) {
                boolean oci =
                        image.path("dockerImageManifestMediaType").asText().equals(TinyImage.OCI);
                TinyImage single = oci ? TinyImage.oci(name) : TinyImage.named(name);
                images.put(name, name.startsWith("lab/artifact") ? artifact(name, image) : single);
                rewrites.put(
                        image.at("/metadata/name").asText(), images.get(name).digest());
            }
        });
    }

    /** What streams held when a capture was made, although no capture tells of its import. */
    private void addRecorded(JsonNode exchange) {
        for (JsonNode tag : exchange.at("/response/body/status/import/status/tags")) {
            for (JsonNode item : tag.path("items")) {
                String path = item.path("dockerImageReference").asText().replaceFirst("^[^/]+/", "");
                String name = path.replaceFirst("@.*", ":latest");
                if (!rewrites.containsKey(item.path("image").asText()) && !path.startsWith("lab/")) {
                    images.computeIfAbsent(name, TinyImage::named);
                    rewrites.put(item.path("image").asText(), images.get(name).digest());
                }
            }
        }
    }

    private static TinyImage artifact(String name, JsonNode image) {
        return TinyImage.artifact(image.at("/dockerImageLayers/0/mediaType").asText(), name);
    }

    /** Lists that lack one of their images. */
    private void addBroken(List<JsonNode> exchanges) {
        images.put("lab/sparse:1", TinyImage.list("sparse", "amd64", "arm64"));
        images.put("lab/sparse-oci:1", TinyImage.ociIndex("sparse", "amd64", "arm64"));
        images.put("ubi8/perl-526:latest", TinyImage.ociIndex("perl", "amd64", "arm64"));
        for (JsonNode exchange : exchanges) {
            eachFound(exchange, (name, image) -> {
                if (name.startsWith("lab/sparse")) {
                    rewrites.put(
                            image.at("/metadata/name").asText(),
                            images.get(name).parts().get(0).digest());
                }
            });
            String missing = exchange.at("/response/body/status/images/0/status/details/name")
                    .asText();
            if (missing.contains("/lab/sparse")) {
                String repository = missing.replaceFirst("^[^/]+/", "").replaceFirst("@.*", "");
                rewrites.put(
                        missing.replaceFirst(".*@", ""),
                        images.get(repository + ":1").parts().get(1).digest());
            }
        }
    }

    private interface Found {
        void image(String name, JsonNode image);
    }

    /** Each image that an answer says was found, by repository and tag. */
    private static void eachFound(JsonNode exchange, Found found) {
        JsonNode answers = exchange.at("/response/body/status/images");
        JsonNode wanted = exchange.at("/request/body/spec/images");
        for (int i = 0; i < answers.size(); i++) {
            if (answers.path(i).has("image")) {
                String name = wanted.at("/" + i + "/from/name").asText().replaceFirst("^[^/]+/", "");
                found.image(name, answers.path(i).path("image"));
            }
        }
    }

    private void put(String name, TinyImage image) {
        List.of(plain, tls, login).forEach(registry -> registry.put(name, image));
    }

    private void forget(String... repositories) {
        for (String repository : repositories) {
            plain.remove(repository + "@"
                    + images.get(repository + ":1").parts().get(1).digest());
        }
    }

    String caPem() {
        return tls.caPem().orElseThrow();
    }

    /** A capture as it would read had it been recorded here: hosts, ports and digests of today. */
    JsonNode rewritten(Path capture) throws IOException {
        String text = Files.readString(capture);
        String secret = Json.read(text.getBytes(StandardCharsets.UTF_8))
                .at("/request/body/data/.dockerconfigjson")
                .asText();
        if (!secret.isEmpty()) {
            String decoded = new String(Base64.getDecoder().decode(secret), StandardCharsets.UTF_8);
            text = text.replace(
                    secret, Base64.getEncoder().encodeToString(now(decoded).getBytes(StandardCharsets.UTF_8)));
        }
        return Json.read(now(text).getBytes(StandardCharsets.UTF_8));
    }

    /** The same text with the hosts and digests of today. */
    String now(String text) {
        String result = text;
        for (Map.Entry<String, String> rewrite : rewrites.entrySet()) {
            result = result.replace(rewrite.getKey(), rewrite.getValue());
        }
        return result;
    }

    @Override
    public void close() {
        List.of(plain, tls, login).forEach(SimulatedRegistry::close);
    }
}
