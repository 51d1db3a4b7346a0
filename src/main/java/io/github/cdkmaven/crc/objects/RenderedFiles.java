package io.github.cdkmaven.crc.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.cdkmaven.json.JsonTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The files that a rendered MachineConfig brings to the node, as far as they are about registries. */
final class RenderedFiles {

    private static final String PULL_SECRET = "/var/lib/kubelet/config.json";

    private final JsonNode files;

    /** @param machineConfig the object {@code rendered-master-…}; missing where it cannot be read */
    RenderedFiles(JsonNode machineConfig) {
        this.files = machineConfig.path("spec").path("config").path("storage").path("files");
    }

    /** What CRI-O goes by. */
    RegistriesConf registries() {
        return RegistriesConf.parse(text(RegistriesConf.FILE).orElse(""));
    }

    /** Whether the pull secret is brought by it at all; operators of some versions write it by themselves. */
    boolean hasPullSecret() {
        return text(PULL_SECRET).isPresent();
    }

    /** The node's pull secret. */
    JsonNode pullSecret() {
        try {
            return JsonTree.read(text(PULL_SECRET).orElse("{}"));
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private Optional<String> text(String path) {
        for (JsonNode file : files) {
            if (file.path("path").asText().equals(path)) {
                JsonNode contents = file.path("contents");
                return Optional.of(decode(
                        contents.path("source").asText(),
                        contents.path("compression").asText("")));
            }
        }
        return Optional.empty();
    }

    /** A data URL (RFC 2397), as Ignition has it. */
    private static String decode(String url, String compression) {
        int comma = url.indexOf(',');
        if (!url.startsWith("data:") || comma < 0) {
            return "";
        }
        String rest = url.substring(comma + 1);
        boolean encoded = url.substring(0, comma).endsWith(";base64");
        byte[] bytes = encoded
                ? Base64.getMimeDecoder().decode(rest)
                : URLDecoder.decode(rest.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
                        .getBytes(StandardCharsets.ISO_8859_1);
        if (!compression.equals("gzip")) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
