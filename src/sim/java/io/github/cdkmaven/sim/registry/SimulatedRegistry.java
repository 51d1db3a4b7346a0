package io.github.cdkmaven.sim.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.github.cdkmaven.sim.PromptServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** An image registry in this JVM, on a free loopback port, that can misbehave on purpose and remembers each request. */
public final class SimulatedRegistry implements TestRegistry {

    /** What an unknown image is answered with: products differ. */
    public enum Missing {
        /** Quay, Nexus: a repository that does not exist is told apart. */
        NAME_UNKNOWN,
        /** Docker Distribution: always the manifest. */
        MANIFEST_UNKNOWN,
        /** Some reverse proxies: 404 and nothing else. */
        NO_BODY
    }

    record Behaviour(
            Missing missing,
            boolean ociUnasked,
            boolean digestHeader,
            boolean versionHeader,
            boolean openRoot,
            Optional<List<String>> challenges,
            Duration latency,
            String prefix) {

        void addVersion(HttpExchange exchange) {
            if (versionHeader) {
                exchange.getResponseHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
            }
        }

        /** What is sent instead of the challenge that the login would send. */
        List<String> said(String challenge) {
            String realm = challenge.replaceFirst(".*realm=\"([^\"]*)\".*", "$1");
            return challenges
                    .map(headers -> headers.stream()
                            .map(header -> header.replace("REALM", realm))
                            .toList())
                    .orElse(List.of(challenge));
        }
    }

