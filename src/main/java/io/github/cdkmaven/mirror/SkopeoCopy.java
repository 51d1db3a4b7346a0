package io.github.cdkmaven.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@code skopeo-copy.sh}: copies image by image, to whatever place each one belongs. */
final class SkopeoCopy {

    private SkopeoCopy() {}

    static String text(MirrorPlan plan, String what, String file, boolean insecure, String processor) {
        List<String> head = new ArrayList<>(List.of(
                what,
                "",
                "Log in first:",
                "",
                "then run, with further options of skopeo copy as arguments where they are needed:",
                "",
                "  sh " + file + "                              everything",
                "  FROM=registry.redhat.io/ sh " + file + "     only what comes from there"));
        head.addAll(3, Heading.logins(plan, "skopeo login"));
        PushTags tags = new PushTags(plan);
        return template()
                .replace("@HEADING@", Heading.of(head))
                .replace("@PROCESSOR@", processor)
                .replace("@OPTIONS@", insecure ? " --dest-tls-verify=false" : "")
                .replace("@IMAGES@", Heading.sections(plan, image -> line(image, tags)));
    }

    private static String template() {
        try (InputStream file = SkopeoCopy.class.getResourceAsStream("skopeo-copy.sh")) {
            if (file == null) {
                throw new IllegalStateException("skopeo-copy.sh is not in the plugin");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(MirrorImage image, PushTags tags) {
        return image.fetched() + " " + tags.taggedOrPinned(image);
    }
}
