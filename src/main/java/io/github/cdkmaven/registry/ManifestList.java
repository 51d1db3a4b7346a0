package io.github.cdkmaven.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a manifest says about processors: a list for several of them, or schema 1 for one. */
final class ManifestList {

    private ManifestList() {}

    /** Those of a list's Linux images; the one that schema 1 carries in itself. */
    static List<String> architectures(JsonNode manifest) {
        List<String> found = new ArrayList<>();
        for (JsonNode part : manifest.path("manifests")) {
            if (isLinux(part) && part.path("platform").has("architecture")) {
                found.add(architecture(part));
            }
        }
        if (manifest.path("architecture").isTextual()) {
            found.add(manifest.path("architecture").asText());
        }
        return found;
    }

    /** The platforms of all images of a list, such as {@code linux/s390x}. */
    static List<String> platforms(JsonNode list) {
        List<String> found = new ArrayList<>();
        for (JsonNode part : list.path("manifests")) {
            found.add(part.path("platform").path("os").asText() + '/' + architecture(part));
        }
        return found;
    }

    /** The digest of the image that CDK's processor takes from a list. */
    static Optional<String> amd64(JsonNode list) {
        for (JsonNode part : list.path("manifests")) {
            if (isLinux(part) && architecture(part).equals(MediaTypes.AMD64)) {
                return Optional.of(part.path("digest").asText()).filter(Sha256::isName);
            }
        }
        return Optional.empty();
    }

    private static boolean isLinux(JsonNode part) {
        return part.path("platform").path("os").asText("linux").equals("linux");
    }

    private static String architecture(JsonNode part) {
        return part.path("platform").path("architecture").asText();
    }
}
