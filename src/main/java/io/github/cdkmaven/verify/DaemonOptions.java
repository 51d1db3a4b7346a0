package io.github.cdkmaven.verify;

import io.github.cdkmaven.minishift.StartSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which registries a docker was told to trust, to search and to refuse, each in the order in which it was told.
 *
 * @param insecure registries that need no valid certificate
 * @param added registries that are searched before Docker Hub
 * @param blocked registries that are never asked
 */
record DaemonOptions(List<String> insecure, List<String> added, List<String> blocked) {

    private static final Pattern OPTION = Pattern.compile("--(insecure|add|block)-registry[= ]\\s*(\\S+)");

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

    /** What a start asks for. */
    static DaemonOptions asked(StartSettings settings) {
        String host = settings.registry().host();
        return new DaemonOptions(
                settings.registryInsecure() ? List.of(host) : List.of(),
                List.of(host),
                settings.blockedRegistries().stream()
                        .filter(blocked -> !blocked.equals(host))
                        .toList());
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

    /** What these options lack of what was asked for, in words; empty when nothing is lacking. */
    List<String> lacking(DaemonOptions asked) {
        List<String> lacking = new ArrayList<>();
        asked.insecure.stream()
                .filter(registry -> !insecure.contains(registry))
                .forEach(registry -> lacking.add("insecure-registry " + registry + " is missing"));
        asked.added.stream()
                .filter(registry -> !added.contains(registry))
                .forEach(registry -> lacking.add("add-registry " + registry + " is missing"));
        asked.blocked.stream()
                .filter(registry -> !blocks(registry))
                .forEach(registry -> lacking.add("block-registry " + registry + " is missing"));
        added.stream()
                .takeWhile(registry -> !asked.added.contains(registry))
                .filter(registry -> !blocks(registry))
                .forEach(registry -> lacking.add(registry + " is searched first"));
        return lacking;
    }

    @Override
    public String toString() {
        return "insecure " + insecure + ", searched " + added + ", blocked " + blocked;
    }
}
