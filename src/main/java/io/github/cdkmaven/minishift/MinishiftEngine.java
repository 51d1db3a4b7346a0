package io.github.cdkmaven.minishift;

import io.github.cdkmaven.engine.Contents;
import io.github.cdkmaven.engine.Difference;
import io.github.cdkmaven.engine.DockerDaemon;
import io.github.cdkmaven.engine.Machine;
import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.engine.NeededImages;
import io.github.cdkmaven.engine.Product;
import io.github.cdkmaven.engine.Proxies;
import io.github.cdkmaven.engine.RegistryPolicy;
import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.engine.State.Phase;
import io.github.cdkmaven.minishift.VmShell.Output;
import io.github.cdkmaven.minishift.checks.ClosedRegistryCheck;
import io.github.cdkmaven.minishift.checks.HomeCheck;
import io.github.cdkmaven.minishift.checks.Host;
import io.github.cdkmaven.minishift.checks.HostCheck;
import io.github.cdkmaven.minishift.checks.ProxyCheck;
import io.github.cdkmaven.minishift.checks.ToolsCheck;
import io.github.cdkmaven.minishift.images.Catalog;
import io.github.cdkmaven.minishift.images.ImageCache;
import io.github.cdkmaven.openshift.Login;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.openshift.Readiness;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Heartbeat;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.streams.ProjectLogin;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Red Hat CDK and minishift: OpenShift 3.x in a VM of a profile. */
public final class MinishiftEngine implements MachineEngine {

    private static final Logger LOG = LoggerFactory.getLogger(MinishiftEngine.class);
    private static final Consumer<String> TELL = line -> LOG.info("  minishift | {}", line);
    private static final Duration BEAT = Duration.ofSeconds(30);

    /** How deleting somebody's own machine fails where the start had failed before it copied {@code oc} (minishift 1.34.3). */
    private static final Pattern NO_OC = Pattern.compile("/bin/oc: (No such file|not found)");

    private static final String ADDRESS = "\\d{1,3}(\\.\\d{1,3}){3}";

    private final CdkInstallation tools;
    private final Optional<StartSettings> wanted;
    private final Path reports;
    private final CommandRunner runner;
    private final Host host;
    private final MachineFiles files;
    private Optional<MinishiftVersion> version = Optional.empty();
    private Optional<ProblemException> failure = Optional.empty();
    private Optional<State> last = Optional.empty();
    private Optional<URI> server = Optional.empty();
    private boolean planned;

    /**
     * An engine; no program is run yet.
     *
     * @param wanted what the POM wants of a start; absent for goals that neither start a VM nor compare one
     * @param reports where minishift's log and its private kubeconfig go
     */
    public MinishiftEngine(CdkInstallation tools, Optional<StartSettings> wanted, Path reports, CommandRunner runner) {
        this(tools, wanted, reports, runner, Host.thisMachine(tools.search()));
    }

    /** The same on a machine that is described. */
    public MinishiftEngine(
            CdkInstallation tools, Optional<StartSettings> wanted, Path reports, CommandRunner runner, Host host) {
        this.tools = tools;
        this.wanted = wanted;
        this.reports = reports;
        this.runner = runner;
        this.host = host;
        this.files = tools.machineFiles();
    }

    @Override
    public String name() {
        return "minishift";
    }

    @Override
    public String noun() {
        return "CDK";
    }

    @Override
    public synchronized MachineEngine pinned() {
        MinishiftEngine pinned = new MinishiftEngine(tools.withProfile(files.profile()), wanted, reports, runner, host);
        pinned.version = version;
        return pinned;
    }

    @Override
    public Machine machine() {
        return new Machine(
                files.profile(),
                files.home(),
                setup().isHomeFree(),
                files.hasProfile(),
                files.hasMachine(),
                Files.isReadable(files.kubeconfig()),
                isExternal(),
                files.lastStart());
    }

    /** Which driver a machine has, its record says; a machine that is still to be made gets the POM's. */
    private boolean isExternal() {
        return files.machine().isPresent()
                ? files.isGeneric()
                : wanted.filter(StartSettings::isGeneric).isPresent();
    }

