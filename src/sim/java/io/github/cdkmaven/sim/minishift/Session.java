package io.github.cdkmaven.sim.minishift;

import java.nio.file.Path;
import java.util.List;

/** What every command works with: the call, the release, the profile's files, its VM and the cluster in it. */
record Session(Call call, SimulatedRelease version, boolean experimental, Home home, Vm vm, Cluster cluster) {

    private static final List<String> PROFILE_COMMANDS = List.of("profile", "profiles", "instance");

    static Session of(Call call) {
        World world = call.world();
        SimulatedRelease version = world.version();
        boolean experimental = Settings.isExperimental(call);
        String asked = call.env("MINISHIFT_HOME");
        Path root = asked.isEmpty() ? world.home() : Path.of(asked);
        Home home = new Home(root, Home.DEFAULT_PROFILE, version.generation());
        return of(call, version, experimental, home.of(profile(call, home)));
    }

    private static Session of(Call call, SimulatedRelease version, boolean experimental, Home home) {
        home.create();
        Vm vm = Vm.of(call.world(), home);
        return new Session(call, version, experimental, home, vm, new VmCluster(call.world(), vm));
    }

    /** The same for another profile. */
    Session select(String profile) {
        return of(call, version, experimental, home.of(profile));
    }

    /** {@code --profile NAME} as two words and nothing else; {@code --profile=NAME} is overlooked. */
    private static String profile(Call call, Home home) {
        List<String> arguments = call.arguments();
        boolean profileCommand = arguments.stream().anyMatch(PROFILE_COMMANDS::contains);
        int flag = arguments.indexOf("--profile");
        if (profileCommand || flag < 0) {
            return home.activeProfile();
        }
        if (flag + 1 == arguments.size()) {
            call.complain("panic: runtime error: index out of range");
            throw ExitException.silent(2);
        }
        String name = arguments.get(flag + 1);
        checkName(name);
        boolean starting = arguments.contains("start");
        if (!starting && !home.hasProfile(name)) {
            throw ExitException.failure("Profile '" + name + "' doesn't exist, Use 'minishift profile set " + name
                    + "' or 'minishift start --profile " + name + "' to create");
        }
        return name;
    }

    static void checkName(String profile) {
        if (!profile.matches("[a-zA-Z0-9]+[a-zA-Z0-9-]*")) {
            throw ExitException.failure("Profile names must consist of alphanumeric characters only.");
        }
    }

    World world() {
        return call.world();
    }

    SimulatedGeneration generation() {
        return version.generation();
    }

    String profile() {
        return home.profile();
    }

    Settings settings(ParsedFlags flags) {
        return new Settings(flags, call, home);
    }

    Docker docker() {
        return new Docker(world(), vm, dockerOptions());
    }

    DockerOptions dockerOptions() {
        return DockerOptions.of(home.engineOptions(), isRhel());
    }

    /** A CDK boots Red Hat's ISO; a remote machine is what it is, here a CentOS. */
    boolean isRhel() {
        return version.isCdk() && !vm.driver().equals("generic");
    }

    boolean isGeneric() {
        return vm.driver().equals("generic");
    }

    void requireMachine() {
        if (!home.hasMachine()) {
            throw ExitException.with(
                    0, "Running this command requires an existing '" + profile() + "' VM, but no VM is defined.");
        }
    }

    void requireRunningMachine() {
        if (!vm.isRunning()) {
            throw ExitException.with(
                    0, "Running this command requires a running '" + profile() + "' VM, but no VM is running.");
        }
    }

    /** What docker-machine says of a machine that it does not know. */
    String unknownMachine() {
        return "Docker machine \"" + profile() + "\" does not exist. Use \"docker-machine ls\" to list machines. "
                + "Use \"docker-machine create\" to add a new one.";
    }

    boolean openshiftRuns() {
        return vm.isRunning() && cluster.isRunning();
    }

    /** The OpenShift that the VM was last started with. */
    OpenshiftVersion openshift() {
        return OpenshiftVersion.of(
                JsonFile.read(home.state()).path("OpenshiftVersion").asText(version.openshift()));
    }

    /** Machine, cluster and what the home holds of them. */
    void drop() {
        cluster.stop();
        vm.delete();
        home.forgetMachine();
    }
}
