package io.github.cdkmaven.engine;

import io.github.cdkmaven.engine.State.Phase;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.Check;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An engine without a program, a profile, a docker or an ssh: its machine is a word, and its cluster somebody else's. */
public class ToyEngine implements MachineEngine {

    private final Path home;
    private final ClusterAccess cluster;
    private final List<String> calls = new ArrayList<>();
    private Phase phase = Phase.ABSENT;

    public ToyEngine(Path home, ClusterAccess cluster) {
        this.home = home;
        this.cluster = cluster;
    }

    /** What was done to the machine, in order. */
    public List<String> calls() {
        return calls;
    }

    @Override
    public String name() {
        return "toy";
    }

    @Override
    public String noun() {
        return "toy";
    }

    @Override
    public MachineEngine pinned() {
        return this;
    }

    @Override
    public Machine machine() {
        return new Machine(
                "toy", home, false, true, phase != Phase.ABSENT, phase == Phase.RUNNING, false, Optional.empty());
    }

    @Override
    public Product setUp(Deadline deadline) {
        calls.add("set up");
        return product();
    }

    @Override
    public Product product() {
        return new Product("Toy 1.0", "no program", "v3.11.0", CdkFacts.none());
    }

    @Override
    public State state() {
        return new State(
                phase, Optional.of("v3.11.0").filter(version -> phase == Phase.RUNNING), "the toy is " + phase);
    }

    @Override
    public List<Supplier<List<Check>>> checks(List<String> registries) {
        return List.of(() -> List.of(Check.ok("toy.box", "toy", "is open for " + registries)));
    }

    @Override
    public NeededImages images() {
        return new NeededImages("v3.11.0", List.of(), Optional.empty());
    }

    @Override
    public RegistryPolicy policy() {
        return new RegistryPolicy(List.of(), List.of(), List.of("quay.io"));
    }

    @Override
    public List<Difference> differences() {
        return List.of();
    }

    @Override
    public Start start(Deadline deadline, Consumer<ProcessHandle> child) {
        calls.add("start");
        phase = Phase.RUNNING;
        return new Start(state(), true);
    }

    @Override
    public void recover() {
        calls.add("recover");
    }

    @Override
    public void stop(Duration limit, Consumer<ProcessHandle> child) {
        calls.add("stop");
        phase = Phase.STOPPED;
    }

    @Override
    public void delete(Duration limit, Consumer<ProcessHandle> child) {
        calls.add("delete");
        phase = Phase.ABSENT;
    }

    @Override
    public OpenShiftApi login(List<Permission> permissions, Deadline deadline) {
        return new OpenShiftApi(cluster);
    }

    @Override
    public Optional<String> allow(OpenShiftApi api, Deadline deadline) {
        calls.add("allow");
        return Optional.empty();
    }

    @Override
    public Contents contents(Duration limit) {
        return new Contents(List.of(), List.of(), Optional.empty(), List.of());
    }

    @Override
    public List<Pull> pull(List<String> images, Duration limit) {
        return images.stream()
                .map(image -> new Pull(image, false, "the toy pulls nothing", "the toy pulls nothing"))
                .toList();
    }

    @Override
    public Optional<String> address() {
        return Optional.of("192.0.2.1");
    }

    @Override
    public Optional<String> console() {
        return Optional.empty();
    }

    @Override
    public Optional<String> routingSuffix() {
        return Optional.empty();
    }

    @Override
    public Optional<Path> oc() {
        return Optional.empty();
    }

    @Override
    public String whoMayLogIn() {
        return "children";
    }

    @Override
    public Map<String, String> diagnosis() {
        return Map.of("toy.txt", "nothing is known");
    }
}
