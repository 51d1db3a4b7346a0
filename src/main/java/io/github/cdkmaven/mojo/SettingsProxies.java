package io.github.cdkmaven.mojo;

import io.github.cdkmaven.engine.Proxies;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/** Makes of the active proxies in settings.xml what minishift takes, with their passwords decrypted by Maven's own service. */
final class SettingsProxies {

    private static final Pattern NETWORK = Pattern.compile("(\\d{1,3}\\.){1,3}\\*");
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
     * @throws io.github.cdkmaven.problem.ProblemException if there is none that speaks HTTP, if it cannot be decrypted, or if Go has no words for its
     *     {@code nonProxyHosts}
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
        Proxy http = of(active, "http").or(() -> of(active, "https")).orElseThrow(() -> noneForHttp(active));
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

    private static RuntimeException noneForHttp(List<Proxy> active) {
        return Values.refused(
                "useSettingsProxy",
                "true",
                "the active <proxy> of settings.xml speaks "
                        + active.stream().map(Proxy::getProtocol).distinct().collect(Collectors.joining(", "))
                        + ", and minishift and docker take an HTTP proxy only",
                "false, or add an active <proxy> with <protocol>http</protocol> to settings.xml");
    }

    private String password(Proxy proxy) {
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(proxy));
        return StoredPassword.of(
                        "<proxy> '" + proxy.getId() + "'",
                        proxy.getPassword(),
                        result.getProxy().getPassword(),
                        result.getProblems())
                .orElse("");
    }

    private String url(Proxy proxy) {
        String user = Optional.ofNullable(proxy.getUsername()).orElse("");
        String password = password(proxy);
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

    /**
     * Java's patterns in Go's words: {@code *.corp.example} is {@code .corp.example}, {@code *corp.example} is {@code corp.example}, which covers
     * the hosts below it as well, {@code 10.*} is {@code 10.0.0.0/8}, and {@code *} is every host.
     */
    static List<String> without(String nonProxyHosts) {
        List<String> hosts = new ArrayList<>();
        for (String pattern : nonProxyHosts.split("[|,\\s]+")) {
            String host = pattern.length() > 1 && pattern.startsWith("*") ? pattern.substring(1) : pattern;
            if (NETWORK.matcher(host).matches()) {
                List<String> parts = new ArrayList<>(Arrays.asList(host.split("\\.")));
                parts.remove(parts.size() - 1);
                int bits = parts.size() * 8;
                while (parts.size() < 4) {
                    parts.add("0");
                }
                hosts.add(String.join(".", parts) + "/" + bits);
            } else if (host.indexOf('*') >= 0 && !host.equals("*")) {
                throw Values.refused(
                        "useSettingsProxy",
                        "true",
                        "docker and minishift have no equivalent for '" + pattern
                                + "' in <nonProxyHosts> of settings.xml",
                        "false and <noProxy>, or write the pattern there as a host, as *.domain, as the beginning of an address (10.*), or as *");
            } else if (!host.isEmpty()) {
                hosts.add(host);
            }
        }
        return hosts;
    }
}
