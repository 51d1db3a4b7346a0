package io.github.cdkmaven.preflight;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Networks of IPv4 addresses, as no-proxy lists name them: {@code 10.0.0.0/8}. */
final class Network {

    private static final Pattern ADDRESS = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern CIDR = Pattern.compile("([\\d.]+)/(\\d{1,2})");
    private static final int BITS = 32;

    private Network() {}

    static boolean contains(String network, String host) {
        Matcher form = CIDR.matcher(network);
        if (!form.matches()) {
            return false;
        }
        Optional<Long> base = address(form.group(1));
        Optional<Long> one = address(host);
        int shift = BITS - Integer.parseInt(form.group(2));
        return base.isPresent() && one.isPresent() && shift >= 0 && base.get() >> shift == one.get() >> shift;
    }

    private static Optional<Long> address(String text) {
        Matcher form = ADDRESS.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        long value = 0;
        for (int i = 1; i <= form.groupCount(); i++) {
            value = value << Byte.SIZE | Integer.parseInt(form.group(i));
        }
        return Optional.of(value);
    }
}
