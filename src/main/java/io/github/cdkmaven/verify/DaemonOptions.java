package io.github.cdkmaven.verify;

import io.github.cdkmaven.minishift.StartSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which registries a docker was told to trust, to search and to refuse, each in the order in which it was told.
 *
 * @param insecure registries that need no valid certificate
 * @param added registries that are searched before Docker Hub
 * @param blocked registries that are never asked
 */
record DaemonOptions(List<String> insecure, List<String> added, List<String> blocked) {

    /** As the daemon's unit has them, and as the arguments of a start have them. */
    private static final Pattern OPTION =
            Pattern.compile("(?:--|--docker-opt[= ]\\s*)(insecure|add|block)-registry[= ]\\s*(\\S+)");

    /** What docker trusts by itself, and what minishift always adds: the cluster's own registry. */
    private static final Set<String> ALWAYS_INSECURE = Set.of("127.0.0.0/8", "::1/128", "172.30.0.0/16");

    DaemonOptions {
        insecure = List.copyOf(insecure);
        added = List.copyOf(added);
        blocked = List.copyOf(blocked);
    }

    /** What stands in the daemon's systemd unit. */
    static DaemonOptions parse(String unit) {
        List<String> insecure = new ArrayList<>();
        List<String> added = new ArrayList<>();
        List<String> blocked = new ArrayList<>();
        Matcher option = OPTION.matcher(unit);
        while (option.find()) {
            List<String> list =
                    switch (option.group(1)) {
                        case "insecure" -> insecure;
                        case "add" -> added;
                        default -> blocked;
                    };
            list.add(option.group(2));
        }
        return new DaemonOptions(insecure, added, blocked);
    }

    /** What a start asks for, by its own parameters and by the further arguments of the user. */
    static DaemonOptions asked(StartSettings settings) {
        String host = settings.registry().host();
        DaemonOptions further = parse(String.join(" ", settings.startArguments()));
        return new DaemonOptions(
                joined(settings.registryInsecure() ? Stream.of(host) : Stream.of(), further.insecure),
                joined(Stream.of(host), further.added),
                joined(
                        settings.blockedRegistries().stream().filter(blocked -> !blocked.equals(host)),
                        further.blocked));
    }

    private static List<String> joined(Stream<String> own, List<String> further) {
        return Stream.concat(own, further.stream()).distinct().toList();
    }

    /**
     * Whether a registry is never asked. {@code all} spares the added ones, and {@code public} is Docker Hub (Red Hat's docker, {@code
     * access.redhat.com/articles/1354823}).
     */
    boolean blocks(String registry) {
        return blocked.contains(registry)
                || blocked.contains("all") && !added.contains(registry)
                || blocked.contains("public") && registry.equals(SearchOrder.HUB);
    }

    /** In what these options differ from what was asked for, in words; empty when in nothing that matters. */
    List<String> drift(DaemonOptions asked) {
        List<String> drift = new ArrayList<>();
        asked.insecure.stream()
                .filter(registry -> !insecure.contains(registry))
                .forEach(registry -> drift.add("insecure-registry " + registry + " is missing"));
        insecure.stream()
                .filter(registry -> !asked.insecure.contains(registry) && !ALWAYS_INSECURE.contains(registry))
                .forEach(registry -> drift.add("insecure-registry " + registry + " was not asked for"));
        asked.added.stream()
                .filter(registry -> !added.contains(registry))
                .forEach(registry -> drift.add("add-registry " + registry + " is missing"));
        asked.blocked.stream()
                .filter(registry -> !blocks(registry))
                .forEach(registry -> drift.add("block-registry " + registry + " is missing"));
        added.stream()
                .takeWhile(registry -> !asked.added.contains(registry))
                .filter(registry -> !blocks(registry))
                .forEach(registry -> drift.add(registry + " is searched first"));
        return drift;
    }

    @Override
    public String toString() {
        return "insecure " + insecure + ", searched " + added + ", blocked " + blocked;
    }
}
