package io.github.cdkmaven.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.engine.ByteSize;
import io.github.cdkmaven.engine.Difference;
import io.github.cdkmaven.engine.RegistryPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Compares what a start asks for with the VM that is there, in what minishift applies only when it creates a VM and ignores without a word
 * afterwards (minishift {@code cluster.go}; minishift#1797, #2873).
 */
final class VmDifferences {

    private static final int MEMORY_UNIT = 1024;
    private static final int DISK_UNIT = 1000;

    /** Names that drivers give their fields (docker-machine's {@code Driver} as each of them stores it). */
    private static final Map<String, List<String>> FIELDS = Map.of(
            "cpus", List.of("CPU", "CPUs"),
            "memory", List.of("Memory", "MemSize", "MemoryMB"),
            "disk-size", List.of("DiskSize", "DiskSizeMB"),
            "remote-ipaddress", List.of("IPAddress"),
            "remote-ssh-user", List.of("SSHUser"));

    private final StartPlan plan;
    private final List<Difference> found = new ArrayList<>();

    private VmDifferences(StartPlan plan) {
        this.plan = plan;
    }

    /**
     * Compares the arguments of a start with docker-machine's record of the VM. What the POM leaves to minishift is no difference, but for
     * the registries, which are always said in full. What the VM's docker has beside that, nobody insists on: a VM that was made by hand may
     * block other registries than the plugin would, and where its images came from is proven afterwards.
     *
     * @param plan what {@code minishift start} would be given
     * @param machine the record, {@code machines/<profile>/config.json}
     */
    static List<Difference> of(StartPlan plan, JsonNode machine) {
        VmDifferences differences = new VmDifferences(plan);
        JsonNode engine = machine.path("HostOptions").path("EngineOptions");
        differences.docker(engine);
        differences.variables(texts(engine.path("Env")));
        differences.driver(machine.path("DriverName").asText(""));
        for (String option : List.of("cpus", "memory", "disk-size", "remote-ipaddress", "remote-ssh-user")) {
            differences.field(option, machine.path("Driver"));
        }
        return List.copyOf(differences.found);
    }

    private void docker(JsonNode engine) {
        List<String> options = values("docker-opt");
        TreeSet<String> optionsOfVm = texts(engine.path("ArbitraryFlags"));
        found.addAll(DockerRegistries.differences(
                policy(values("insecure-registry"), options),
                policy(texts(engine.path("InsecureRegistry")), optionsOfVm),
                plan.blocksByDefault()));
        DockerRegistries.compare(found, "docker-opt", "", others(options), others(optionsOfVm), options::contains);
        found.sort(Comparator.comparing(Difference::option).reversed().thenComparing(VmDifferences::either));
        List<String> mirrors = values("registry-mirror");
        if (!mirrors.isEmpty()) {
            DockerRegistries.compare(
                    found, "registry-mirror", "", mirrors, texts(engine.path("RegistryMirror")), value -> true);
        }
    }

    private static String either(Difference difference) {
        return difference.wanted().equals(Difference.NOTHING) ? difference.actual() : difference.wanted();
    }

    private static RegistryPolicy policy(Collection<String> insecure, Collection<String> options) {
        RegistryPolicy others = DockerRegistries.parse("--" + String.join(" --", options));
        return new RegistryPolicy(List.copyOf(insecure), others.searched(), others.blocked());
    }

    private static List<String> others(Collection<String> options) {
        return options.stream()
                .filter(option -> !DockerRegistries.isOfPolicy(option))
                .toList();
    }

    /**
     * What docker has in its environment otherwise than the POM asks: it is frozen when the VM is created, the proxies as well
     * (minishift#1797). Values may be secrets, so they are not shown. What only the VM has is no difference, since minishift puts things of its
     * own there.
     */
    private void variables(Collection<String> vm) {
        for (String variable : values("docker-env")) {
            if (!vm.contains(variable)) {
                String name = variable.replaceFirst("(?s)=.*", "");
                String other = value(vm, name).isPresent() ? "another value of " + name : Difference.NOTHING;
                found.add(new Difference("docker-env", name + "=…", other, true));
            }
        }
        for (String name : List.of("http_proxy", "https_proxy")) {
            Optional<String> held = value(vm, name);
            Optional.ofNullable(plan.environment().get(name))
                    .filter(url -> !url.isEmpty() && !held.equals(Optional.of(url)))
                    .ifPresent(url -> found.add(proxy(name, url, held)));
        }
    }

    /** A proxy is no reason to refuse a VM whose images come from the registry, which no proxy stands before. */
    private static Difference proxy(String name, String url, Optional<String> held) {
        String vm = held.map(VmDifferences::withoutLogin).orElse(Difference.NOTHING);
        String pom = withoutLogin(url);
        return new Difference(
                name.replace('_', '-') + " of docker", pom, vm.equals(pom) ? "the same with another login" : vm, false);
    }

    private static String withoutLogin(String url) {
        return url.replaceFirst("//[^/]*@", "//");
    }

    private static Optional<String> value(Collection<String> variables, String name) {
        return variables.stream()
                .filter(variable -> variable.regionMatches(true, 0, name + "=", 0, name.length() + 1))
                .map(variable -> variable.substring(name.length() + 1))
                .findFirst();
    }

    private void driver(String vm) {
        last("vm-driver")
                .filter(pom -> !vm.isEmpty() && !vm.equals(pom))
                .ifPresent(pom -> found.add(new Difference("vm-driver", pom, vm, true)));
    }

    private void field(String option, JsonNode driver) {
        Optional<String> held = FIELDS.get(option).stream()
                .map(driver::path)
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank() && !text.equals("0"))
                .findFirst();
        last(option)
                .flatMap(pom -> held.filter(vm -> !isSame(option, pom, vm))
                        .map(vm -> new Difference(option, pom, shown(option, vm), true)))
                .ifPresent(found::add);
    }

    private static boolean isSame(String option, String pom, String vm) {
        return switch (option) {
            case "memory" -> megabytes(pom, MEMORY_UNIT).equals(megabytes(vm, MEMORY_UNIT));
            case "disk-size" -> megabytes(pom, DISK_UNIT).equals(megabytes(vm, DISK_UNIT));
            default -> pom.equals(vm);
        };
    }

    private static Optional<Long> megabytes(String size, int unit) {
        return ByteSize.parse(size).map(parsed -> parsed.megabytes(unit));
    }

    private static String shown(String option, String vm) {
        return option.equals("memory") || option.equals("disk-size") ? vm + "MB" : vm;
    }

    private static TreeSet<String> texts(JsonNode array) {
        TreeSet<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private Optional<String> last(String option) {
        return values(option).stream().reduce((earlier, later) -> later);
    }

    /** Every value of an option among the arguments, in whichever of its two forms. */
    private List<String> values(String option) {
        List<String> values = new ArrayList<>();
        String flag = "--" + option;
        List<String> arguments = plan.arguments();
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