    private Minishift minishift() {
        return minishift(runner);
    }

    private Minishift minishift(CommandRunner with) {
        return tools.minishift(with, reports.resolve(KUBECONFIG));
    }

    /** A minishift that tells of its processes. */
    private Minishift watched(Consumer<ProcessHandle> child) {
        return minishift(runner.telling((command, process) -> child.accept(process)));
    }

    private OcCache ocCache() {
        return new OcCache(runner, files, tools.oc().map(oc -> tools.oc(files)));
    }

    private StartSettings settings() {
        return wanted.orElseThrow(() -> new IllegalStateException("this goal has no settings for a start"));
    }

    private CdkSetup setup() {
        return new CdkSetup(this::minishift, files);
    }

    @Override
    public synchronized Product setUp(Deadline deadline) {
        MinishiftVersion found = setup().ensure(deadline);
        version = Optional.of(found);
        Generation.of(found);
        if (Generation.isUnknown(found)) {
            LOG.warn(
                    "{} is newer than the versions that this plugin knows; treating it like minishift {}",
                    found,
                    Generation.NEWEST);
        }
        plan();
        planned = true;
        return product();
    }

    @Override
    public Product product() {
        MinishiftVersion found = version();
        return new Product(
                found.toString(),
                minishift().executable().toString(),
                openshift(found),
                CdkFacts.none()
                        .withMinishift(found.minishiftText())
                        .withVersion(found.cdkText().orElse("")));
    }

