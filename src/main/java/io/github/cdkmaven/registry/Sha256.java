package io.github.cdkmaven.registry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The digest by which registries and layouts name their content. */
public final class Sha256 {

    private static final Pattern NAME = Pattern.compile("sha256:[0-9a-f]{64}");

    private Sha256() {}

    /** Whether a text is such a name; what a server sends need not be one, and must not end up in an address. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** A new SHA-256, which every Java has. */
    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The name of some bytes: {@code sha256:} and 64 hexadecimal digits. */
    public static String of(byte[] bytes) {
        return name(start().digest(bytes));
    }

    /** The name that belongs to a finished digest. */
    public static String name(byte[] digest) {
        return "sha256:" + HexFormat.of().formatHex(digest);
    }
}
