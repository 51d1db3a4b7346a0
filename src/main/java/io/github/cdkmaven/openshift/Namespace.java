package io.github.cdkmaven.openshift;

import java.util.regex.Pattern;

/** What a namespace can be called: a DNS label (RFC 1123), so that it is no path. */
public final class Namespace {

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");

    private Namespace() {}

    /** Whether a cluster can have a namespace of this name. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
