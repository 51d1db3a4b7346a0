package io.github.cdkmaven.minishift;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Command;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The commands of one minishift executable for one home and profile, each with what its answer is worth. */
public final class Minishift {

    /** What a start on a running VM prints before it exits 0 and does nothing (minishift {@code cmd/start.go}). */
    private static final Pattern ALREADY_RUNNING = Pattern.compile("(?m)^The '.*' VM is already running\\.");

    private static final Pattern NEEDS_SETUP = Pattern.compile("You need to run 'minishift setup-cdk' first");
    private static final Pattern NO_PROFILE = Pattern.compile("Profile '[^']*' doesn't exist");
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]+|[\\w.-]+\\.[\\w.-]+");

    private static final Duration QUICK = Duration.ofMinutes(2);

    private final CommandRunner runner;
    private final Path executable;
    private final Optional<String> profile;
    private final Path kubeconfig;
    private final Map<String, String> environment;

    /**
     * A minishift.
     *
     * @param home MINISHIFT_HOME, absent to leave it as the build's environment has it
     * @param kubeconfig the file that stands in for the user's {@code ~/.kube/config} wherever minishift lets it
     */
    public Minishift(
            CommandRunner runner, Path executable, Optional<Path> home, Optional<String> profile, Path kubeconfig) {
        this.runner = runner;
        this.executable = executable;
        this.profile = profile;
        this.kubeconfig = kubeconfig;
        this.environment = new HashMap<>();
        environment.put("KUBECONFIG", kubeconfig.toString());
        home.ifPresent(folder -> environment.put("MINISHIFT_HOME", folder.toString()));
    }

    /** The executable, for messages. */
    public Path executable() {
        return executable;
    }

    /** The file that stands in for the user's kubeconfig. */
    Path kubeconfig() {
        return kubeconfig;
    }

    /** Which product and version this is. */
    public MinishiftVersion product() {
        return product(run(QUICK, Map.of(), line -> {}, List.of("version")));
    }

    /** The same; empty for a CDK that says nothing but that it has to be set up first. */
    public Optional<MinishiftVersion> productIfSetUp() {
        return productIfSetUp(Map.of());
    }

    /** The same for a home of which this minishift is not to know. */
    public Optional<MinishiftVersion> productIfSetUp(Path home) {
        return productIfSetUp(Map.of("MINISHIFT_HOME", home.toString()));
    }

    private Optional<MinishiftVersion> productIfSetUp(Map<String, String> extra) {
        CommandResult result = execute(QUICK, extra, line -> {}, List.of("version"));
        return needsSetUp(result) ? Optional.empty() : Optional.of(product(result));
    }

    private MinishiftVersion product(CommandResult result) {
        if (!result.succeeded()) {
            throw failed(
                            "minishift version",
                            result,
                            "check that " + executable + " is minishift or the CDK (<minishift>, -Dcdk.minishift)")
                    .toException();
        }
        return MinishiftVersion.parse(result.all(), result.shown());
    }

    /**
     * Unpacks what the CDK carries into its home. Never with {@code --force}, which deletes what is there; what it asks, it is not answered,
     * and takes for no.
     */
    public CommandResult setUp(Duration limit, Consumer<String> listener) {
        return execute(limit, Map.of(), listener, List.of("setup-cdk"));
    }

    /** Deletes the VM without asking; the cache stays. Whether it is gone is for {@code status} to say. */
    public CommandResult delete(Duration limit, Consumer<String> listener) {
        return run(limit, Map.of(), listener, List.of("delete", "--force"));
    }

    /** The web console's address; empty where minishift prints a sentence instead of one. */
    public Optional<String> consoleUrl() {
        CommandResult result = run(QUICK, Map.of(), line -> {}, List.of("console", "--url"));
        String text = result.out().strip();
        return result.succeeded() && text.matches("https?://\\S+") ? Optional.of(text) : Optional.empty();
    }

    /** The state of the VM and its OpenShift. */
    VmStatus status() {
        CommandResult result = run(QUICK, Map.of(), line -> {}, List.of("status"));
        if (NO_PROFILE.matcher(result.all()).find()) {
            return VmStatus.parse("Does Not Exist"); // a start makes it
        }
        if (!result.succeeded()) {
            throw failed(
                            "minishift status",
                            result,
                            "run 'minishift status' by hand with the same <home> and <profile>, and fix what it says")
                    .toException();
        }
        return VmStatus.parse(result.out());
    }

    /**
     * Starts the VM and OpenShift. What came of it is for {@code status} to say; this only tells what was printed.
     *
     * @param followKubeconfig whether the private kubeconfig may be given to it; see {@link Generation#firstStartFollowsKubeconfig()}
     * @param log the file that gets every line as it comes
     */
    public CommandResult start(
            StartPlan plan, boolean followKubeconfig, Duration limit, Path log, Consumer<String> listener) {
        Map<String, String> extra = new HashMap<>(plan.environment());
        if (!followKubeconfig) {
            extra.put("KUBECONFIG", "");
        }
        return setUpOrFail(runner.run(prepared(limit, extra, plan.arguments()).loggedTo(log), listener));
    }

    /** Whether a start found the VM up and so did nothing, though it exits 0. */
    public static boolean foundItRunning(CommandResult start) {
        return ALREADY_RUNNING.matcher(start.out()).find();
    }

    /** Stops the VM; never unregisters, since that asks on standard input when it fails and then exits 0 with the VM up. */
    public CommandResult stop(Duration limit, Consumer<String> listener) {
        return run(limit, Map.of(), listener, List.of("stop", "--skip-unregistration"));
    }

    /** The VM's address; empty where minishift prints a sentence instead of one. */
    public Optional<String> ip() {
        CommandResult result = run(QUICK, Map.of(), line -> {}, List.of("ip"));
        String text = result.out().strip();
        return result.succeeded() && ADDRESS.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    /** Runs a command that reads or changes the VM from inside; see {@code minishift --help} for its words. */
    public CommandResult command(Duration limit, String... words) {
        return run(limit, Map.of(), line -> {}, List.of(words));
    }

    private CommandResult run(
            Duration limit, Map<String, String> extra, Consumer<String> listener, List<String> words) {
        return setUpOrFail(execute(limit, extra, listener, words));
    }

    private CommandResult setUpOrFail(CommandResult result) {
        if (needsSetUp(result)) {
            throw notSetUp().with(result.lastLines()).toException();
        }
        return result;
    }

    private CommandResult execute(
            Duration limit, Map<String, String> extra, Consumer<String> listener, List<String> words) {
        return runner.run(prepared(limit, extra, words), listener);
    }

    private Command prepared(Duration limit, Map<String, String> extra, List<String> words) {
        List<String> arguments = new ArrayList<>();
        // Two arguments: --profile=x is ignored without a word (minishift's own parsing of it).
        // These two know no VM, and version fails for a profile that the first start is still to make.
        boolean ofVm = !words.get(0).equals("version") && !words.get(0).equals("setup-cdk");
        profile.filter(name -> ofVm).ifPresent(name -> arguments.addAll(List.of("--profile", name)));
        arguments.addAll(words);
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(extra);
        return new Command(executable, arguments, all, limit);
    }

    private static boolean needsSetUp(CommandResult result) {
        return NEEDS_SETUP.matcher(result.all()).find();
    }

    /** What to tell of a CDK whose home is not set up, and must not be by us since there is something in it. */
    public Problem notSetUp() {
        return Problem.of(
                "The CDK is not set up in its home.",
                "run '" + executable + " setup-cdk' once"
                        + Optional.ofNullable(environment.get("MINISHIFT_HOME"))
                                .map(folder -> " with MINISHIFT_HOME=" + folder)
                                .orElse("")
                        + ", or name the home that is set up: <home> or -Dcdk.home=…");
    }

    private static Problem failed(String command, CommandResult result, String fix) {
        return Problem.of(
                        "'" + command + "' "
                                + (result.ended() ? "did not end in time" : "failed with exit status " + result.exit())
                                + ".",
                        fix)
                .with(result.lastLines());
    }
}
