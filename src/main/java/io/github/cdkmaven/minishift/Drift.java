package io.github.cdkmaven.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One setting that differs between the POM and the VM that is there, of those that minishift applies only when it creates a VM and ignores
 * without a word afterwards (minishift {@code cluster.go}; minishift#1797, #2873).
 *
 * @param option minishift's name of it, without the dashes
 * @param pom what the POM asks for
 * @param vm what the VM was created with
 * @param insists whether the VM cannot be used with it: the POM itself asks for something else, or images would come from another place
 */
public record Drift(String option, String pom, String vm, boolean insists) {

    /** What minishift adds by itself to every list of insecure registries, for the registry inside OpenShift. */
    static final String SERVICE_NETWORK = "172.30.0.0/16";

    private static final Pattern SIZE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([kmgt]?)i?b?");
    private static final String NOTHING = "–";

    /** Names that drivers give their fields (docker-machine's {@code Driver} as each of them stores it). */
    private static final Map<String, List<String>> FIELDS = Map.of(
            "cpus", List.of("CPU", "CPUs"),
            "memory", List.of("Memory", "MemSize", "MemoryMB"),
            "disk-size", List.of("DiskSize", "DiskSizeMB"),
            "remote-ipaddress", List.of("IPAddress"),
            "remote-ssh-user", List.of("SSHUser"));

    /**
     * Compares the arguments of a start with docker-machine's record of the VM. What the POM leaves to minishift is no difference, but for
     * the registries, which are always said in full. What the VM's docker has beside that, nobody insists on: a VM that was made by hand may
     * block other registries than the plugin would, and where its images came from is proven afterwards.
     *
     * @param plan what {@code minishift start} would be given
     * @param machine the record, {@code machines/<profile>/config.json}
     */
    public static List<Drift> between(StartPlan plan, JsonNode machine) {
        List<String> arguments = plan.arguments();
        List<Drift> found = new ArrayList<>();
        JsonNode engine = machine.path("HostOptions").path("EngineOptions");
        TreeSet<String> insecure = new TreeSet<>(values(arguments, "insecure-registry"));
        insecure.add(SERVICE_NETWORK);
        TreeSet<String> insecureOfVm = texts(engine.path("InsecureRegistry"));
        insecureOfVm.add(SERVICE_NETWORK);
        lists(found, "insecure-registry", insecure, insecureOfVm, value -> true);
        TreeSet<String> options = new TreeSet<>(values(arguments, "docker-opt"));
        lists(
                found,
                "docker-opt",
                options,
                texts(engine.path("ArbitraryFlags")),
                option -> insists(option, options.contains(option), plan.blocksByDefault()));
        List<String> mirrors = values(arguments, "registry-mirror");
        if (!mirrors.isEmpty()) {
            lists(
                    found,
                    "registry-mirror",
                    new TreeSet<>(mirrors),
                    texts(engine.path("RegistryMirror")),
                    value -> true);
        }
        driver(arguments, machine).ifPresent(found::add);
        for (String option : List.of("cpus", "memory", "disk-size", "remote-ipaddress", "remote-ssh-user")) {
            last(arguments, option)
                    .flatMap(pom -> field(machine.path("Driver"), option)
                            .filter(vm -> !isSame(option, pom, vm))
                            .map(vm -> new Drift(option, pom, shown(option, vm), true)))
                    .ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    private static Optional<Drift> driver(List<String> arguments, JsonNode machine) {
        String vm = machine.path("DriverName").asText("");
        return last(arguments, "vm-driver")
                .filter(pom -> !vm.isEmpty() && !vm.equals(pom))
                .map(pom -> new Drift("vm-driver", pom, vm, true));
    }

    private static boolean insists(String dockerOption, boolean ofPom, boolean blocksByDefault) {
        return switch (dockerOption.replaceFirst("=.*", "")) {
            case "add-registry" -> true;
            case "block-registry" -> !blocksByDefault;
            default -> ofPom;
        };
    }

    /** One line for each value that only one side has. */
    private static void lists(
            List<Drift> found, String option, TreeSet<String> pom, TreeSet<String> vm, Predicate<String> insists) {
        TreeSet<String> all = new TreeSet<>(pom);
        all.addAll(vm);
        all.stream()
                .filter(value -> pom.contains(value) != vm.contains(value))
                .map(value -> new Drift(
                        option,
                        pom.contains(value) ? value : NOTHING,
                        vm.contains(value) ? value : NOTHING,
                        insists.test(value)))
                .forEach(found::add);
    }

    private static Optional<String> field(JsonNode driver, String option) {
        return FIELDS.get(option).stream()
                .map(driver::path)
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank() && !text.equals("0"))
                .findFirst();
    }

    private static boolean isSame(String option, String pom, String vm) {
        return switch (option) {
            case "memory" -> megabytes(pom, 1024).equals(megabytes(vm, 1024));
            case "disk-size" -> megabytes(pom, 1000).equals(megabytes(vm, 1000));
            default -> pom.equals(vm);
        };
    }

    private static String shown(String option, String vm) {
        return option.equals("memory") || option.equals("disk-size") ? vm + "MB" : vm;
    }

    /** As minishift reads sizes: memory by 1024, disks by 1000; a plain number is MB ({@code go-units}). */
    private static Optional<Long> megabytes(String size, int base) {
        Matcher form = SIZE.matcher(size.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        double number = Double.parseDouble(form.group(1));
        double megabytes =
                switch (form.group(2)) {
                    case "k" -> number / base;
                    case "g" -> number * base;
                    case "t" -> number * base * base;
                    default -> number;
                };
        return Optional.of((long) megabytes);
    }

    private static TreeSet<String> texts(JsonNode array) {
        TreeSet<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Optional<String> last(List<String> arguments, String option) {
        return values(arguments, option).stream().reduce((earlier, later) -> later);
    }

    private static List<String> values(List<String> arguments, String option) {
        List<String> values = new ArrayList<>();
        String flag = "--" + option;
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals(flag) && i + 1 < arguments.size()) {
                i++;
                values.add(arguments.get(i));
            } else if (arguments.get(i).startsWith(flag + "=")) {
                values.add(arguments.get(i).substring(flag.length() + 1));
            }
        }
        return values;
    }
}
