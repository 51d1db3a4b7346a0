package io.github.cdkmaven.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A style sheet or script that the plugin carries and a page contains. */
final class Asset {

    private final String content;

    private Asset(String content) {
        // An HTML parser takes these as they are and an XML parser does not: without them both read the same.
        if (content.indexOf('<') >= 0 || content.indexOf('&') >= 0) {
            throw new IllegalArgumentException("A style sheet or script may not contain '<' or '&'");
        }
        this.content = content;
    }

    /** Reads one from beside this class. */
    static Asset load(String name) {
        try (InputStream in = Asset.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("Missing from the plugin's jar: " + name);
            }
            // A parser turns CRLF into LF before it hashes.
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Asset of(String content) {
        return new Asset(content);
    }

    String content() {
        return content;
    }

    /** How a content security policy names exactly this content. */
    String policySource() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
