package io.github.cdkmaven.tls;

import java.util.regex.Pattern;

/**
 * Tells what may stand in an HTTP header. A token or a name that is to be sent is checked where it is read: the JDK's client refuses it later, with
 * an exception that quotes it.
 */
public final class HeaderValue {

    private static final Pattern VALID = Pattern.compile("[!-~](?:[ -~]*[!-~])?");

    private HeaderValue() {}

    /** Whether it consists of visible ASCII characters, with blanks at most between them. */
    public static boolean isValid(String value) {
        return VALID.matcher(value).matches();
    }
}
