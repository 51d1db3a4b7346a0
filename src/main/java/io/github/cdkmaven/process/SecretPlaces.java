package io.github.cdkmaven.process;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The places where secrets stand, whatever they are: the login in an address, the value of a password's key. */
public final class SecretPlaces {

    /** What follows a colon in a host's place; the name of an image goes on with an {@code @} behind it. */
    private static final String PORT = "(?!\\d{1,5}(?:[/,\\s\"']|$))";

    /** An image's digest. */
    private static final String NO_DIGEST = "(?!sha\\d+:)";

    /** Up to the last {@code @}, since passwords are not always encoded as they should be. */
    private static final Pattern LOGIN_IN_URL =
            Pattern.compile("://(?:[^\\s/@:]*:" + PORT + "\\S*|[^\\s/@]+)@" + NO_DIGEST);

    /** The same with blanks in the password, for files in which addresses are the values of keys. */
    private static final Pattern BLANKS_IN_URL = Pattern.compile("://[^\\s/@:]*:" + PORT + "[^\\n\"']*@" + NO_DIGEST);

    /** Without a scheme, as a proxy may be named; a path may hold both signs as well. */
    private static final Pattern LOGIN_ALONE =
            Pattern.compile("(?<![\\w./-])[\\w.%+~-]+:(?![/\\\\]|\\d{1,5}/)[^\\s\\\\\"']+@" + NO_DIGEST);

    private static final String KEY =
            "[\\w.-]*(?:password|passwd|passphrase|token|secret|credentials?|client-key-data|activation-?key|auth|authorization)";

    /** In quotes, as in JSON. */
    private static final Pattern QUOTED =
            Pattern.compile("(?i)(" + KEY + "\\\\*[\"']?\\s*[:=]\\s*\\\\*\")([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)");

    /** A block of YAML: all that is indented further than its key. */
    private static final Pattern BLOCK = Pattern.compile(
            "(?im)^(([ \\t]*)(?:- )?" + KEY + "[\"']?[ \\t]*:[ \\t]*[|>][^\\n]*\\n)((?:\\2[ \\t]+[^\\n]*(?:\\n|$))+)");

    /** The rest of the line, or the next one: arguments are written one a line. */
    private static final Pattern VALUE =
            Pattern.compile("(?im)(" + KEY + "(?: for [^\\n:]*)?[\"']?(?:[ \\t]*[:=][ \\t]*(?:\\n[ \\t]*)?|(?<=--"
                    + KEY.replace("*", "{0,40}") + ")\\n))([^\\s|>\"{\\[][^\\n]*|[|>][^\\s][^\\n]*)");

    /** A key that begins its line needs no sign. */
    private static final Pattern WORD = Pattern.compile("(?im)^([ \\t-]*" + KEY + "[ \\t]+)([^\\s:=][^\\n]*)");

    private SecretPlaces() {}

    /** Whether a text holds a user with a password, or a token in a user's place. */
    public static boolean holdLogin(String text) {
        return LOGIN_IN_URL.matcher(text).find() || LOGIN_ALONE.matcher(text).find();
    }

    /** The text with the logins of its addresses replaced. */
    static String maskLogins(String text) {
        return text.contains("://") ? LOGIN_IN_URL.matcher(text).replaceAll("://" + Secrets.MASK + "@") : text;
    }

    /** The text of a configuration, or of a program that prints one, with all that may be a secret replaced. */
    public static String mask(String text) {
        String masked = BLANKS_IN_URL.matcher(text).replaceAll("://" + Secrets.MASK + "@");
        masked = LOGIN_ALONE.matcher(maskLogins(masked)).replaceAll(Secrets.MASK + "@");
        masked = BLOCK.matcher(masked)
                .replaceAll(found ->
                        Matcher.quoteReplacement(found.group(1) + found.group(2) + "  " + Secrets.MASK + "\n"));
        for (Pattern place : List.of(QUOTED, VALUE, WORD)) {
            masked = place.matcher(masked).replaceAll("$1" + Secrets.MASK);
        }
        return masked;
    }

    /** The values that stand in such places of a configuration. */
    public static List<String> values(String text) {
        List<String> values = new ArrayList<>();
        BLOCK.matcher(text).results().map(found -> found.group(3).strip()).forEach(values::add);
        for (Pattern place : List.of(QUOTED, VALUE)) {
            place.matcher(text)
                    .results()
                    .map((MatchResult found) -> found.group(2).strip())
                    .forEach(values::add);
        }
        return values;
    }
}
