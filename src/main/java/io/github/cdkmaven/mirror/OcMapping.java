package io.github.cdkmaven.mirror;

import java.util.ArrayList;
import java.util.List;

/** {@code mapping.txt} for {@code oc image mirror -f}: a source and its destination a line, each destination once. */
final class OcMapping {

    private OcMapping() {}

    static String text(MirrorPlan plan, String what, String file, boolean insecure, String processor) {
        List<String> head = new ArrayList<>(List.of(
                what,
                "",
                "Log in first:",
                "",
                "then run:",
                "",
                "  oc image mirror -f " + file + " --filter-by-os=linux/" + processor + " --continue-on-error"
                        + (insecure ? " --insecure" : ""),
                "",
                "Images must be mirrored in Docker's format: OpenShift 3.x cannot read OCI manifests."));
        head.addAll(3, Heading.logins(plan, "docker login"));
        PushTags tags = new PushTags(plan);
        return Heading.of(head) + Heading.sections(plan, image -> image.fetched() + "=" + tags.tagged(image));
    }
}
