package io.github.cdkmaven.registry;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for an address and follows redirects by hand: the JDK would hand the Authorization header on to whatever host comes
 * next, and registries send blobs from storage of others.
 */
final class Exchange {

    /**
     * A request without its host.
     *
     * @param method {@code GET} or {@code HEAD}
     * @param path path and query; empty for the base itself
     * @param accept the Accept types, in order
     * @param receiver what takes the body
     */
    record Ask(String method, String path, List<String> accept, Wire.Receiver receiver) {

        static Ask get(String path, List<String> accept) {
            return new Ask("GET", path, accept, Wire.IN_MEMORY);
        }

        static Ask head(String path, List<String> accept) {
            return new Ask("HEAD", path, accept, Wire.IN_MEMORY);
        }
    }

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 5;

    private final Wire wire;
    private final boolean insecure;

    Exchange(Wire wire, boolean insecure) {
        this.wire = wire;
        this.insecure = insecure;
    }

    HttpResponse<byte[]> send(URI base, Ask ask, Optional<String> authorization, TimeLeft time)
            throws RegistryException {
        URI uri = ask.path().isEmpty() ? base : base.resolve(ask.path());
        Origin asked = Origin.of(uri).orElseThrow();
        Origin origin = asked;
        Optional<String> header = authorization;
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            HttpResponse<byte[]> response = send(request(uri, ask, header, time), ask, hops > 0, time);
            if (!REDIRECTS.contains(response.statusCode())) {
                if (response.statusCode() == 401 && !origin.equals(asked)) {
                    // Its challenge is not the registry's: whoever answered it would hand the password to a stranger.
                    throw new RegistryException(
                            new RegistryFailure.RedirectedLogin(asked.toString(), origin.toString()));
                }
                return response;
            }
            uri = next(uri, response);
            Origin next = Origin.of(uri).orElseThrow();
            if (!next.equals(origin)) {
                header = Optional.empty();
            }
            origin = next;
        }
        throw new RegistryException(new RegistryFailure.Broken(302, "more than " + MOST_REDIRECTS + " redirects"));
    }

    private HttpResponse<byte[]> send(HttpRequest request, Ask ask, boolean redirected, TimeLeft time)
            throws RegistryException {
        try {
            return wire.send(request, ask.receiver(), time);
        } catch (NotTlsException e) {
            // Another server's lack of TLS says nothing about the registry's.
            throw redirected ? new RegistryException(e.answer(), e) : e;
        }
    }

    private URI next(URI from, HttpResponse<byte[]> response) throws RegistryException {
        String location = response.headers().firstValue("Location").orElse("");
        try {
            URI next = from.resolve(location);
            Optional<Origin> origin = location.isEmpty() ? Optional.empty() : Origin.of(next);
            if (origin.isEmpty()) {
                throw new RegistryException(new RegistryFailure.Broken(response.statusCode(), "a redirect to nowhere"));
            }
            if (!insecure && origin.get().plainHttp()) {
                throw new RegistryException(new RegistryFailure.Broken(
                        response.statusCode(),
                        "a redirect to plain HTTP at " + origin.get().authority()));
            }
            return next;
        } catch (IllegalArgumentException e) {
            throw new RegistryException(
                    new RegistryFailure.Broken(response.statusCode(), "a redirect to an invalid address"));
        }
    }

    private HttpRequest request(URI uri, Ask ask, Optional<String> authorization, TimeLeft time) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri)
                .method(ask.method(), HttpRequest.BodyPublishers.noBody())
                .header("User-Agent", "cdk-maven-plugin");
        ask.accept().forEach(type -> builder.header("Accept", type));
        authorization.ifPresent(value -> builder.header("Authorization", value));
        if (ask.method().equals("HEAD")) {
            builder.timeout(wire.patience(time));
        }
        return builder.build();
    }
}
