package io.github.cdkmaven.mirror;

import java.util.List;

/** {@code images.txt}: the public names, one a line. */
final class ImageList {

    private ImageList() {}

    static String text(MirrorPlan plan, String what) {
        return Heading.of(List.of(what, "One image a line, by its public name; # begins a comment."))
                + Heading.sections(plan, image -> image.source().toString())
                + unmapped(plan);
    }

    private static String unmapped(MirrorPlan plan) {
        if (plan.unmapped().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n# Asked for outside, since no rule of <mappings> moves them:\n");
        plan.unmapped().forEach(image -> text.append("# ").append(image).append('\n'));
        return text.toString();
    }
}
