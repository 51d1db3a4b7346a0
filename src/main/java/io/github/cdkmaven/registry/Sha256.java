package io.github.cdkmaven.registry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest by which registries and layouts name their content. */
public final class Sha256 {

    private Sha256() {}

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
