package io.github.cdkmaven.mojo;

import io.github.cdkmaven.minishift.Proxies;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes of the active proxies in settings.xml what minishift takes, with their passwords decrypted by Maven's own service. */
final class SettingsProxies {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsProxies.class);
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private final Settings settings;
    private final SettingsDecrypter decrypter;

    SettingsProxies(Settings settings, SettingsDecrypter decrypter) {
        this.settings = settings;
        this.decrypter = decrypter;
    }

    /**
     * The first active proxy for http and the first for https; where there is only one of them, it is for both.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if there is none, or if it cannot be decrypted
     */
    Proxies read() {
        List<Proxy> active =
                settings.getProxies().stream().filter(Proxy::isActive).toList();
        if (active.isEmpty()) {
            throw Values.refused(
                    "useSettingsProxy",
                    "true",
                    "settings.xml has no active <proxy>",
                    "false, or add a <proxy> with <active>true</active> to settings.xml");
        }
        Proxy http = of(active, "http").orElse(active.get(0));
        Proxy https = of(active, "https").orElse(http);
        List<String> without = Stream.of(http, https)
                .flatMap(proxy ->
                        without(Optional.ofNullable(proxy.getNonProxyHosts()).orElse("")).stream())
                .distinct()
                .toList();
        return new Proxies(Optional.of(url(http)), Optional.of(url(https)), without);
    }

    private static Optional<Proxy> of(List<Proxy> active, String protocol) {
        return active.stream()
                .filter(proxy -> protocol.equalsIgnoreCase(proxy.getProtocol()))
                .findFirst();
    }

    private Proxy decrypted(Proxy proxy) {
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(proxy));
        Servers.requireDecrypted("<proxy> '" + proxy.getId() + "'", result);
        return result.getProxy();
    }

    private String url(Proxy encrypted) {
        Proxy proxy = decrypted(encrypted);
        String user = Optional.ofNullable(proxy.getUsername()).orElse("");
        String password = Optional.ofNullable(proxy.getPassword()).orElse("");
        String login = user.isEmpty() ? "" : encoded(user) + (password.isEmpty() ? "" : ":" + encoded(password)) + "@";
        return "http://" + login + proxy.getHost() + ":" + proxy.getPort();
    }

    /** As RFC 3986 wants it in the user's part of an address; done once, since minishift takes the environment's value as it is. */
    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(value) >= 0) {
                encoded.append((char) value);
            } else {
                encoded.append(String.format("%%%02X", value & 0xff));
            }
        }
        return encoded.toString();
    }

    /** Java's patterns in Go's words: {@code *.corp.example} is {@code .corp.example}, {@code 10.*} is {@code 10.0.0.0/8}. */
    static List<String> without(String nonProxyHosts) {
        List<String> hosts = new ArrayList<>();
        for (String pattern : nonProxyHosts.split("[|,\\s]+")) {
            String host = pattern.startsWith("*.") ? pattern.substring(1) : pattern;
            if (host.matches("(\\d{1,3}\\.){1,3}\\*")) {
                List<String> parts = new ArrayList<>(Arrays.asList(host.split("\\.")));
                parts.remove(parts.size() - 1);
                int bits = parts.size() * 8;
                while (parts.size() < 4) {
                    parts.add("0");
                }
                hosts.add(String.join(".", parts) + "/" + bits);
            } else if (host.indexOf('*') >= 0) {
                LOG.warn("'{}' of settings.xml's <nonProxyHosts> cannot be said to minishift and is left out", pattern);
            } else if (!host.isEmpty()) {
                hosts.add(host);
            }
        }
        return hosts;
    }
}
