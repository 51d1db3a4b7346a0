package io.github.cdkmaven.image;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an image, as Docker's grammar and OpenShift's domain rule read it: {@code [registry/]path[:tag][@digest]}.
 *
 * <p>The first component is a registry if and only if a slash follows and it holds a dot or a colon or is
 * {@code localhost}; every other name is Docker Hub's (origin {@code pkg/image/apis/image/reference.go}). Printing gives back
 * the bytes that were parsed.
 *
 * @param registry the registry with its port, absent for Docker Hub's short names
 * @param path everything between registry and tag, never empty
 * @param tag the tag, where one is written
 * @param digest the digest with its algorithm, where one is written; tag and digest may both be there
 */
public record ImageReference(Optional<String> registry, String path, Optional<String> tag, Optional<String> digest) {

    /** A registry host with an optional port; upper case is allowed in host names. */
    private static final Pattern HOST = Pattern.compile(
            "[a-zA-Z0-9]++(?:-++[a-zA-Z0-9]++)*+(?:\\.[a-zA-Z0-9]++(?:-++[a-zA-Z0-9]++)*+)*+(?::[0-9]++)?");

    private static final String COMPONENT_TEXT = "[a-z0-9]++(?:(?:\\.|__|_|-++)[a-z0-9]++)*+";
    private static final Pattern COMPONENT = Pattern.compile(COMPONENT_TEXT);

    /** One or more path components. */
    private static final Pattern PATH = Pattern.compile(COMPONENT_TEXT + "(?:/" + COMPONENT_TEXT + ")*+");

    private static final Pattern TAG = Pattern.compile("[\\w][\\w.-]{0,127}+");
    private static final Pattern DIGEST =
            Pattern.compile("[A-Za-z][A-Za-z0-9]*+(?:[-_+.][A-Za-z][A-Za-z0-9]*+)*+:[0-9a-fA-F]{32,}+");

    /** Of a name, as Docker's grammar has it. */
    private static final int LONGEST_NAME = 255;

    /** A name, a tag of 128 characters and a digest; what is longer is not even looked at. */
    private static final int LONGEST = 1_024;

    private static final int SHOWN = 300;

    /**
     * Parses a reference.
     *
     * @throws IllegalArgumentException if it is not one; the message says which part and why
     */
    public static ImageReference parse(String text) {
        if (text.length() > LONGEST) {
            refuse(RegistryName.withoutCredentials(text), "it has " + text.length() + " characters");
        }
        String[] halves = text.split("@", 2);
        Optional<String> digest = halves.length == 2 ? Optional.of(halves[1]) : Optional.empty();
        String name = halves[0];
        int colon = name.lastIndexOf(':');
        boolean tagged = colon > name.lastIndexOf('/');
        Optional<String> tag = tagged ? Optional.of(name.substring(colon + 1)) : Optional.empty();
        name = tagged ? name.substring(0, colon) : name;
        String[] parts = name.split("/", 2);
        boolean hosted = parts.length == 2 && isRegistry(parts[0]);
        ImageReference reference = new ImageReference(
                hosted ? Optional.of(parts[0]) : Optional.empty(), hosted ? parts[1] : name, tag, digest);
        reference.check(text);
        return reference;
    }

    /** The reference that a text is; empty if it is none. */
    public static Optional<ImageReference> find(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the first component of a name is a registry: it has a dot or a colon, or it is localhost. */
    static boolean isRegistry(String component) {
        return component.contains(".") || component.contains(":") || component.equals("localhost");
    }

    /** Whether it is a host with an optional port. */
    static boolean isHost(String text) {
        return text.length() <= LONGEST_NAME && HOST.matcher(text).matches();
    }

    /** Whether it is one or more components of a repository's name. */
    static boolean isPath(String text) {
        return text.length() <= LONGEST_NAME && PATH.matcher(text).matches();
    }

    /** Whether it is one component of a repository's name, which the name of an ImageStream has to be. */
    public static boolean isComponent(String text) {
        return text.length() <= LONGEST_NAME && COMPONENT.matcher(text).matches();
    }

    /** Whether it can be a tag. */
    public static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    private void check(String text) {
        // First of all, so that no other message repeats a password.
        if (digest.isPresent() && !DIGEST.matcher(digest.get()).matches()) {
            boolean mayBeLogin = text.indexOf(':') >= 0 && text.indexOf(':') < text.indexOf('@');
            refuse(
                    mayBeLogin ? RegistryName.withoutCredentials(text) : text,
                    "what follows '@' is not a digest, and the name of an image must not contain a user name or password");
        }
        if (name().length() > LONGEST_NAME) {
            refuse(text, "the name is longer than " + LONGEST_NAME + " characters");
        }
        registry.filter(host -> !isHost(host) && !isComponent(host))
                .ifPresent(host -> refuse(text, "'" + host + "' is not a registry host"));
        if (path.isEmpty()) {
            refuse(text, "the repository name is missing");
        }
        if (!isPath(path)) {
            refuse(
                    text,
                    path.chars().anyMatch(Character::isUpperCase)
                            ? "the repository name must be lower case"
                            : "'" + path + "' is not a repository name");
        }
        tag.filter(value -> !isTag(value)).ifPresent(value -> refuse(text, "'" + value + "' is not a tag"));
    }

    private static void refuse(String text, String why) {
        throw new IllegalArgumentException("invalid image reference '"
                + (text.length() > SHOWN ? text.substring(0, SHOWN) + '…' : text) + "': " + why);
    }

    /** Registry and path, without tag and digest. */
    public String name() {
        return registry.map(host -> host + "/" + path).orElse(path);
    }

    /**
     * The same tag and digest under another name, which begins with a registry. Whether that name is too long by now is not checked: the
     * server says so for the one tag that it concerns.
     */
    ImageReference under(String other) {
        int slash = other.indexOf('/');
        return new ImageReference(Optional.of(other.substring(0, slash)), other.substring(slash + 1), tag, digest);
    }

    /** Tag and digest with their separators, exactly as written; empty when there are none. */
    public String suffix() {
        return tag.map(value -> ":" + value).orElse("")
                + digest.map(value -> "@" + value).orElse("");
    }

    /** What a registry is asked for: the digest if there is one, else the tag, else {@code latest}. */
    public String tagOrDigest() {
        return digest.or(() -> tag).orElse("latest");
    }

    @Override
    public String toString() {
        return name() + suffix();
    }
}
