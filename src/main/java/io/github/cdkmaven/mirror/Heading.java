package io.github.cdkmaven.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The comments of a file: what it is and how it is run, and a title above the images that need a login and those that do not. */
final class Heading {

    private Heading() {}

    static String of(List<String> lines) {
        return lines.stream()
                .map(line -> line.isEmpty() ? "#\n" : "# " + line + "\n")
                .collect(Collectors.joining());
    }

    /** The images of a plan as lines, under titles that say which registries want a login. */
    static String sections(MirrorPlan plan, Function<MirrorImage, String> line) {
        return section(plan.only(image -> !image.needsLogin()), "without a login", line)
                + section(plan.only(MirrorImage::needsLogin), "with a login", line);
    }

    private static String section(MirrorPlan part, String title, Function<MirrorImage, String> line) {
        if (part.isEmpty()) {
            return "";
        }
        return "\n# From " + String.join(", ", sources(part)) + ", " + title + "\n"
                + part.images().stream().map(image -> line.apply(image) + "\n").collect(Collectors.joining());
    }

    /** The registries that images come from. */
    static List<String> sources(MirrorPlan plan) {
        return plan.images().stream()
                .flatMap(image -> image.source().registry().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The logins that a tool needs first. */
    static List<String> logins(MirrorPlan plan, String command) {
        List<String> lines = new ArrayList<>();
        sources(plan.only(MirrorImage::needsLogin)).forEach(host -> lines.add("  " + command + " " + host));
        plan.images().stream()
                .flatMap(image -> image.target().registry().stream())
                .distinct()
                .sorted()
                .forEach(host -> lines.add("  " + command + " " + host + "   (if it wants a login)"));
        return lines;
    }
}
