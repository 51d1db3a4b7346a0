package io.github.cdkmaven.world;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Passwords that must never be seen, with every character that some shell, address or file format takes for its own. */
public final class Canaries {

    private static final String TRICKY = "-canary @:/#%$'\"\\`$HOME !";

    /** In every spelling of one of them; as plain text, in an address, in JSON. */
    private static final String MARK = "-canary";

    /** Of the proxy. */
    public static final String PROXY = "proxy" + TRICKY;

    /** Of the user at Red Hat. */
    public static final String RED_HAT = "redhat" + TRICKY;

    /** Of the user at the company's registry. */
    public static final String REGISTRY = "registry" + TRICKY;

    private Canaries() {}

    /** A settings.xml with an active proxy, and the servers {@code red-hat} and {@code corp-registry}. */
    public static String settings() {
        return """
                <settings>
                  <proxies><proxy><id>corp</id><active>true</active><protocol>http</protocol>
                    <host>proxy.corp.example</host><port>3128</port>
                    <username>build</username><password>%s</password></proxy></proxies>
                  <servers>
                    <server><id>red-hat</id><username>jane</username><password>%s</password></server>
                    <server><id>corp-registry</id><username>puller</username><password>%s</password></server>
                  </servers>
                </settings>
                """.formatted(escaped(PROXY), escaped(RED_HAT), escaped(REGISTRY));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    /** Whether a text shows one of them, plain, percent-encoded, escaped, or as part of something in Base64. */
    public static boolean isIn(String text) {
        return forms().stream().anyMatch(text::contains);
    }

    private static List<String> forms() {
        List<String> forms = new ArrayList<>(List.of(MARK));
        for (String before : List.of("", "x", "xx")) {
            String encoded = Base64.getEncoder()
                    .withoutPadding()
                    .encodeToString((before + MARK).getBytes(StandardCharsets.UTF_8));
            // The first letters mix with what stands before, the last ones with what follows.
            forms.add(encoded.substring(before.isEmpty() ? 0 : before.length() + 1, encoded.length() - 2));
        }
        return forms;
    }

    /** The files below a folder that show one of them, relative to it. */
    public static Set<String> filesThatShowThem(Path root, Path... except) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                boolean excepted = Stream.of(except).anyMatch(file::startsWith);
                if (!excepted && isIn(Files.readString(file, StandardCharsets.ISO_8859_1))) {
                    found.add(root.relativize(file).toString());
                }
            }
        }
        return found;
    }
}
