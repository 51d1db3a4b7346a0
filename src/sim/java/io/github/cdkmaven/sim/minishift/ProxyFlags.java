package io.github.cdkmaven.sim.minishift;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Proxies of a start: flags, configuration and MINISHIFT_ variables before the usual ones, lower case first. */
final class ProxyFlags {

    private static final String NEVER_PROXIED = "localhost,127.0.0.1,172.30.1.1";

    private ProxyFlags() {}

    /** @return the daemon's variables, empty when no proxy is set */
    static List<String> environment(Session session, Settings settings) {
        String http = value(session, settings, "http-proxy");
        String https = value(session, settings, "https-proxy");
        if (http.isEmpty() && https.isEmpty()) {
            return List.of();
        }
        session.call().println("-- Using proxy for the setup");
        List<String> variables = new ArrayList<>();
        if (!http.isEmpty()) {
            variables.add("HTTP_PROXY=" + http);
        }
        if (!https.isEmpty()) {
            variables.add("HTTPS_PROXY=" + https);
        }
        String own = value(session, settings, "no-proxy");
        variables.add("NO_PROXY=" + NEVER_PROXIED + (own.isEmpty() ? "" : "," + own));
        return List.copyOf(variables);
    }

    private static String value(Session session, Settings settings, String flag) {
        String variable = flag.replace('-', '_');
        String lower = session.call().env(variable);
        String usual = lower.isEmpty() ? session.call().env(variable.toUpperCase(Locale.ROOT)) : lower;
        String value = settings.text(flag, usual);
        if (!flag.equals("no-proxy") && !value.isEmpty() && !value.matches("(https?://)?[^\\s/]+/?")) {
            throw ExitException.failure("Proxy URL '" + value + "' is not valid.");
        }
        return value;
    }
}