    private final RegistryContent content = new RegistryContent();
    private final FaultPlan faults = new FaultPlan();
    private final RequestLog log = new RequestLog();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "simulated-registry");
        thread.setDaemon(true);
        return thread;
    });
    private final Behaviour behaviour;
    private final RegistryLogin login;
    private final Optional<String> user;
    private final Optional<String> password;
    private final Optional<TestCertificates> certificates;
    private final RegistryEndpoints endpoints;
    private final HttpServer server;
    private final Optional<PlainPort> door;

    private SimulatedRegistry(Builder builder) throws IOException {
        behaviour = new Behaviour(
                builder.missing,
                builder.ociUnasked,
                builder.digestHeader,
                builder.versionHeader,
                builder.openRoot,
                builder.challenges,
                builder.latency,
                builder.prefix);
        user = builder.user;
        password = builder.password;
        login = builder.login();
        certificates = builder.certificates;
        endpoints = new RegistryEndpoints(content, behaviour);
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        if (certificates.isPresent()) {
            HttpsServer https = HttpsServer.create(new InetSocketAddress(loopback, builder.port), 0);
            https.setHttpsConfigurator(configurator(certificates.get().serverContext(), builder.clientCertificate));
            server = https;
        } else {
            server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        door = certificates.isPresent()
                ? Optional.empty()
                : Optional.of(new PlainPort(builder.port, server.getAddress(), threads));
    }

    private static HttpsConfigurator configurator(SSLContext context, boolean wantsClientCertificate) {
        return new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = context.getDefaultSSLParameters();
                ssl.setNeedClientAuth(wantsClientCertificate);
                parameters.setSSLParameters(ssl);
            }
        };
    }

    /** A registry over plain HTTP that lets everybody in. */
    public static SimulatedRegistry start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String host() {
        return "127.0.0.1:"
                + door.map(PlainPort::port).orElse(server.getAddress().getPort());
    }

    @Override
    public Optional<String> caPem() {
        return certificates.map(TestCertificates::authorityPem);
    }

    /** The authority between the server's certificate and {@link #caPem}, as PEM; only where the server does not send it. */
    public String intermediatePem() {
        return certificates.orElseThrow().intermediatePem();
    }

    @Override
    public Optional<String> user() {
        return user;
    }

    @Override
    public Optional<String> password() {
        return password;
    }

    @Override
    public String put(String name, TinyImage image) {
        ImageName parsed = ImageName.parse(behaviour.prefix() + name);
        content.put(parsed.repository(), parsed.tag(), image);
        return image.digest();
    }

    /** Takes a tag away, as if it had never been mirrored. */
    public void remove(String name) {
        ImageName parsed = ImageName.parse(behaviour.prefix() + name);
        content.removeManifest(parsed.repository(), parsed.tag());
    }

    /** Turns over one bit of a stored blob. */
    public void corrupt(String digest) {
        content.corrupt(digest);
    }

    /** Lets the next requests go wrong. */
    public SimulatedRegistry inject(Fault fault, int times) {
        return inject(fault, times, request -> true);
    }

    /** Lets some of the requests go wrong; their {@code status} is not known yet when they are asked for. */
    public SimulatedRegistry inject(Fault fault, int times, Predicate<ServedRequest> when) {
        faults.add(fault, times, when);
        return this;
    }

    /** Every request so far, in the order of arrival. */
    public List<ServedRequest> requests() {
        return log.requests();
    }

    /** Forgets the requests so far. */
    public void clearRequests() {
        log.clear();
    }

    /** How many requests were under way at the same time, at most. */
    public int maxInFlight() {
        return log.most();
    }

    /** The queries that the token server got; none without token login. */
    public List<String> tokenRequests() {
        return login instanceof RegistryLogin.Token token ? token.requests() : List.of();
    }

    /** Makes every token handed out so far worthless. */
    public void forgetTokens() {
        if (login instanceof RegistryLogin.Token token) {
            token.forget();
        }
    }

    @Override
    public void close() {
        door.ifPresent(PlainPort::close);
        server.stop(0);
        threads.shutdownNow();
        login.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        ServedRequest request = log.begin(exchange);
        try {
            TimeUnit.NANOSECONDS.sleep(behaviour.latency().toNanos());
            // Before the answer: with it in hand, the client may ask anew before this thread goes on.
            log.end();
            Optional<Fault> fault = faults.next(request);
            if (fault.isPresent()) {
                fault.get().answer(exchange);
            } else {
                answer(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (login.answers(exchange)) {
            return;
        }
        Optional<String> challenge = login.challenge(exchange, RegistryEndpoints.repository(path));
        if (challenge.isPresent() && !(behaviour.openRoot() && path.equals("/v2/"))) {
            behaviour.addVersion(exchange);
            behaviour
                    .said(challenge.get())
                    .forEach(header -> exchange.getResponseHeaders().add("WWW-Authenticate", header));
            RegistryEndpoints.error(exchange, 401, "UNAUTHORIZED", "authentication required");
        } else {
            endpoints.serve(exchange);
        }
    }

    /** How a {@link SimulatedRegistry} behaves; with nothing said, like Docker Distribution over plain HTTP. */
    public static final class Builder {

        private Optional<TestCertificates> certificates = Optional.empty();
        private Optional<String> user = Optional.empty();
        private Optional<String> password = Optional.empty();
        private List<String> openBelow = List.of();
        private Optional<RegistryLogin.Token.Style> tokens = Optional.empty();
        private Missing missing = Missing.MANIFEST_UNKNOWN;
        private boolean ociUnasked;
        private boolean digestHeader = true;
        private boolean versionHeader = true;
        private boolean openRoot;
        private boolean clientCertificate;
        private Optional<List<String>> challenges = Optional.empty();
        private Duration latency = Duration.ZERO;
        private String prefix = "";
        private int port;

        private Builder() {}

        /** Speaks TLS only. */
        public Builder tls(TestCertificates.Kind kind) {
            certificates = Optional.of(TestCertificates.create(kind));
            return this;
        }

        /** Lets one user in, by HTTP Basic. */
        public Builder basicAuth(String name, String secret) {
            user = Optional.of(name);
            password = Optional.of(secret);
            return this;
        }

        /** Lets one user in, by a token from another port that lives five minutes. */
        public Builder tokenAuth(String name, String secret) {
            return basicAuth(name, secret).tokens("token", Duration.ofMinutes(5), false);
        }

        /** Lets one user in, by a token that is handed out as told. */
        Builder tokenAuth(String name, String secret, RegistryLogin.Token.Style style) {
            tokens = Optional.of(style);
            return basicAuth(name, secret);
        }

        /**
         * Hands out tokens.
         *
         * @param field {@code token} or {@code access_token}
         * @param lifetime how long one is good for, also told as {@code expires_in} in whole seconds
         * @param anonymousPull whether strangers get one too
         */
        public Builder tokens(String field, Duration lifetime, boolean anonymousPull) {
            tokens = Optional.of(RegistryLogin.Token.Style.of(field, lifetime, anonymousPull));
            return this;
        }

        /** Lets one user in, by HTTP Basic, and everybody to images below some paths, as a registry with public projects does. */
        public Builder basicAuth(String name, String secret, String... openTo) {
            openBelow = List.of(openTo);
            return basicAuth(name, secret);
        }

        /** Waits before each answer. */
        public Builder latency(Duration value) {
            latency = value;
            return this;
        }

        /** Puts every image below a path, as Artifactory does with its repository key: {@code mirror}. */
        public Builder prefix(String value) {
            prefix = value + '/';
            return this;
        }

        public Builder missing(Missing value) {
            missing = value;
            return this;
        }

        /** Sends OCI manifests also to clients that did not ask for them. */
        public Builder ociUnasked() {
            ociUnasked = true;
            return this;
        }

        /** Leaves {@code Docker-Content-Digest} out. */
        public Builder withoutDigestHeader() {
            digestHeader = false;
            return this;
        }

        /** Leaves {@code Docker-Distribution-Api-Version} out, as a proxy that logs in by itself does. */
        public Builder withoutVersionHeader() {
            versionHeader = false;
            return this;
        }

        /** Lets everybody ask {@code /v2/}, and asks for the login at the images. */
        public Builder openRoot() {
            openRoot = true;
            return this;
        }

        /** Sends these {@code WWW-Authenticate} headers, or none; {@code REALM} stands for the token server's address. */
        public Builder challenges(String... headers) {
            challenges = Optional.of(List.of(headers));
            return this;
        }

        /** Wants a certificate of the client (mTLS). */
        public Builder clientCertificate() {
            clientCertificate = true;
            return this;
        }

        /** Listens on a given port, to take the place of another. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        public SimulatedRegistry start() {
            PromptServers.please();
            try {
                return new SimulatedRegistry(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private RegistryLogin login() throws IOException {
            if (tokens.isPresent()) {
                return new RegistryLogin.Token(
                        user.orElse(""), password.orElse(""), tokens.get(), certificates.isPresent());
            }
            return user.isPresent()
                    ? new RegistryLogin.Basic(user.get(), password.orElse(""), openBelow)
                    : new RegistryLogin.Open();
        }
    }
}
