package io.github.cdkmaven.streams;

import io.github.cdkmaven.report.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the words of a failed import mean. Nearly everything that a registry or the network says comes as an {@code InternalError}, so that the
 * words alone tell; names of images, hosts and streams are taken out before, because a repository may be called {@code certificate-service}.
 */
final class ServerMessage {

    /** What a message means, the most telling first. */
    private record Rule(Pattern words, Reason reason) {

        static Rule of(Reason reason, String words) {
            return new Rule(Pattern.compile(words), reason);
        }
    }

    /** Far more than any message of the importer; it quotes what a registry said. */
    private static final int LONGEST = 4000;

    /** A TLS alert that Go reads where it asked for plain HTTP: the insecure second try, after HTTPS failed. */
    private static final Pattern TLS_ALERT = Pattern.compile("malformed http response \"\\\\*x15");

    private static final Pattern URL = Pattern.compile("https?://[^\\s\"]*[^\\s\":,;]");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*+\"");

    /** A word with a slash, but for the two of Go's that are no names. */
    private static final Pattern IMAGE =
            Pattern.compile("(?<!\\S)(?!i/o\\b|net/http\\b|http/\\d)[\\w.*@:-]++(?:/[\\w.*@:-]++)++");

    /** A word with dots, but for Go's own. */
    private static final Pattern HOST = Pattern.compile("(?<![\\w.-])(?!client\\.timeout)[\\w-]++(?:\\.[\\w-]++)++");

    private static final Pattern STATUS = Pattern.compile(
            "\\b(?:server returned|failed with status|unexpected status|http status|status code|status|http):? ([1-5]\\d\\d)\\b");

    private static final Pattern BUSY =
            Pattern.compile("toomanyrequests|too many requests|service unavailable|bad gateway|gateway time");
    private static final Pattern PASSING =
            Pattern.compile("connection reset|broken pipe|\\beof\\b|i/o timeout|handshake timeout|temporary failure");

    private static final List<Rule> RULES = List.of(
            Rule.of(
                    Reason.HTTP_ONLY,
                    "server gave http response to https client|http only and requires the insecure flag|oversized record"),
            // The proxy's refusal of CONNECT: Go's transport gives its status line and nothing else.
            Rule.of(Reason.UNREACHABLE, "proxy authentication required|proxyconnect|\\bget _: forbidden$"),
            Rule.of(Reason.TLS, "x509: |\\btls: (?!.*timeout)"),
            // An importer that knows no OCI manifest takes one for an unsigned schema 1 (distribution, moby#34153).
            Rule.of(Reason.OCI_ONLY, "unsupported image manifest type|missing signature key|vnd\\.oci\\."),
            // Something answers at the name, a portal or the wrong token server, but no registry.
            Rule.of(
                    Reason.UNREACHABLE,
                    "does not support the v2|invalid character|error parsing http|unable to decode token"
                            + "|invalid token auth challenge realm"),
            // Before the timeouts: who cannot be dialled in time, or has no name in time, will not be reached by
            // waiting longer.
            Rule.of(
                    Reason.UNREACHABLE,
                    "dial tcp|no such host|connection refused|no route to host|network is unreachable"),
            Rule.of(
                    Reason.UNAUTHORIZED,
                    "\\bunauthorized\\b|authentication required|no basic auth credentials|incorrect username or password"
                            + "|you may not have access"),
            Rule.of(
                    Reason.FORBIDDEN,
                    "not allowed by whitelist|is forbidden|forbidden:|access forbidden|\\bdenied\\b|not authorized"
                            + "|insufficient_scope|requires terms acceptance"),
            Rule.of(Reason.TIMEOUT, "i/o timeout|deadline exceeded|timed out|client\\.timeout|handshake timeout"),
            Rule.of(Reason.UNREACHABLE, "connection reset|\\beof\\b|broken pipe|malformed http response"),
            Rule.of(
                    Reason.NOT_FOUND,
                    "\\b(?:manifest|blob|name|repository)(?: name| upload)? (?:is )?(?:unknown|not known)|unknown blob|unknown manifest"
                            + "|unknown to registry|not known to registry|not found"),
            Rule.of(
                    Reason.INVALID,
                    "\\b(?:name|tag|digest|manifest) invalid\\b|invalid reference format|must be lowercase"),
            Rule.of(Reason.TLS, "\\bcertificate\\b|\\bssl\\b"));

    private final String words;
    private final boolean tlsAlert;

    ServerMessage(String message) {
        String text = message.substring(0, Math.min(LONGEST, message.length())).toLowerCase(Locale.ROOT);
        tlsAlert = TLS_ALERT.matcher(text).find();
        words = withoutNames(text);
    }

    private static String withoutNames(String text) {
        String rest = text;
        for (Pattern name : List.of(QUOTED, URL, IMAGE, HOST)) {
            rest = name.matcher(rest).replaceAll("_");
        }
        return rest;
    }

    /** What it means; empty where the words are not known. */
    Optional<Reason> reason() {
        if (tlsAlert) {
            return Optional.of(Reason.TLS);
        }
        if (isBusy()) {
            return Optional.of(Reason.TIMEOUT);
        }
        return RULES.stream()
                .filter(rule -> rule.words().matcher(words).find())
                .map(Rule::reason)
                .findFirst()
                .or(this::byStatus);
    }

    private Optional<Reason> byStatus() {
        return status().flatMap(status -> switch (status) {
            // nginx says 400 to who shows no client certificate, and to plain HTTP on its TLS port.
            case 400 -> Optional.of(Reason.TLS);
            case 401 -> Optional.of(Reason.UNAUTHORIZED);
            case 403 -> Optional.of(Reason.FORBIDDEN);
            case 404 -> Optional.of(Reason.NOT_FOUND);
            case 407 -> Optional.of(Reason.UNREACHABLE);
            default -> Optional.empty();
        });
    }

    /** A bare number may be a port or a tag: there are images with the tag v3.11.502. */
    private Optional<Integer> status() {
        Matcher status = STATUS.matcher(words);
        return status.find() ? Optional.of(Integer.valueOf(status.group(1))) : Optional.empty();
    }

    /** Whether the same request may well work in a moment. */
    boolean isPassing() {
        return isBusy() || PASSING.matcher(words).find();
    }

    private boolean isBusy() {
        return BUSY.matcher(words).find()
                || status().filter(status -> status == 429 || status >= 502 && status <= 504)
                        .isPresent();
    }
}