    private synchronized MinishiftVersion version() {
        if (failure.isPresent()) {
            throw failure.get();
        }
        try {
            version = version.or(() -> Optional.of(minishift().product()));
            return version.orElseThrow();
        } catch (ProblemException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    private String openshift(MinishiftVersion product) {
        List<String> cached = files.cachedOpenShifts();
        return wanted.map(settings -> settings.openshift(product, cached))
                .orElseGet(() -> OpenShiftRelease.defaultOf(product, cached));
    }

    private StartPlan plan() {
        MinishiftVersion found = version();
        return StartPlan.of(found, settings(), openshift(found));
    }

    @Override
    public State state() {
        return remember(minishift().status());
    }

    private synchronized State remember(VmStatus status) {
        State state = status.toState(isExternal(), files.hasMachine());
        last = Optional.of(state);
        return state;
    }

    private synchronized State lastState() {
        return last.orElseGet(this::state);
    }

    @Override
    public List<Supplier<List<Check>>> checks(List<String> registries) {
        Supplier<Path> executable = () -> minishift().executable();
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(settings().proxies().toEnvironment(System.getenv(), registries));
        return List.of(
                new ToolsCheck(
                        new ToolsCheck.Programs(executable, this::version, this::lastState, openshift -> ocCache()
                                .source(openshift)),
                        files,
                        settings()),
                new HomeCheck(files.home(), executable, host),
                new HostCheck(settings(), files, host),
                new ProxyCheck(Proxies.of(environment), registries),
                new ClosedRegistryCheck(settings(), () -> openshift(version())));
    }

    @Override
    public NeededImages images() {
        MinishiftVersion product = versionOrAny();
        return Catalog.needed(openshift(product), product);
    }

    /** Without a program that says what it is, the images are known if the OpenShift is. */
    private MinishiftVersion versionOrAny() {
        try {
            return version();
        } catch (ProblemException e) {
            if (settings().options().containsKey(StartOption.OPENSHIFT_VERSION)) {
                return Catalog.ANY_CDK;
            }
            throw Problem.of(
                            "Cannot tell which OpenShift version to list images for.",
                            "<openshiftVersion>v3.11.141</openshiftVersion> (-Dcdk.openshiftVersion=…), or <minishift>"
                                    + " (-Dcdk.minishift=…) for the CDK's own")
                    .with(e.problem().what())
                    .toException(e);
        }
    }

    @Override
    public RegistryPolicy policy() {
        return settings().policy();
    }

    @Override
    public List<Difference> differences() {
        return files.machine().map(machine -> VmDifferences.of(plan(), machine)).orElse(List.of());
    }

    @Override
    public Start start(Deadline deadline, Consumer<ProcessHandle> child) {
        MinishiftVersion product = version();
        ocCache().fill(openshift(product));
        try (ImageCache cache = new ImageCache(settings(), files, minishift())) {
            cache.fill(product, openshift(product), isExternal(), deadline);
            VmStart start = new VmStart(settings(), tools, files, reports);
            CommandResult result = start.run(watched(child), product, plan(), deadline);
            State after = state();
            if (!after.isRunning()) {
                throw start.nothingRuns(after, result).toException();
            }
            return new Start(after, !Minishift.foundItRunning(result));
        }
    }

    @Override
    public void recover() {
        UserKubeconfig.recover(tools.accountHome());
    }

    /** Runs a command that takes long; what it does to the account's kubeconfig is taken back. */
    private CommandResult run(String command, Duration limit, Supplier<CommandResult> work) {
        Supplier<CommandResult> beating = () -> Heartbeat.during("minishift " + command, limit, BEAT, LOG::info, work);
        return followsKubeconfig()
                ? beating.get()
                : UserKubeconfig.during(tools.accountHome(), files, Deadline.in(limit), beating);
    }

    /** Whether minishift leaves the account's kubeconfig alone; false where its version cannot be told. */
    private boolean followsKubeconfig() {
        try {
            return Generation.of(version()).firstStartFollowsKubeconfig();
        } catch (ProblemException e) {
            LOG.debug("Cannot tell whether minishift leaves the account's kubeconfig alone", e);
            return false;
        }
    }

    @Override
    public void stop(Duration limit, Consumer<ProcessHandle> child) {
        CommandResult result = run("stop", limit, () -> watched(child).stop(limit, TELL));
        State after = state();
        if (after.isStopped()) {
            return;
        }
        throw Problem.of(
                        result.ended()
                                ? "'minishift stop' did not end within " + Heartbeat.words(limit)
                                        + ", and the VM is still up."
                                : "'minishift stop' exited " + result.exit() + ", but the VM is still up.",
                        "check its last lines for what it asks for, or why it fails; if it only needs more time, <stopTimeout>10m</stopTimeout> (-Dcdk.stopTimeout=10m)")
                .with("minishift status: " + after)
                .with(result.lastLines())
                .toException();
    }

    /** The cache stays. */
    @Override
    public void delete(Duration limit, Consumer<ProcessHandle> child) {
        CommandResult result = run("delete", limit, () -> watched(child).delete(limit, TELL));
        if (isExternal() && NO_OC.matcher(result.all()).find()) {
            LOG.info("OpenShift was never installed on that machine; minishift's record of it is removed");
            files.forgetMachine();
        }
        State after = state();
        if (after.phase() == Phase.ABSENT) {
            return;
        }
        String how = result.ended() ? "did not end within " + Heartbeat.words(limit) : "exited " + result.exit();
        throw Problem.of(
                        "'minishift delete --force' " + how + ", and the VM is still there.",
                        "fix what its last lines say, then " + files.goal("delete")
                                + "; if the hypervisor no longer knows the VM, remove the folder "
                                + files.machineFolder())
                .with("minishift status: " + after)
                .with(result.lastLines())
                .toException();
    }

    /** Its address and authority come from minishift's own kubeconfig, its administrator through the API. */
    @Override
    public OpenShiftApi login(List<Permission> permissions, Deadline deadline) {
        if (!Files.isReadable(files.kubeconfig())) {
            throw Problem.of(
                            "minishift has no kubeconfig for the cluster: an earlier start failed before it was written.",
                            "delete the incomplete VM with " + files.goal("delete") + ", and start again")
                    .with("not there: " + files.kubeconfig())
                    .toException();
        }
        ClusterAccess cluster =
                Kubeconfig.read(files.kubeconfig().toString(), Optional.empty(), runner, System.getenv());
        server = Optional.of(cluster.server());
        OpenShiftApi anonymous = new OpenShiftApi(cluster.anonymous());
        Readiness.await(anonymous, deadline);
        // A glob for namespaces wants nothing in particular of anybody; on one's own machine it means all of them.
        List<Permission> wanted = permissions.isEmpty() ? List.of(Permission.toListAllStreams()) : permissions;
        return Login.asAdministrator(anonymous, cluster, wanted, deadline);
    }

    @Override
    public Optional<String> allow(OpenShiftApi api, Deadline deadline) {
        String openshift = lastState().openshift().orElse("");
        if (OpenShiftRelease.trustsAdditionalAuthorities(openshift)) {
            return new VmAuthorities(settings(), minishift()).ofImporter(api, deadline);
        }
        return new RegistryWhitelist(minishift(), api)
                .admit(
                        openshift,
                        settings().registries().relocation().targetHosts(),
                        settings().registries().own().insecure(),
                        deadline);
    }

    /** The machine forgets its docker's authorities at each boot; the cluster keeps its login, which may have been changed since. */
    @Override
    public List<Check> letPull(OpenShiftApi api, Deadline deadline) {
        new VmAuthorities(settings(), minishift()).ofDocker(deadline);
        new ProjectLogin(api).store(settings().registries(), deadline);
        return List.of();
    }

    @Override
    public Contents contents(Duration limit) {
        return VmContents.of(
                new VmShell(minishift()).run(limit, VmContents.QUESTIONS),
                policy(),
                ProxyAuthority.OF_MINISHIFT,
                machine().recreate());
    }

    @Override
    public List<Pull> pull(List<String> images, Duration limit) {
        List<Output> outputs = inVm(limit, images, "docker pull ");
        List<Pull> pulls = IntStream.range(0, images.size())
                .mapToObj(i -> new Pull(
                        images.get(i),
                        outputs.get(i).succeeded(),
                        outputs.get(i).text(),
                        outputs.get(i).shown()))
                .toList();
        inVm(limit, pulls.stream().filter(Pull::succeeded).map(Pull::image).toList(), "docker rmi ");
        return pulls;
    }

    private List<Output> inVm(Duration limit, List<String> images, String command) {
        return images.isEmpty()
                ? List.of()
                : new VmShell(minishift())
                        .run(
                                limit,
                                images.stream()
                                        .map(image -> command + image + " 2>&1")
                                        .toList());
    }

    /** The API's address is the VM's, unless it has a public name. */
    @Override
    public Optional<String> address() {
        return server.map(URI::getHost).filter(name -> name.matches(ADDRESS)).or(() -> minishift()
                .ip());
    }

    @Override
    public Optional<String> console() {
        return minishift().consoleUrl();
    }

    @Override
    public Optional<String> routingSuffix() {
        return wanted.map(settings -> settings.first(StartOption.ROUTING_SUFFIX, ""))
                .filter(suffix -> !suffix.isEmpty())
                .or(() -> address().map(address -> address + ".nip.io"));
    }

    @Override
    public Optional<Path> oc() {
        return Optional.of(tools.oc(files));
    }

    /** As {@code minishift docker-env} tells it (minishift 1.11 to 1.34: port 2376, the certificates in its home). */
    @Override
    public Optional<DockerDaemon> docker() {
        return address()
                .map(ip -> new DockerDaemon(
                        "tcp://" + ip + ":2376", files.home().toAbsolutePath().resolve("certs")));
    }

    /** {@code oc cluster up} accepts everybody (AllowAllPasswordIdentityProvider). */
    @Override
    public String whoMayLogIn() {
        return "any user name with any password, such as developer, who owns the project " + project()
                + ", or admin, a cluster administrator where the add-on admin-user was applied";
    }

    @Override
    public Map<String, String> diagnosis() {
        Diagnosis diagnosis = new Diagnosis(minishift());
        if (planned) {
            diagnosis.add("arguments.txt", () -> String.join("\n", plan().arguments()));
        }
        diagnosis.addFile("start.txt", reports.resolve(VmStart.LOG_FILE));
        if (Files.isReadable(files.kubeconfig())) {
            diagnosis.addCluster(runner, () -> tools.oc(files), files.kubeconfig());
        }
        return diagnosis.answers();
    }
}
