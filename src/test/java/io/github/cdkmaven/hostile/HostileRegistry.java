package io.github.cdkmaven.hostile;

import static io.github.cdkmaven.hostile.HostileImage.GOOD;
import static io.github.cdkmaven.hostile.HostileImage.LIST;
import static io.github.cdkmaven.hostile.HostileImage.SCHEMA_1;
import static io.github.cdkmaven.hostile.HostileImage.SCHEMA_2;
import static io.github.cdkmaven.hostile.HostileImage.digest;

import io.github.cdkmaven.hostile.HostileServer.Behaviour;
import io.github.cdkmaven.hostile.HostileServer.Connection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** The table of what a registry can do to its clients: a name for each kind, what it does, and what must come of each question. */
final class HostileRegistry {

    /** What a registry is asked. */
    enum Question {
        PING,
        MANIFEST,
        ARCHITECTURE,
        MANY,
        FETCH,
        SEED
    }

    /**
     * One kind of registry.
     *
     * @param behaviour how it answers requests; absent for one that does not wait for them
     * @param greeting what it does to a connection instead
     * @param refused what must not succeed; every other question must be answered rightly, unless it is open
     * @param open what may end either way: with the right answer, or with none
     * @param digest what the registry calls its manifest where no body can show that it lies
     */
    record Kind(
            String name,
            Optional<Behaviour> behaviour,
            Optional<Connection> greeting,
            Set<Question> refused,
            Set<Question> open,
            String digest) {

        HostileServer start() {
            try {
                return behaviour.isPresent()
                        ? HostileServer.answering(behaviour.get())
                        : HostileServer.greeting(greeting.orElseThrow());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Kind mayAnswer(Question... questions) {
            return new Kind(name, behaviour, greeting, refused, Set.of(questions), digest);
        }

        Kind calling(String other) {
            return new Kind(name, behaviour, greeting, refused, open, other);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final Question[] ALL = Question.values();
    private static final Question[] IMAGE =
            EnumSet.complementOf(EnumSet.of(Question.PING)).toArray(Question[]::new);
    private static final Question[] CONTENT = {Question.ARCHITECTURE, Question.FETCH, Question.SEED};
    private static final Question[] CONFIG = {Question.ARCHITECTURE, Question.SEED};
    private static final Question[] HEAD = {Question.MANIFEST, Question.MANY};
    private static final String YEAR = "31536000";
    private static final String EVIL =
            "<script>alert(1)</script>\\u001b[2J\\u202e\\u009b31m\\n[INFO] BUILD SUCCESS" + "x".repeat(5000);
    private static final Reply OK = Reply.of("200 OK", "{}").with("Docker-Distribution-Api-Version", "registry/2.0");
    private static final Reply GONE = Reply.of("404 Not Found", "{\"errors\": [{\"code\": \"BLOB_UNKNOWN\"}]}");
    private static final Reply NO_HEAD = Reply.of("405 Method Not Allowed");
    private static final String DEEP =
            "{\"schemaVersion\": 2, \"config\":" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_001);
    private static final String NO_TEXT = "\0\0\u00ff\u00ff\0\0\0\0";

    private final List<Kind> kinds = new ArrayList<>();

    /** A server of another name, to which some of them send their clients. */
    private final String stranger;

    private HostileRegistry(String stranger) {
        this.stranger = stranger;
    }

    /** All kinds; some send their clients to a stranger. */
    static List<Kind> kinds(String stranger) {
        HostileRegistry table = new HostileRegistry(stranger);
        table.good();
        table.connections();
        table.versionChecks();
        table.challenges();
        table.tokens();
        table.redirects();
        table.manifests();
        table.configurations();
        table.layers();
        table.lists();
        return table.kinds;
    }

    private Kind add(String name, Behaviour behaviour, Question... refused) {
        return add(new Kind(
                name, Optional.of(behaviour), Optional.empty(), Set.of(refused), Set.of(), digest(GOOD.manifest())));
    }

    private Kind greet(String name, Connection greeting) {
        return add(new Kind(name, Optional.empty(), Optional.of(greeting), Set.of(ALL), Set.of(), ""));
    }

    private Kind add(Kind kind) {
        kinds.removeIf(other -> other.name().equals(kind.name()));
        kinds.add(kind);
        return kind;
    }

    private void open(Kind kind, Question... questions) {
        add(kind.mayAnswer(questions));
    }

    /** A registry with one image, some of whose answers are others. */
    private static Behaviour registry(Map<String, Behaviour> others) {
        return (server, request, out) -> {
            String path = request.path();
            String part = path.equals("/v2/")
                    ? "v2"
                    : path.contains("/manifests/") ? "manifest" : path.substring(path.lastIndexOf('/') + 1);
            Behaviour other = others.get(part);
            if (other == null && part.startsWith("sha256:")) {
                other = others.get("blob");
            }
            Behaviour usual =
                    switch (part) {
                        case "v2" -> OK;
                        case "manifest" -> manifest(GOOD.manifest());
                        default -> blob(part, GOOD);
                    };
            return (other == null ? usual : other).answer(server, request, out);
        };
    }

    private static Behaviour blob(String digest, HostileImage image) {
        String body = digest.equals(GOOD.layerDigest()) ? HostileImage.LAYER : image.config();
        return digest.equals(GOOD.layerDigest()) || digest.equals(image.configDigest())
                ? Reply.of("200 OK", body)
                : GONE;
    }

    private static Behaviour v2(Behaviour other) {
        return registry(Map.of("v2", other));
    }

    private static Behaviour manifests(Behaviour other) {
        return registry(Map.of("manifest", other));
    }

    private static Behaviour layer(Behaviour other) {
        return registry(Map.of(GOOD.layerDigest(), other));
    }

    private static Behaviour image(HostileImage image) {
        return (server, request, out) -> {
            String digest = request.path().substring(request.path().lastIndexOf('/') + 1);
            return (request.path().contains("/blobs/") ? blob(digest, image) : manifests(manifest(image.manifest())))
                    .answer(server, request, out);
        };
    }

    private static Reply manifest(String body) {
        return manifest(body, SCHEMA_2, digest(body));
    }

    private static Reply manifest(String body, String type, String digest) {
        return Reply.of("200 OK", body).with("Content-Type", type).with("Docker-Content-Digest", digest);
    }

    /** The same after a HEAD that tells nothing. */
    private static Behaviour withoutHead(Behaviour get) {
        return (server, request, out) -> (request.isHead() ? NO_HEAD : get).answer(server, request, out);
    }

    private static Behaviour raw(String bytes) {
        return (server, request, out) -> {
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        };
    }

    private static Behaviour flood(String head, String piece) {
        return (server, request, out) -> server.flood(out, head, piece, false);
    }

    private static Behaviour trickle(String head, String piece) {
        return (server, request, out) -> server.flood(out, head, piece, true);
    }

    private static final Behaviour SILENCE = (server, request, out) -> server.fallSilent();
    private static final Behaviour HANG_UP = (server, request, out) -> false;

    private static Behaviour challenge(String header) {
        return (server, request, out) -> Reply.of("401 Unauthorized")
                .with("WWW-Authenticate", header.replace("SELF", server.host()))
                .answer(server, request, out);
    }

    /** Wants a login, and then does something else. */
    private static Behaviour loggedIn(String challenge, Behaviour then) {
        return (server, request, out) -> (request.headers().containsKey("authorization") ? then : challenge(challenge))
                .answer(server, request, out);
    }

    private static Behaviour basic(Behaviour then) {
        return loggedIn("Basic realm=\"x\"", then);
    }

    private static Behaviour token(Behaviour token) {
        Behaviour registry = loggedIn("Bearer realm=\"http://SELF/token\",service=\"s\"", registry(Map.of()));
        return (server, request, out) ->
                (request.path().startsWith("/token") ? token : registry).answer(server, request, out);
    }

    private static Behaviour redirect(String location) {
        return Reply.of("307 Temporary Redirect").with("Location", location);
    }

    private void good() {
        add("good", registry(Map.of()));
        add("good-basic", basic(registry(Map.of())));
        add("good-token", token(Reply.of("200 OK", "{\"token\": \"abc\"}")));
    }

    private void connections() {
        greet("handshake-silent", (server, in, out) -> server.fallSilent());
        greet("handshake-garbage", (server, in, out) -> out.write(garbage()));
        greet(
                "handshake-http",
                (server, in, out) -> out.write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
        greet(
                "handshake-endless",
                (server, in, out) ->
                        server.flood(out, "", "\u0016\u0003\u0003\u0040\0\u0002" + "\0".repeat(16_383), false));
        greet("closes", (server, in, out) -> {});
    }

    private static byte[] garbage() {
        byte[] bytes = new byte[4000];
        new Random(14).nextBytes(bytes);
        return bytes;
    }

    private void versionChecks() {
        add("v2-endless", v2(flood("HTTP/1.1 200 OK\r\n\r\n", "x".repeat(65_536))), ALL);
        add("v2-header-trickles", v2(trickle("HTTP/1.1 200 OK\r\n", "X")), ALL);
        add("v2-body-trickles", v2(trickle("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", "x")), ALL);
        add("v2-headers-endless", v2(trickle("HTTP/1.1 200 OK\r\n", "X-A: " + "y".repeat(60_000) + "\r\n")), ALL);
        add("v2-status-endless", v2(trickle("HTTP/1.1 200 ", "y".repeat(60_000))), ALL);
        add("v2-continue-endless", v2(trickle("", "HTTP/1.1 100 Continue\r\n\r\n")), ALL);
        open(
                add("v2-early-hints", v2((server, request, out) -> {
                    out.write("HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    return OK.answer(server, request, out);
                })),
                ALL);
        add(
                "v2-switching",
                v2(raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n")),
                ALL);
        add("v2-http2", v2(raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")), ALL);
        add(
                "v2-garbage",
                v2((server, request, out) -> {
                    out.write(garbage());
                    return false;
                }),
                ALL);
        add("v2-nothing", v2(HANG_UP), ALL);
        add("v2-silent", v2(SILENCE), ALL);
        open(
                add("v2-two-lengths", v2(raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 50\r\n\r\n{}"))),
                ALL);
        add("v2-negative-length", v2(raw("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}")), ALL);
        add(
                "v2-huge-length",
                v2((server, request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n{}"
                            .getBytes(StandardCharsets.UTF_8));
                    return server.fallSilent();
                }),
                ALL);
        add(
                "v2-bad-chunk",
                v2(raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n{}\r\n0\r\n\r\n")),
                ALL);
        add(
                "v2-huge-chunk",
                v2(raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n")),
                ALL);
        for (String status : List.of("204 No Content", "999 Weird", "000 Weird", "500 Oops")) {
            open(add("v2-" + status, v2(Reply.of(status)), Question.PING), IMAGE);
        }
        open(
                add(
                        "v2-html",
                        v2(Reply.of("200 OK", "<html>portal</html>").with("Content-Type", "text/html")),
                        Question.PING),
                IMAGE);
        for (String rest :
                List.of(YEAR, "-99999999", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT", "0", "soon")) {
            open(add("v2-429-" + rest, v2(Reply.of("429 Slow").with("Retry-After", rest)), Question.PING), IMAGE);
        }
    }

    private void challenges() {
        for (String realm : List.of(
                "ftp://127.0.0.1/token",
                "file:///etc/passwd",
                "gopher://127.0.0.1/token",
                "http://127.0.0.1:99999/token",
                "http://127.0.0.1:0/token",
                "http://x\u001b[31mRED<script>alert(1)</script>",
                "http://a b/token",
                "mailto:a@b",
                "")) {
            add("realm-" + realm, challenge("Bearer realm=\"" + realm + "\""), ALL);
        }
        add("realm-long", challenge("Bearer realm=\"http://SELF/" + "a".repeat(20_000) + "\""), ALL);
        add("realm-backslashes", challenge("Bearer realm=\"" + "\\a".repeat(5_000) + "\""), ALL);
        add(
                "challenge-many",
                challenge(IntStream.range(0, 3_000)
                        .mapToObj(i -> "X" + i + " a=b")
                        .collect(Collectors.joining(", "))),
                ALL);
        add("challenge-none", Reply.of("401 Unauthorized"), ALL);
        for (String realm : List.of("http://SELF/token#fragment", "http://u:p@SELF/token")) {
            Behaviour registry = loggedIn("Bearer realm=\"" + realm + "\",service=\"s\"", registry(Map.of()));
            add("realm-" + realm, (server, request, out) -> (request.path().startsWith("/token")
                            ? Reply.of("200 OK", "{\"token\": \"abc\"}")
                            : registry)
                    .answer(server, request, out));
        }
    }

    private void tokens() {
        for (String body : List.of(
                "{\"token\": \"TOK\\nEN\"}",
                "{\"token\": \"TOK\\u2028\\u00e9\\u202eEN\"}",
                "{\"token\": \"TOK\\u001b[31mEN\"}",
                "{\"token\": \"a\", \"token\": \"b\"}",
                "{\"token\": \"a\"} {\"token\": \"b\"}",
                "{\"token\": \"\"}",
                "{\"token\": {\"a\": 1}}",
                "{}",
                "null",
                "[]",
                "",
                "<html>log in</html>",
                NO_TEXT)) {
            add("token-" + body, token(Reply.of("200 OK", body)), ALL);
        }
        add("token-huge", token(Reply.of("200 OK", "{\"token\": \"" + "a".repeat(4_000_000) + "\"}")), ALL);
        add("token-deep", token(Reply.of("200 OK", "[".repeat(100_000))), ALL);
        add("token-endless", token(flood("HTTP/1.1 200 OK\r\n\r\n", " ".repeat(65_536))), ALL);
        add("token-429", token(Reply.of("429 Too Many").with("Retry-After", YEAR)), ALL);
        add("token-500", token(Reply.of("500 Oops", "{\"errors\": [{\"message\": \"" + EVIL + "\"}]}")), ALL);
        add("token-silent", token(SILENCE), ALL);
        add("token-negative", token(Reply.of("200 OK", "{\"token\": \"abc\", \"expires_in\": -5}")));
        add("token-for-ever", token(Reply.of("200 OK", "{\"token\": \"abc\", \"expires_in\": 2147483647}")));
        add("token-odd-time", token(Reply.of("200 OK", "{\"token\": \"abc\", \"expires_in\": 1e400}")));
        open(add("token-redirect", token(redirect("http://" + stranger + "/token"))), ALL);
    }

    private void redirects() {
        String elsewhere = "http://" + stranger;
        for (String location : List.of(
                elsewhere + "/ask-token",
                elsewhere + "/ask-basic",
                elsewhere + "/plain",
                "http://a:b@" + stranger + "/ask-basic",
                "//" + stranger + "/ask-basic",
                "HTTP://" + stranger + "/ask-basic",
                "http://[::bad",
                "http://127.0.0.1:1/a b",
                "gopher://127.0.0.1/x",
                "file:///etc/passwd",
                "mailto:x@y",
                "http://127.0.0.1:0/x",
                "http://127.0.0.1:99999/x",
                "")) {
            add("redirect-" + location, basic(manifests(redirect(location))), IMAGE);
        }
        add(
                "redirect-loop",
                manifests((server, request, out) -> redirect(request.path()).answer(server, request, out)),
                IMAGE);
        add("redirect-blob", basic(registry(Map.of("blob", redirect(elsewhere + "/ask-token")))), CONFIG);
        open(add("redirect-v2", v2(redirect(elsewhere + "/ask-token")), Question.PING), IMAGE);
    }

    private void manifests() {
        String good = GOOD.manifest();
        add("manifest-429", manifests(Reply.of("429 Slow").with("Retry-After", YEAR)), IMAGE);
        add("manifest-429-odd", manifests(Reply.of("429 Slow").with("Retry-After", "99999999999999999999")), IMAGE);
        for (String body : List.of(gzip(good), gzip("0".repeat(5_000_000)))) {
            Reply packed = new Reply("200 OK", Map.of(), body.getBytes(StandardCharsets.ISO_8859_1))
                    .with("Content-Type", SCHEMA_2)
                    .with("Content-Encoding", "gzip");
            add("manifest-gzip-" + body.length(), manifests(packed), IMAGE);
        }
        add(
                "manifest-endless",
                manifests(withoutHead(
                        flood("HTTP/1.1 200 OK\r\nContent-Type: " + SCHEMA_2 + "\r\n\r\n", "x".repeat(65_536)))),
                IMAGE);
        add(
                "manifest-1-gb",
                manifests(withoutHead(flood(
                        "HTTP/1.1 200 OK\r\nContent-Type: " + SCHEMA_2 + "\r\nContent-Length: 1073741824\r\n\r\n",
                        " ".repeat(65_536)))),
                IMAGE);
        add(
                "manifest-trickles",
                manifests(withoutHead(trickle(
                        "HTTP/1.1 200 OK\r\nContent-Type: " + SCHEMA_2 + "\r\nContent-Length: 100000\r\n\r\n", "x"))),
                IMAGE);
        for (String body : List.of(
                "",
                "{}",
                "null",
                "[]",
                "<html>log in</html>",
                "{\"schemaVersion\": 1}",
                good.substring(0, 50),
                good + good,
                NO_TEXT,
                "[".repeat(5_000),
                DEEP)) {
            add(
                    "manifest-" + body.length() + "-" + body.substring(0, Math.min(20, body.length())),
                    manifests(withoutHead(manifest(body))),
                    IMAGE);
        }
        String twice = good.replaceFirst("\"schemaVersion\"", "\"schemaVersion\": 1, \"schemaVersion\"");
        add("manifest-key-twice", manifests(withoutHead(manifest(twice))), IMAGE);
        String zeros = "sha256:" + "0".repeat(64);
        add(add("manifest-wrong-digest", manifests(manifest(good, SCHEMA_2, zeros)), CONTENT)
                .calling(zeros));
        for (String digest :
                List.of("sha256:\u001b[31m<script>", "../../../etc/passwd", "x", "sha256:" + "A".repeat(64))) {
            // The bytes tell their digest, whatever the header says.
            open(add("manifest-digest-" + digest, manifests(manifest(good, SCHEMA_2, digest))), IMAGE);
        }
        for (String type : List.of("text/\u001b[31m<script>", "text/html", "x".repeat(5_000), "")) {
            add("manifest-type-" + type.length(), manifests(manifest(good, type, digest(good))), IMAGE);
        }
        for (String status : List.of(
                "404 Not Found",
                "400 Bad",
                "403 Forbidden",
                "500 Oops",
                "401 Unauthorized",
                "302 Found",
                "418 Teapot")) {
            add(
                    "manifest-" + status,
                    manifests(Reply.of(
                            status, "{\"errors\": [{\"code\": \"" + EVIL + "\", \"message\": \"" + EVIL + "\"}]}")),
                    IMAGE);
        }
        String schema1 = "{\"schemaVersion\": 1, \"architecture\": \"amd64\", \"name\": \"x\", \"history\": []}";
        String lie = "sha256:" + "b".repeat(64);
        Kind kind = add("schema1-lie", manifests(manifest(schema1, SCHEMA_1, lie)), Question.FETCH, Question.SEED);
        add(kind.calling(lie).mayAnswer(Question.ARCHITECTURE));
        add("schema1-lie-without-head", manifests(withoutHead(manifest(schema1, SCHEMA_1, lie))), IMAGE);
        String signed = schema1.replace("\"history\"", "\"signatures\": [{\"protected\": \"e30\"}], \"history\"");
        add("schema1-unsigned", manifests(withoutHead(manifest(signed, SCHEMA_1, digest(signed)))), IMAGE);
    }

    private static String gzip(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toString(StandardCharsets.ISO_8859_1);
    }

    private void configurations() {
        for (String digest : List.of(
                "sha256:../../../../../../tmp/pwn",
                "sha256:a b",
                "sha256:\\u001b[31mRED\\n[ERROR] forged",
                "http://127.0.0.1/",
                "",
                "sha256:" + "0".repeat(64))) {
            forged("config-digest-" + digest, GOOD.withConfigDigest(digest), CONFIG);
        }
        for (String config : List.of(
                "{\"architecture\": \"arm\\u001b[31m<script>" + "x".repeat(5_000) + "\"}",
                "",
                "[",
                "{} {}",
                NO_TEXT,
                DEEP)) {
            forged("config-" + config.length(), GOOD.withConfig(config), CONFIG);
        }
        forged("config-without-architecture", GOOD.withConfig("{}"));
        String without = "{\"schemaVersion\": 2}";
        add(add("config-missing", manifests(manifest(without)), CONFIG).calling(digest(without)));
    }

    private void forged(String name, HostileImage image, Question... refused) {
        add(add(name, image(image), refused).calling(digest(image.manifest())));
    }

    private void layers() {
        for (String digest : List.of("sha256:../../../../../../tmp/pwn", "", "sha512:" + "0".repeat(128))) {
            forged("layer-digest-" + digest, GOOD.withLayerDigest(digest), Question.SEED);
        }
        for (String size : List.of(
                "5",
                "999",
                "1001",
                "-5",
                "4611686018427387904",
                "1e300",
                "\"1000\"",
                "null",
                "1000.5",
                "9".repeat(900))) {
            forged("layer-size-" + size, GOOD.withLayerSize(size), Question.SEED);
        }
        add("layer-wrong", layer(Reply.of("200 OK", "M".repeat(1000))), Question.SEED);
        add("layer-short", layer(Reply.of("200 OK", "L".repeat(999))), Question.SEED);
        add("layer-endless", layer(flood("HTTP/1.1 200 OK\r\n\r\n", "x".repeat(1 << 20))), Question.SEED);
        add("layer-trickles", layer(trickle("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", "L")), Question.SEED);
        add(
                "layer-cut",
                layer((server, request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nLLLL".getBytes(StandardCharsets.UTF_8));
                    return false;
                }),
                Question.SEED);
        add("layer-login", layer(challenge("Basic realm=\"x\"")), Question.SEED);
        add("layer-silent", layer(SILENCE), Question.SEED);
        for (int count : new int[] {501, 40_000}) {
            String layers = IntStream.range(0, count)
                    .mapToObj(i -> HostileImage.layer("sha256:" + "%064x".formatted(i), "1"))
                    .collect(Collectors.joining(","));
            String many = GOOD.manifest().replaceFirst("\"layers\": \\[.*]", "\"layers\": [" + layers + "]");
            add(add("layers-" + count, manifests(manifest(many)), Question.SEED).calling(digest(many)));
        }
    }

    private void lists() {
        Map<String, Reply> chain = new LinkedHashMap<>();
        String next = digest(GOOD.manifest());
        for (int i = 0; i < 3; i++) {
            String list = HostileImage.list(next, i);
            next = digest(list);
            chain.put(next, manifest(list, LIST, next));
        }
        Reply first = chain.get(next);
        add(
                "list-chain",
                manifests((server, request, out) -> chain.getOrDefault(
                                request.path().substring(request.path().lastIndexOf('/') + 1), first)
                        .answer(server, request, out)),
                IMAGE);
        String self = "sha256:" + "a".repeat(64);
        add("list-of-itself", manifests(manifest(HostileImage.list(self, 0), LIST, self)), IMAGE);
        for (String digest : List.of("../../x y", "", "sha256:" + "0".repeat(63))) {
            String list = HostileImage.list(digest, 0);
            add("list-digest-" + digest, manifests(manifest(list, LIST, digest(list))), IMAGE);
        }
        String object = "{\"schemaVersion\": 2, \"manifests\": {\"digest\": \"x\"}}";
        open(
                add("list-object", manifests(manifest(object, LIST, digest(object))), Question.FETCH, Question.SEED),
                Question.MANIFEST,
                Question.MANY,
                Question.ARCHITECTURE);
        String platforms = IntStream.range(0, 20_000)
                .mapToObj(i -> "{\"digest\": \"" + self
                        + "\", \"platform\": {\"os\": \"linux\", \"architecture\": \"cpu" + i + "\\u001b\"}}")
                .collect(Collectors.joining(",", "{\"schemaVersion\": 2, \"manifests\": [", "]}"));
        add("list-many", manifests(manifest(platforms, LIST, digest(platforms))), IMAGE);
    }
}
