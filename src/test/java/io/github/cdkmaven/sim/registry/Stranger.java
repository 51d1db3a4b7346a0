package io.github.cdkmaven.sim.registry;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that is no registry: it asks everybody for a login, hands out tokens, and remembers who told it who they are. */
public final class Stranger implements AutoCloseable {

    private final SimulatedRegistry server;

    private Stranger(SimulatedRegistry server, String challenge) {
        this.server = server;
        server.inject(
                Fault.page(200, "application/json", "{\"token\":\"of-a-stranger\"}"),
                Integer.MAX_VALUE,
                request -> request.path().startsWith("/token"));
        server.inject(Fault.challenge(challenge), Integer.MAX_VALUE);
    }

    /** One that asks for HTTP Basic. */
    public static Stranger withBasic(boolean tls) {
        return new Stranger(start(tls), "Basic realm=\"x\"");
    }

    /** One that asks for a token, which it hands out itself. */
    public static Stranger withToken(boolean tls) {
        SimulatedRegistry server = start(tls);
        return new Stranger(server, "Bearer realm=\"" + address(server) + "/token\",service=\"x\"");
    }

    private static SimulatedRegistry start(boolean tls) {
        return tls
                ? SimulatedRegistry.builder()
                        .tls(TestCertificates.Kind.PRIVATE_CA)
                        .start()
                : SimulatedRegistry.start();
    }

    private static String address(SimulatedRegistry server) {
        return (server.caPem().isPresent() ? "https://" : "http://") + server.host();
    }

    /** Scheme, host and port. */
    public String address() {
        return address(server);
    }

    /** Its authority's certificate, empty without TLS. */
    public String caPem() {
        return server.caPem().orElse("");
    }

    /** Fails if nobody came, or somebody with a login, or for a token. */
    public void assertWasSentNoLogin() {
        assertThat(server.requests()).isNotEmpty().allSatisfy(request -> {
            assertThat(request.authorization()).as(request.toString()).isEmpty();
            assertThat(request.path()).doesNotContain("token", "account");
        });
    }

    @Override
    public void close() {
        server.close();
    }
}
