package io.github.cdkmaven.mirror;

import io.github.cdkmaven.image.ImageReference;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The files of {@code skopeo sync}. It keeps only the last component of a name and puts it behind one destination, so that each folder of the
 * registry takes a file of its own; a script runs them all.
 */
final class SkopeoSync {

    private final MirrorPlan plan;
    private final String what;
    private final String folder;
    private final boolean insecure;
    private final String skopeo;

    /**
     * Files for a plan.
     *
     * @param folder the folder that they will lie in, beside the script
     */
    SkopeoSync(MirrorPlan plan, String what, String folder, boolean insecure, String processor) {
        this.plan = plan.only(SkopeoSync::expressible);
        this.what = what;
        this.folder = folder;
        this.insecure = insecure;
        this.skopeo = "skopeo --override-os linux --override-arch " + processor + " sync --format v2s2 --keep-going";
    }

    /** Whether sync can put it where it belongs: by a tag, and under its own last component. */
    private static boolean expressible(MirrorImage image) {
        return image.source().digest().isEmpty()
                && last(image.source()).equals(last(image.target()))
                && image.source().tag().equals(image.target().tag());
    }

    private static String last(ImageReference reference) {
        return reference.path().substring(reference.path().lastIndexOf('/') + 1);
    }

    /** One call of skopeo: everything that goes to one place, with or without a login at its source. */
    private record Call(String destination, boolean login) implements Comparable<Call> {

        static Call of(MirrorImage image) {
            String name = image.target().name();
            return new Call(name.substring(0, name.lastIndexOf('/')), image.needsLogin());
        }

        /** No plus and no colon can be in a path, and no file of Windows may have the latter. */
        String fileName() {
            return destination.replace('/', '+').replace(':', '_') + (login ? ".login" : "") + ".yaml";
        }

        @Override
        public int compareTo(Call other) {
            return Comparator.comparing(Call::login)
                    .thenComparing(Call::destination)
                    .compare(this, other);
        }
    }

    private Map<Call, List<MirrorImage>> calls() {
        return plan.images().stream().collect(Collectors.groupingBy(Call::of, TreeMap::new, Collectors.toList()));
    }

    /** The YAML files by name; each needs no more than its first lines to be run. */
    Map<String, String> yamls() {
        Map<String, String> files = new TreeMap<>();
        calls().forEach((call, images) -> files.put(call.fileName(), yaml(call, images)));
        return files;
    }

    private String yaml(Call call, List<MirrorImage> images) {
        StringBuilder yaml = new StringBuilder(Heading.of(List.of(what, "", "Run:", "", "  " + command(call))));
        Map<String, Map<String, TreeSet<String>>> registries = new TreeMap<>();
        images.forEach(image -> registries
                .computeIfAbsent(image.source().registry().orElseThrow(), host -> new TreeMap<>())
                .computeIfAbsent(image.source().path(), path -> new TreeSet<>())
                .add(image.source().tag().orElseThrow()));
        registries.forEach((host, repositories) -> {
            if (call.login()) {
                yaml.append("# wants a login: skopeo login ").append(host).append('\n');
            }
            yaml.append('"').append(host).append("\":\n  images:\n");
            repositories.forEach((path, tags) -> {
                yaml.append("    \"").append(path).append("\":\n");
                // A tag such as 1.0 would be a number without quotes.
                tags.forEach(tag -> yaml.append("      - \"").append(tag).append("\"\n"));
            });
        });
        return yaml.toString();
    }

    private String command(Call call) {
        return skopeo + (insecure ? " --dest-tls-verify=false" : "") + " --src yaml --dest docker " + call.fileName()
                + " " + call.destination();
    }

    /** The script that runs them all. */
    String script(String file) {
        Function<Call, String> line = call -> command(call).replace(skopeo, skopeo + " \"$@\"") + " || failed=1\n";
        String head = Heading.of(List.of(
                        what,
                        "",
                        "Log in first:",
                        "",
                        "then run, with further options of skopeo sync as arguments where they are needed:",
                        "",
                        "  sh " + file))
                .replace("Log in first:\n#\n", "Log in first:\n#\n" + Heading.of(Heading.logins(plan, "skopeo login")));
        return "#!/bin/sh\n" + head + "set -u\ncd \"$(dirname \"$0\")/" + folder + "\" || exit 1\nfailed=0\n"
                + calls().keySet().stream().map(line).collect(Collectors.joining())
                + "exit \"$failed\"\n";
    }
}
