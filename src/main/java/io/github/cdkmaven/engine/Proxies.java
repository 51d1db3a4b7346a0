package io.github.cdkmaven.engine;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The proxies that the VM and minishift itself use. They may hold passwords, so they go by environment and are never printed.
 *
 * @param http for http addresses, its user and password encoded
 * @param https for https addresses, its user and password encoded
 * @param without hosts, domains ({@code .corp.example}) and networks that are reached directly
 */
public record Proxies(Optional<String> http, Optional<String> https, List<String> without) {

    /** Nothing is said about proxies: minishift finds those of the build's environment. */
    public static final Proxies NONE = new Proxies(Optional.empty(), Optional.empty(), List.of());

    /** The services of every cluster. */
    public static final String SERVICE_NETWORK = "172.30.0.0/16";

    /** What no proxy can reach: this machine, OpenShift's services by address and by name. */
    private static final List<String> INSIDE =
            List.of("localhost", "127.0.0.1", SERVICE_NETWORK, ".svc", ".cluster.local");

    /** In both cases, with {@code ALL_PROXY} and minishift's own. */
    private static final Pattern PROXY_VARIABLE = Pattern.compile("(?i)\\w*(?<!no)_proxy");

    private static final Pattern ADDRESS = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern CIDR = Pattern.compile("([\\d.]+)/(\\d{1,2})");
    private static final int BITS = 32;

    private static final Pattern SECRET_FLAG = Pattern.compile("MINISHIFT_\\w*(?:PASSWORD|TOKEN|SECRET)\\w*");

    /** Up to the last {@code @}, since not everybody encodes what has to be; the first one where a path follows the host. */
    private static final Pattern LOGIN = Pattern.compile("(?:^|://)[^/@:]*:(?!//|\\d{1,5}/)(.*)@");

    public Proxies {
        without = List.copyOf(without);
    }

    /** What minishift takes over from an environment, without a word, for the VM's docker; lower case wins ({@code pkg/util/proxy.go}). */
    public static Proxies of(Map<String, String> environment) {
        return new Proxies(
                value(environment, "http_proxy"),
                value(environment, "https_proxy"),
                split(value(environment, "no_proxy").orElse("")));
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Stream.of(name, name.toUpperCase(Locale.ROOT))
                .map(spelling -> environment.getOrDefault(spelling, "").strip())
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    /** Whether there is no proxy at all. */
    public boolean isEmpty() {
        return http.isEmpty() && https.isEmpty();
    }

    /** The first proxy, without user and password. */
    public String shown() {
        return http.or(() -> https).orElse("").replaceFirst("^([a-zA-Z]+://)?[^@]*@", "$1");
    }

    /** Whether a host is reached without a proxy, by docker's rule: a name covers itself and what lies below it. */
    public boolean spares(String hostAndPort) {
        String lower = hostAndPort.toLowerCase(Locale.ROOT);
        String host = host(lower);
        return without.stream().map(entry -> entry.toLowerCase(Locale.ROOT)).anyMatch(entry -> {
            String domain = entry.replaceFirst("^\\*?\\.", "");
            return entry.equals("*")
                    || domain.equals(lower)
                    || domain.equals(host)
                    || host.endsWith("." + domain)
                    || isIn(entry, host);
        });
    }

    /** Whether an IPv4 address is in a network such as {@code 10.0.0.0/8}. */
    private static boolean isIn(String network, String host) {
        Matcher form = CIDR.matcher(network);
        if (!form.matches() || Integer.parseInt(form.group(2)) > BITS) {
            return false;
        }
        Optional<Long> base = address(form.group(1));
        Optional<Long> one = address(host);
        int shift = BITS - Integer.parseInt(form.group(2));
        return base.isPresent() && one.isPresent() && base.get() >> shift == one.get() >> shift;
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

    /** Whether one of these proxies is asked with a password. */
    public boolean holdsPassword() {
        return Stream.of(http, https).flatMap(Optional::stream).anyMatch(url -> LOGIN.matcher(url)
                .find());
    }

    /**
     * What minishift's environment has to hold.
     *
     * <p>The plain names are used, since minishift 1.18 and newer encodes a value once more that comes by its own
     * {@code MINISHIFT_HTTP_PROXY}, and older ones do not (minishift {@code pkg/util/proxy.go}). The lower case wins there, so both are set.
     *
     * @param outer the environment that the build runs in
     * @param direct further hosts that are to be reached directly: registries, the VM's names
     */
    public Map<String, String> toEnvironment(Map<String, String> outer, List<String> direct) {
        Map<String, String> environment = new TreeMap<>();
        Proxies inherited = of(outer);
        if (isEmpty() && inherited.isEmpty()) {
            return environment;
        }
        http.ifPresent(url -> set(environment, "http_proxy", url));
        https.ifPresent(url -> set(environment, "https_proxy", url));
        Set<String> all = new LinkedHashSet<>(without.isEmpty() ? inherited.without : without);
        direct.stream().map(Proxies::host).forEach(all::add);
        all.addAll(INSIDE);
        String list = String.join(",", all);
        environment.put("no_proxy", list);
        environment.put("NO_PROXY", list);
        environment.put("MINISHIFT_NO_PROXY", list); // outdoes what the user's configuration may hold
        return environment;
    }

    /**
     * The passwords that the build's environment holds for minishift and its proxies, as they stand there and decoded. Each flag of minishift may come
     * as a variable, so addresses are looked for in all of them.
     */
    public static List<String> passwords(Map<String, String> outer) {
        List<String> passwords = new ArrayList<>();
        outer.forEach((name, value) -> {
            if (SECRET_FLAG.matcher(name).matches()) {
                passwords.add(value);
            }
            Stream<String> addresses = PROXY_VARIABLE.matcher(name).matches()
                    ? Stream.of(value)
                    : Stream.of(value.split("[\\s,;]+")).filter(word -> word.contains("://"));
            addresses
                    .map(LOGIN::matcher)
                    .filter(Matcher::find)
                    .map(login -> login.group(1))
                    .forEach(password -> {
                        passwords.add(password);
                        passwords.add(decoded(password));
                    });
        });
        passwords.removeIf(String::isBlank);
        return passwords;
    }

    private static String decoded(String password) {
        try {
            return URLDecoder.decode(password.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return password; // not encoded at all, though it should be
        }
    }

    private static void set(Map<String, String> environment, String name, String url) {
        environment.put(name, url);
        environment.put(name.toUpperCase(Locale.ROOT), url);
        environment.put("MINISHIFT_" + name.toUpperCase(Locale.ROOT), "");
    }

    /** The elements of a list as the environment holds it. */
    public static List<String> split(String list) {
        List<String> elements = new ArrayList<>();
        for (String element : list.split("[,\\s]+")) {
            if (!element.isBlank()) {
                elements.add(element);
            }
        }
        return elements;
    }

    /** Ports do not count: Go's rules before 1.12, with which minishift and docker were built, know none. */
    private static String host(String hostAndPort) {
        return hostAndPort.replaceFirst(":\\d+$", "");
    }

    /** Never the proxies themselves. */
    @Override
    public String toString() {
        return isEmpty() ? "no proxies" : "proxies";
    }
}
