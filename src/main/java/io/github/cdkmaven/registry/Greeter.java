package io.github.cdkmaven.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** {@code GET /v2/} without a name: finds out scheme and login, as every client of the protocol begins. */
final class Greeter {

    private final RegistryAccess access;
    private final Exchange exchange;
    private final Retry retry;

    Greeter(RegistryAccess access, Exchange exchange, Retry retry) {
        this.access = access;
        this.exchange = exchange;
        this.retry = retry;
    }

    /** TLS first; plain HTTP only where the user declared the registry insecure and TLS is not spoken. */
    Greeting greet(TimeLeft time) throws RegistryException {
        try {
            return greet("https", time);
        } catch (NotTlsException e) {
            if (!access.insecure()) {
                throw e;
            }
            return greet("http", time);
        }
    }

    private Greeting greet(String scheme, TimeLeft time) throws RegistryException {
        URI base = base(scheme);
        HttpResponse<byte[]> response =
                retry.run(() -> exchange.send(base, Exchange.Ask.get("/v2/", List.of()), Optional.empty(), time), time);
        int status = response.statusCode();
        boolean header =
                response.headers().firstValue("Docker-Distribution-Api-Version").isPresent();
        boolean html = response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("text/html"))
                .isPresent();
        // OpenShift 3.x takes 2xx, 401 and 403 for a registry, also without the header.
        boolean registry = header || !html && (status == 200 || status == 401 || status == 403);
        return new Greeting(
                base, status, registry, status == 401 ? Challenge.of(response.headers()) : Optional.empty());
    }

    private URI base(String scheme) throws RegistryException {
        try {
            URI base = new URI(scheme, access.host(), "/", null, null).parseServerAuthority();
            if (Origin.of(base).isPresent()) {
                return base;
            }
        } catch (URISyntaxException e) {
            throw new RegistryException(notAHost(), e);
        }
        throw new RegistryException(notAHost());
    }

    private RegistryFailure notAHost() {
        return new RegistryFailure.Unreachable("\"" + access.host() + "\" is no host with an optional port");
    }
}
