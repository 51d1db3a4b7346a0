package io.github.cdkmaven.sim.registry;

import io.github.cdkmaven.sim.registry.RegistryLogin.Token.Realm;
import io.github.cdkmaven.sim.registry.RegistryLogin.Token.Style;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Registries as they are met in companies, each in what makes it special. All know one user, {@link #USER}, with one password;
 * which images are public is part of the flavour.
 */
public enum RegistryFlavour {
    /** Docker Distribution, open to everybody. */
    OPEN(builder -> builder),
    /** Docker Distribution with htpasswd: HTTP Basic, challenged at {@code /v2/}. */
    BASIC(RegistryFlavour::basic),
    /** nginx with {@code auth_basic} before a registry: the 401 has no {@code Docker-Distribution-Api-Version}. */
    BASIC_BY_PROXY(builder -> basic(builder).withoutVersionHeader()),
    /** GitLab, Artifactory: a token for the user alone, from the registry's own address. */
    TOKEN(builder -> token(builder, Style.inside(false, false))),
    /** Harbor, Quay: a stranger gets a token for public images, but only who names the scope. */
    TOKEN_WITH_SCOPE(builder -> token(builder, Style.inside(true, true))),
    /** The token is in the second of two fields, and the first is empty. */
    EMPTY_TOKEN(builder -> token(
            builder,
            Style.inside(true, false).answering("{\"token\":\"\",\"access_token\":\"%s\",\"expires_in\":%d}"))),
    /** The token server is named by {@code http} and redirects to {@code https}; strangers get a token for public images. */
    HTTP_REALM(builder -> token(builder, Style.inside(true, false).at(Realm.REDIRECTED))),
    /** Artifactory or Nexus with anonymous access to {@code /v2/} alone: the images ask for the login. */
    OPEN_ROOT(builder -> basic(builder).openRoot()),
    /** Kerberos before Basic in one header. */
    NEGOTIATE_BASIC(builder -> basic(builder).challenges("Negotiate, Basic realm=\"x\"")),
    /** Basic before Bearer in one header, from a registry that wants a token. */
    BASIC_BEARER(builder -> token(builder, Style.inside(false, false))
            .challenges("Basic realm=\"x\", Bearer realm=\"REALM\",service=\"registry\"")),
    /** The same in two headers. */
    BASIC_BEARER_IN_TWO(builder -> token(builder, Style.inside(false, false))
            .challenges("Basic realm=\"x\"", "Bearer realm=\"REALM\",service=\"registry\"")),
    /** A 401 that does not say how to log in. */
    NO_CHALLENGE(builder -> basic(builder).challenges()),
    /** A realm that is no address (Portus). */
    BROKEN_REALM(builder -> token(builder, Style.inside(false, false))
            .challenges("Bearer realm=\"http://registry.corp.example:%!s(<nil>)/v2/token\",service=\"registry\"")),
    /** The token server answers with a page. */
    HTML_TOKEN(builder -> token(builder, Style.inside(true, false).answering("<html>Welcome to nginx!</html>"))),
    /** {@code /v2/} is answered 403 with HTML; the images are public. */
    ROOT_FORBIDDEN(builder -> builder, registry -> always(registry, "/v2/", Fault.page(403, "text/html", "<html/>"))),
    /** {@code /v2/} is redirected to a page; the images are public. */
    ROOT_REDIRECTED(builder -> builder, registry -> {
        always(registry, "/v2/", Fault.redirect(302, "/login"));
        always(registry, "/login", Fault.garbage());
    }),
    /** No version 2 at all. */
    NO_REGISTRY(
            builder -> builder,
            registry -> registry.inject(Fault.page(404, "text/html", "<html/>"), Integer.MAX_VALUE)),
    /** The manifests are there, the blobs are gone: a repository that was cleaned, or a proxy's cache. */
    BLOBS_GONE(
            builder -> builder,
            registry -> registry.inject(
                    exchange -> RegistryEndpoints.error(exchange, 404, "BLOB_UNKNOWN", "blob unknown to registry"),
                    Integer.MAX_VALUE,
                    request -> request.path().contains("/blobs/"))),
    /** Wants a client certificate at the handshake; only with TLS. */
    CLIENT_CERTIFICATE(SimulatedRegistry.Builder::clientCertificate),
    /** Wants a client certificate and says so by HTTP, as nginx does. */
    CLIENT_CERTIFICATE_BY_PROXY(
            builder -> builder,
            registry -> registry.inject(
                    Fault.page(400, "text/html", "<html>400 No required SSL certificate was sent</html>"),
                    Integer.MAX_VALUE));

    /** The user whom every flavour with a login lets in. */
    public static final String USER = "jane";

    /** The password of {@link #USER}. */
    public static final String PASSWORD = "s3cret";

    private final UnaryOperator<SimulatedRegistry.Builder> shape;
    private final Consumer<SimulatedRegistry> faults;

    RegistryFlavour(UnaryOperator<SimulatedRegistry.Builder> shape) {
        this(shape, registry -> {});
    }

    RegistryFlavour(UnaryOperator<SimulatedRegistry.Builder> shape, Consumer<SimulatedRegistry> faults) {
        this.shape = shape;
        this.faults = faults;
    }

    /** Starts one over plain HTTP. */
    public SimulatedRegistry start() {
        return start(builder -> builder);
    }

    /** Starts one over TLS. */
    public SimulatedRegistry start(TestCertificates.Kind kind) {
        return start(builder -> builder.tls(kind));
    }

    private SimulatedRegistry start(UnaryOperator<SimulatedRegistry.Builder> transport) {
        SimulatedRegistry registry =
                shape.apply(transport.apply(SimulatedRegistry.builder())).start();
        faults.accept(registry);
        return registry;
    }

    private static SimulatedRegistry.Builder basic(SimulatedRegistry.Builder builder) {
        return builder.basicAuth(USER, PASSWORD);
    }

    private static SimulatedRegistry.Builder token(SimulatedRegistry.Builder builder, Style style) {
        return builder.tokenAuth(USER, PASSWORD, style);
    }

    private static void always(SimulatedRegistry registry, String path, Fault fault) {
        registry.inject(fault, Integer.MAX_VALUE, request -> request.path().equals(path));
    }
}
