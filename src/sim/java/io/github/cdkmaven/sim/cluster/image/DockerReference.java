package io.github.cdkmaven.sim.cluster.image;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image reference as OpenShift takes it apart (origin {@code pkg/image/apis/image/reference}).
 *
 * @param registry host and port; empty means Docker Hub
 * @param repository the path below the registry, without a tag
 * @param tag empty where there is none
 * @param digest empty where there is none
 */
public record DockerReference(String registry, String repository, String tag, String digest) {

    private static final String COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final String LABEL = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private static final String HOST = LABEL + "(?:\\." + LABEL + ")*(?::[0-9]+)?";
    private static final Pattern REFERENCE = Pattern.compile("(?<name>(?:(?:" + HOST + ")/)?" + COMPONENT + "(?:/"
            + COMPONENT + ")*)(?::(?<tag>[\\w][\\w.-]{0,127}))?(?:@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z]"
            + "[A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?");
    private static final int LONGEST_NAME = 255;
    private static final String HUB = "docker.io";
    private static final String HUB_SERVER = "registry-1.docker.io";

    /**
     * Takes a reference apart.
     *
     * @throws IllegalArgumentException with origin's text
     */
    public static DockerReference parse(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        if (!matcher.matches()) {
            boolean onlyCase = REFERENCE.matcher(text.toLowerCase(Locale.ROOT)).matches();
            throw new IllegalArgumentException(
                    onlyCase && !text.isEmpty() ? "repository name must be lowercase" : "invalid reference format");
        }
        String name = matcher.group("name");
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("repository name must not be more than 255 characters");
        }
        String tag = text(matcher.group("tag"));
        String digest = text(matcher.group("digest"));
        int slash = name.indexOf('/');
        if (slash > 0 && isHost(name.substring(0, slash))) {
            return new DockerReference(name.substring(0, slash), name.substring(slash + 1), tag, digest);
        }
        return new DockerReference("", name, tag, digest);
    }

    /** The host that the registry's API is asked at: Docker Hub has another one than its name says. */
    public String server() {
        return isHub() ? HUB_SERVER : registry;
    }

    /** The registry's name, {@code docker.io} where the reference has none. */
    public String registryOrHub() {
        return registry.isEmpty() ? HUB : registry;
    }

    /** The repository's path as the registry knows it: Docker Hub keeps its own images below {@code library}. */
    public String path() {
        return isHub() && !repository.contains("/") ? "library/" + repository : repository;
    }

    /** What the manifest is asked by: the digest, else the tag, else {@code latest}. */
    public String tagOrLatest() {
        return tag.isEmpty() ? "latest" : tag;
    }

    /** Registry and repository only. */
    public String name() {
        return registry.isEmpty() ? repository : registry + "/" + repository;
    }

    /** The whole reference. A tag hides a digest, as in origin's {@code Exact()}. */
    public String exact() {
        if (!tag.isEmpty()) {
            return name() + ":" + tag;
        }
        return digest.isEmpty() ? name() : name() + "@" + digest;
    }

    /** The same image under another tag. */
    public DockerReference withTag(String other) {
        return new DockerReference(registry, repository, other, "");
    }

    /** The same image by its digest. */
    public DockerReference withDigest(String other) {
        return new DockerReference(registry, repository, "", other);
    }

    private boolean isHub() {
        return registry.isEmpty()
                || HUB.equals(registry)
                || HUB_SERVER.equals(registry)
                || ("index." + HUB).equals(registry);
    }

    private static boolean isHost(String first) {
        return first.contains(".") || first.contains(":") || "localhost".equals(first);
    }

    private static String text(String group) {
        return group == null ? "" : group;
    }
}
