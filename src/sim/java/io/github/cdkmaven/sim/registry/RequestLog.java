package io.github.cdkmaven.sim.registry;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what a registry was asked and answered, and how much of it at the same time. */
final class RequestLog {

    /** The status is read late: an exchange knows it before the client can see the answer. */
    private record Entry(HttpExchange exchange, Optional<String> authorization, String accept) {

        ServedRequest request() {
            return new ServedRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Math.max(0, exchange.getResponseCode()),
                    authorization,
                    accept);
        }
    }

    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    ServedRequest begin(HttpExchange exchange) {
        most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        Entry entry = new Entry(
                exchange,
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                        .map(header -> header.split(" ", 2)[0]),
                RegistryEndpoints.accept(exchange));
        entries.add(entry);
        return entry.request();
    }

    /** The request is about to be answered. */
    void end() {
        inFlight.decrementAndGet();
    }

    List<ServedRequest> requests() {
        return entries.stream().map(Entry::request).toList();
    }

    int most() {
        return most.get();
    }

    void clear() {
        entries.clear();
        most.set(0);
    }
}
