package io.github.cdkmaven.sim.registry;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** What a registry does instead of answering properly. */
@FunctionalInterface
public interface Fault {

    void answer(HttpExchange exchange) throws IOException;

    /** A status without a body. */
    static Fault status(int status) {
        return exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        };
    }

    /** A status that says when to come again: seconds, or a date. */
    static Fault retryAfter(int status, String value) {
        return exchange -> {
            exchange.getResponseHeaders().set("Retry-After", value);
            status(status).answer(exchange);
        };
    }

    /** A status with a body, as proxies and captive portals write it. */
    static Fault page(int status, String mediaType, String body) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", mediaType);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        };
    }

    /** 200 and a log-in page, as from a web proxy that wants a user. */
    static Fault garbage() {
        return page(200, "text/html", "<html><body>Please sign in</body></html>");
    }

    /** The connection ends without an answer. */
    static Fault reset() {
        return HttpExchange::close;
    }

    /** The answer's head and half of its body, then the connection ends. */
    static Fault breakOff(byte[] body) {
        return exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body, 0, body.length / 2);
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    /** The answer's head and half of its body, and then silence until the registry is closed. */
    static Fault stall(byte[] body) {
        return exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body, 0, body.length / 2);
            exchange.getResponseBody().flush();
            hang().answer(exchange);
        };
    }

    /** No answer until the registry is closed. */
    static Fault hang() {
        return exchange -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        };
    }

    /** 401, and what is wanted: {@code Basic realm="x"}. */
    static Fault challenge(String challenge) {
        return exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
            status(401).answer(exchange);
        };
    }

    /** A redirect to another address. */
    static Fault redirect(int status, String location) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            status(status).answer(exchange);
        };
    }
}
