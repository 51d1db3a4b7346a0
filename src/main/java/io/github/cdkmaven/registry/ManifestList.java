package io.github.cdkmaven.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.problem.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a manifest says about processors: a list for several of them, or schema 1 for one. */
final class ManifestList {

    /** More than any real list has; a longer one is only told in part. */
    private static final int MOST = 50;

    private static final int LONGEST = 80;

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
        return told(found);
    }

    /** The platforms of all images of a list, such as {@code linux/s390x}. */
    static List<String> platforms(JsonNode list) {
        List<String> found = new ArrayList<>();
        for (JsonNode part : list.path("manifests")) {
            found.add(part.path("platform").path("os").asText() + '/' + architecture(part));
        }
        return told(found);
    }

    private static List<String> told(List<String> texts) {
        return texts.stream()
                .limit(MOST)
                .map(text -> ForeignText.line(text, LONGEST))
                .toList();
    }

    /** What a list calls the digest of the image that a processor takes; it need not be one. */
    static Optional<String> image(JsonNode list, String processor) {
        for (JsonNode part : list.path("manifests")) {
            if (isLinux(part) && architecture(part).equals(processor)) {
                return Optional.of(part.path("digest").asText());
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
