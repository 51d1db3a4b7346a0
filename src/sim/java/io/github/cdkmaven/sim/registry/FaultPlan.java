package io.github.cdkmaven.sim.registry;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Which requests of a registry go wrong, how, and how often. */
final class FaultPlan {

    private record Entry(Fault fault, Predicate<ServedRequest> when, AtomicInteger left) {

        boolean takes(ServedRequest request) {
            return when.test(request) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        }
    }

    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    void add(Fault fault, int times, Predicate<ServedRequest> when) {
        entries.add(new Entry(fault, when, new AtomicInteger(times)));
    }

    Optional<Fault> next(ServedRequest request) {
        return entries.stream()
                .filter(entry -> entry.takes(request))
                .findFirst()
                .map(Entry::fault);
    }
}
