package io.github.cdkmaven.world;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The ways in which programs spell a secret, each written down as its program's own rules have it. */
public final class Spellings {

    /** What some shell, address or file format takes for its own. */
    public static final String TRICKY = "-canary<&\"'%+~*/\u00e9 end";

    private static final String UNRESERVED = "-._~";

    private Spellings() {}

    /** All spellings of one secret by their names. */
    public static Map<String, String> of(String secret) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("plain", secret);
        all.put("percent, upper case", percent(secret, UNRESERVED));
        all.put("percent, lower case", lowerHex(percent(secret, UNRESERVED)));
        all.put("form", URLEncoder.encode(secret, StandardCharsets.UTF_8));
        all.put("base64", Base64.getEncoder().encodeToString(bytes(secret)));
        all.put("base64url", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(secret)));
        all.put("JSON", json(secret));
        all.put(
                "JSON by Go",
                json(secret).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"));
        // net/url's shouldEscape in the user's part of an address
        all.put("an address by Go", percent(secret, UNRESERVED + "$&+,;="));
        all.put("quoted for a shell", secret.replace("'", "'\\''"));
        all.put(
                "XML",
                secret.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace("\"", "&quot;")
                        .replace("'", "&apos;"));
        return all;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String json(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    /** A text in which all bytes but letters, digits and some signs are percent-encoded. */
    public static String percent(String text, String kept) {
        StringBuilder out = new StringBuilder();
        for (byte value : bytes(text)) {
            boolean alone = value > 0 && (Character.isLetterOrDigit(value) || kept.indexOf(value) >= 0);
            out.append(alone ? Character.toString(value) : String.format("%%%02X", value & 0xff));
        }
        return out.toString();
    }

    private static String lowerHex(String text) {
        return Pattern.compile("%..").matcher(text).replaceAll(found -> found.group()
                .toLowerCase(java.util.Locale.ROOT));
    }

    /** What a program prints that shows secrets in all ways, one a line, also within other things. */
    public static String lines(List<String> secrets) {
        StringBuilder lines = new StringBuilder();
        for (String secret : secrets) {
            of(secret).forEach((name, spelling) -> lines.append(name + ": [" + spelling + "]\n"));
            for (String before : List.of("u:", "us:", "use:")) {
                lines.append("Basic " + Base64.getEncoder().encodeToString(bytes(before + secret + "\n")) + "\n");
            }
            lines.append("http://build:" + secret + "@proxy.corp.example:3128 is not valid\n");
            lines.append("torn: [" + secret.replace("canary", "can\u001b[0mary") + "] ["
                    + secret.replace("-", "\u202e-\u009b1m") + "]\n");
        }
        return lines.toString();
    }
}
