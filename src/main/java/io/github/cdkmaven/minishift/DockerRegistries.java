package io.github.cdkmaven.minishift;

import io.github.cdkmaven.engine.Difference;
import io.github.cdkmaven.engine.Proxies;
import io.github.cdkmaven.engine.RegistryPolicy;
import io.github.cdkmaven.report.Check;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which registries a docker was told to trust, to search and to refuse, and compares that with what was asked for. */
final class DockerRegistries {

    /** What docker trusts by itself, and what minishift always adds. */
    private static final Set<String> ALWAYS_INSECURE = Set.of("127.0.0.0/8", "::1/128", Proxies.SERVICE_NETWORK);

    private static final String INSECURE = "insecure-registry";
    private static final String DOCKER_OPTION = "docker-opt";
    private static final String SEARCH = "add-registry=";
    private static final String BLOCK = "block-registry=";

    /** As the daemon's unit has them, and as the arguments of a start have them. */
    private static final Pattern OPTION =
            Pattern.compile("(?:--|--docker-opt[= ]\\s*)(insecure|add|block)-registry[= ]\\s*(\\S+)");

    private static final String ID = "verify.daemon";
    private static final String SUBJECT = "docker in the VM";

    private DockerRegistries() {}

    /** What stands in the daemon's systemd unit, or among the arguments of a start. */
    static RegistryPolicy parse(String text) {
        List<String> insecure = new ArrayList<>();
        List<String> searched = new ArrayList<>();
        List<String> blocked = new ArrayList<>();
        Matcher option = OPTION.matcher(text);
        while (option.find()) {
            List<String> list =
                    switch (option.group(1)) {
                        case "insecure" -> insecure;
                        case "add" -> searched;
                        default -> blocked;
                    };
            list.add(option.group(2));
        }
        return new RegistryPolicy(insecure, searched, blocked);
    }

    /** Whether an option of the docker daemon says which registries to search and to refuse. */
    static boolean isOfPolicy(String dockerOption) {
        return dockerOption.startsWith(SEARCH) || dockerOption.startsWith(BLOCK);
    }

    /**
     * In what a docker differs from what was asked for: one difference for each registry that only one side has.
     *
     * @param blocksByDefault whether nobody chose the registries that are to be blocked, so that nobody insists on them
     */
    static List<Difference> differences(RegistryPolicy wanted, RegistryPolicy actual, boolean blocksByDefault) {
        List<Difference> found = new ArrayList<>();
        compare(found, INSECURE, "", trusted(wanted), trusted(actual), value -> true);
        compare(found, DOCKER_OPTION, SEARCH, wanted.searched(), actual.searched(), value -> true);
        compare(found, DOCKER_OPTION, BLOCK, wanted.blocked(), actual.blocked(), value -> !blocksByDefault);
        return found;
    }

    private static List<String> trusted(RegistryPolicy policy) {
        return policy.insecure().stream()
                .filter(registry -> !ALWAYS_INSECURE.contains(registry))
                .toList();
    }

    /** One line for each value that only one side has. */
    static void compare(
            List<Difference> found,
            String option,
            String prefix,
            Collection<String> wanted,
            Collection<String> actual,
            Predicate<String> insists) {
        Set<String> all = new LinkedHashSet<>(wanted);
        all.addAll(actual);
        all.stream()
                .filter(value -> wanted.contains(value) != actual.contains(value))
                .map(value -> new Difference(
                        option,
                        wanted.contains(value) ? prefix + value : Difference.NOTHING,
                        actual.contains(value) ? prefix + value : Difference.NOTHING,
                        insists.test(value)))
                .forEach(found::add);
    }

    /**
     * Holds what the VM's docker goes by against what was asked for: minishift applies it only when it creates the VM.
     *
     * @param actual what it was told; absent where that could not be read
     * @param searches whether it is Red Hat's docker, which knows of registries to search and to refuse
     * @param recreate how to get a new VM
     */
    static Check check(RegistryPolicy wanted, Optional<RegistryPolicy> actual, boolean searches, String recreate) {
        if (actual.isEmpty()) {
            return Check.warn(
                    ID,
                    SUBJECT,
                    "Its systemd unit could not be read, so it is unknown which registries it trusts, searches and blocks.",
                    "check 'minishift ssh -- systemctl cat docker'");
        }
        List<String> lines = differences(wanted, actual.get(), false).stream()
                .filter(difference -> matters(difference, wanted, actual.get()))
                .sorted(Comparator.comparing(difference -> difference.actual().startsWith(SEARCH)))
                .map(difference -> words(difference, isFirst(difference, wanted, actual.get())))
                .toList();
        if (!lines.isEmpty()) {
            return Check.warn(
                    ID,
                    SUBJECT,
                    "It does not match the POM: " + String.join(", ", lines) + ". It has: " + actual.get() + ".",
                    "a VM keeps the settings it was created with: " + recreate);
        }
        return searches
                ? Check.ok(ID, SUBJECT, actual.get().toString())
                : Check.warn(
                        ID,
                        SUBJECT,
                        "It is not Red Hat's docker, so it neither searches nor blocks registries, whatever its unit says.",
                        "block the public registries in that machine's network");
    }

    /** A daemon has options of its image beside ours: it may block more, and search what it blocks. */
    private static boolean matters(Difference difference, RegistryPolicy wanted, RegistryPolicy actual) {
        if (difference.option().equals(INSECURE)) {
            return true;
        }
        if (difference.wanted().startsWith(BLOCK)) {
            return !actual.blocks(difference.wanted().substring(BLOCK.length()));
        }
        if (!difference.actual().startsWith(SEARCH)) {
            return difference.wanted().startsWith(SEARCH);
        }
        String registry = difference.actual().substring(SEARCH.length());
        return !actual.blocks(registry);
    }

    /** Whether it is a registry in which docker looks before it looks in ours. */
    private static boolean isFirst(Difference difference, RegistryPolicy wanted, RegistryPolicy actual) {
        return actual.searched().stream()
                .takeWhile(searched -> !wanted.searched().contains(searched))
                .anyMatch(registry -> difference.actual().equals(SEARCH + registry));
    }

    private static String words(Difference difference, boolean first) {
        if (difference.actual().equals(Difference.NOTHING)) {
            String value = difference.wanted().replace('=', ' ');
            return (difference.option().equals(INSECURE) ? INSECURE + " " + value : value) + " is missing";
        }
        return difference.option().equals(INSECURE)
                ? INSECURE + " " + difference.actual() + " is not in the POM"
                : difference.actual().substring(SEARCH.length()) + (first ? " is searched first" : " is searched, too");
    }
}
