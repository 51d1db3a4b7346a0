package io.github.cdkmaven.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.json.JsonTree;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;

/** Finds the digest of a manifest of schema 1, which leaves out the signatures that stand in its middle (docker/libtrust). */
final class Schema1 {

    private Schema1() {}

    /**
     * The digest of what was signed; of all bytes where nothing was.
     *
     * @throws RegistryException if the signature does not say where the signed text ends
     */
    static String digest(byte[] manifest, JsonNode json) throws RegistryException {
        JsonNode signature = json.path("signatures").path(0).path("protected");
        if (signature.isMissingNode()) {
            return Sha256.of(manifest);
        }
        try {
            JsonNode header = JsonTree.readStrictly(Base64.getUrlDecoder().decode(signature.asText()));
            int length = header.path("formatLength").asInt(-1);
            byte[] tail =
                    Base64.getUrlDecoder().decode(header.path("formatTail").asText());
            if (length >= 0 && length <= manifest.length) {
                byte[] signed = Arrays.copyOf(manifest, length + tail.length);
                System.arraycopy(tail, 0, signed, length, tail.length);
                return Sha256.of(signed);
            }
        } catch (IOException | IllegalArgumentException e) {
            // Told below.
        }
        throw new RegistryException(
                new RegistryFailure.Broken(200, "a manifest of schema 1 whose signature cannot be read"));
    }
}
