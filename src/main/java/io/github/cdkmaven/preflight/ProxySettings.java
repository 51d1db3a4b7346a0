package io.github.cdkmaven.preflight;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxies that minishift takes over from its environment, without a word, for the VM's docker.
 *
 * @param proxy the proxy, as written; absent when there is none
 * @param noProxy hosts, domains and networks that are reached without it
 */
public record ProxySettings(Optional<String> proxy, List<String> noProxy) {

    public ProxySettings {
        noProxy = List.copyOf(noProxy);
    }

    /** What an environment says; lower case wins (minishift {@code pkg/util/proxy.go}). */
    public static ProxySettings of(Map<String, String> environment) {
        Optional<String> proxy = Stream.of("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY")
                .flatMap(name -> value(environment, name).stream())
                .findFirst();
        String without = value(environment, "no_proxy")
                .or(() -> value(environment, "NO_PROXY"))
                .orElse("");
        return new ProxySettings(
                proxy,
                Arrays.stream(without.split(","))
                        .map(String::strip)
                        .filter(entry -> !entry.isEmpty())
                        .toList());
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The proxy without user and password. */
    String shown() {
        return proxy.orElse("").replaceFirst("^([a-zA-Z]+://)?[^@]*@", "$1");
    }

    /** Whether a host is reached without the proxy, by docker's rule: a name covers itself and what lies below it. */
    boolean spares(String hostAndPort) {
        String lower = hostAndPort.toLowerCase(Locale.ROOT);
        String host = lower.replaceFirst(":\\d+$", "");
        return noProxy.stream().map(entry -> entry.toLowerCase(Locale.ROOT)).anyMatch(entry -> {
            String domain = entry.replaceFirst("^\\*?\\.", "");
            return entry.equals("*")
                    || domain.equals(lower)
                    || domain.equals(host)
                    || host.endsWith("." + domain)
                    || Network.contains(entry, host);
        });
    }
}
