package io.github.cdkmaven.sim.minishift;

import java.util.Optional;

/**
 * An image's name as the docker daemon in the VM takes it.
 *
 * @param host the registry, empty for a name without one
 * @param path the repository
 * @param tag never empty; a digest for a name that has one
 */
record DockerImageName(String host, String path, String tag) {

    private static final String PATH = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*";

    /** Empty when docker would say {@code invalid reference format}. */
    static Optional<DockerImageName> parse(String text) {
        int slash = text.indexOf('/');
        String first = slash < 0 ? "" : text.substring(0, slash);
        boolean hasHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        String rest = hasHost ? text.substring(slash + 1) : text;
        int at = rest.indexOf('@');
        String named = at < 0 ? rest : rest.substring(0, at);
        int colon = named.indexOf(':');
        String path = colon < 0 ? named : named.substring(0, colon);
        String tag = at < 0 ? colon < 0 ? "latest" : named.substring(colon + 1) : rest.substring(at + 1);
        boolean valid = path.matches(PATH) && tag.matches(at < 0 ? "\\w[\\w.-]{0,127}" : "sha256:[0-9a-f]{64}");
        return valid ? Optional.of(new DockerImageName(hasHost ? first : "", path, tag)) : Optional.empty();
    }

    boolean isQualified() {
        return !host.isEmpty();
    }

    DockerImageName at(String registry) {
        return new DockerImageName(registry, path, tag);
    }

    @Override
    public String toString() {
        return (host.isEmpty() ? "" : host + "/") + path + (tag.startsWith("sha256:") ? "@" : ":") + tag;
    }
}
