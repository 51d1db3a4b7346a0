package io.github.cdkmaven.crc;

import io.github.cdkmaven.crc.CrcStartSettings.Configure;
import io.github.cdkmaven.crc.CrcStatus.Situation;
import io.github.cdkmaven.crc.Generation.Network;
import io.github.cdkmaven.engine.ClusterConfiguration;
import io.github.cdkmaven.engine.Contents;
import io.github.cdkmaven.engine.Difference;
import io.github.cdkmaven.engine.Machine;
import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.engine.NeededImages;
import io.github.cdkmaven.engine.Product;
import io.github.cdkmaven.engine.RegistryPolicy;
import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.mirror.SampleImages;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.ownership.VmRecord;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.UserFolder;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Red Hat OpenShift Local: an OpenShift 4 in the one VM that a user has. */
public final class CrcEngine implements MachineEngine {

    private static final Logger LOG = LoggerFactory.getLogger(CrcEngine.class);
    private static final Duration TURN = Duration.ofSeconds(3);

    /** What every goal needs to mean this engine. */
    private static final String OPTIONS = "-Dcdk.engine=crc";

    private final CrcInstallation tools;
    private final Optional<CrcStartSettings> wanted;
    private final Path reports;
    private final CommandRunner runner;
    private final HostCheck.Room room;
    private final CrcFiles files;
    private Optional<CrcVersion> version = Optional.empty();
    private Optional<ProblemException> failure = Optional.empty();

    /**
     * An engine; no program is run yet.
     *
     * @param wanted what the POM wants of a start; absent for goals that neither start a VM nor compare one
     * @param reports where crc's log and its private kubeconfig go
     */
    public CrcEngine(CrcInstallation tools, Optional<CrcStartSettings> wanted, Path reports, CommandRunner runner) {
        this(tools, wanted, reports, runner, HostCheck.Room.ofThisMachine());
    }

    /** The same on a machine that is described. */
    CrcEngine(
            CrcInstallation tools,
            Optional<CrcStartSettings> wanted,
            Path reports,
            CommandRunner runner,
            HostCheck.Room room) {
        this.tools = tools;
        this.wanted = wanted;
        this.reports = reports;
        this.runner = runner;
        this.room = room;
        this.files = tools.files();
    }

    /** A goal of this plugin as one types it for this engine, such as {@code delete}. */
    static String goal(String goal) {
        return "'mvn cdk:" + goal + ' ' + OPTIONS + "'";
    }

    @Override
    public String name() {
        return "crc";
    }

    @Override
    public String noun() {
        return "CRC VM";
    }

    /** There is no other machine. */
    @Override
    public MachineEngine pinned() {
        return this;
    }

    /** The one that every cluster has. */
    @Override
    public String project() {
        return "default";
    }

    @Override
    public Machine machine() {
        return new Machine(
                CrcFiles.MACHINE,
                files.home(),
                false,
                true,
                files.hasMachine(),
                Files.isReadable(files.kubeconfig()),
                false,
                files.lastStart(),
                true,
                OPTIONS);
    }

    private Crc crc() {
        return crc(runner);
    }

    private Crc crc(CommandRunner with) {
        List<String> direct = new ArrayList<>(List.of(".testing", "10.217.0.0/16", "192.168.130.11"));
        wanted.ifPresent(settings -> direct.addAll(settings.registries().hosts()));
        return new Crc(
                with,
                tools.executable(),
                tools.accountHome(),
                contexts(),
                wanted.map(settings -> settings.proxies().toEnvironment(tools.environment(), direct))
                        .orElse(Map.of()));
    }

    /** A crc that tells of its processes. */
    private Crc watched(Consumer<ProcessHandle> child) {
        return crc(runner.telling((command, process) -> child.accept(process)));
    }

    private CrcStartSettings settings() {
        return wanted.orElseThrow(() -> new IllegalStateException("this goal has no settings for a start"));
    }

    private VmBundle bundle() {
        return new VmBundle(tools, settings(), version());
    }

    @Override
    public Product setUp(Deadline deadline) {
        CrcVersion found = version();
        Generation.of(found);
        if (Generation.isUnknown(found)) {
            LOG.warn(
                    "{} is newer than the versions that this plugin knows; treating it like crc {}",
                    found,
                    Generation.NEWEST);
        }
        requireImageStreams();
        return product();
    }

    private void requireImageStreams() {
        if (preset() == Preset.MICROSHIFT) {
            throw PresetCheck.noImageStreams().toException();
        }
    }

    /** What runs in the VM that is there, or else would be made. */
    private Preset preset() {
        return actualBundle()
                .or(() -> wanted.flatMap(settings -> settings.bundle()).flatMap(source -> Bundle.parse(source.name())))
                .map(Bundle::preset)
                .orElseGet(() -> tools.settings().preset());
    }

    /** What the VM that is there was made of. */
    private Optional<Bundle> actualBundle() {
        return files.hasMachine()
                ? Bundle.parse(files.driver().path("BundleName").asText(""))
                : Optional.empty();
    }

    @Override
    public Product product() {
        CrcVersion found = version();
        return new Product(
                found.toString(),
                crc().executable().toString(),
                openshift(found),
                CdkFacts.none().withVersion(found.crc().toString()));
    }

    private String openshift(CrcVersion found) {
        return actualBundle()
                .or(() -> wanted.flatMap(settings -> new VmBundle(tools, settings, found).wanted()))
                .map(bundle -> "v" + bundle.version())
                .orElseGet(() -> "v" + found.openshift());
    }

    private synchronized CrcVersion version() {
        if (failure.isPresent()) {
            throw failure.get();
        }
        try {
            version = version.or(() -> Optional.of(crc().version()));
            return version.orElseThrow();
        } catch (ProblemException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    @Override
    public State state() {
        return status().toState();
    }

    private CrcStatus status() {
        CrcStatus status = crc().status(files);
        return status.situation() == Situation.NO_DAEMON
                ? new Virsh(runner, tools.search()).status().orElseGet(() -> byItself(status))
                : status;
    }

    /** What is to be seen of the VM without the daemon, which the network mode 'system' does not need. */
    private CrcStatus byItself(CrcStatus status) {
        if (cluster().answers()) {
            return new CrcStatus(
                    Situation.RUNNING,
                    actualBundle().map(bundle -> bundle.version().toString()),
                    "the API answers; crc's daemon does not");
        }
        return tools.settings().network(Generation.of(version()), room.linux()) == Network.SYSTEM
                ? new CrcStatus(Situation.UNTOLD, Optional.empty(), "neither the API nor crc's daemon answers")
                : status;
    }

    @Override
    public List<Supplier<List<Check>>> checks(List<String> registries) {
        boolean runs = runs();
        List<Supplier<List<Check>>> checks = new ArrayList<>();
        checks.add(new SetupCheck(this::crc, this::version, settings().bundle(), runs));
        try {
            CrcVersion found = version();
            checks.add(new HostCheck(tools, settings(), Generation.of(found), room, runs));
            checks.add(new BundleCheck(bundle(), settings(), tools, found, Instant.now()));
            checks.add(new PresetCheck(this::preset));
        } catch (ProblemException e) {
            LOG.debug("The check of the program reports what is wrong with it", e);
        }
        return checks;
    }

    private boolean runs() {
        try {
            return !state().isStopped();
        } catch (ProblemException e) {
            return false;
        }
    }

    /** Those of the platform come with the bundle; those of the ImageStreams are known by the version, but not for OKD. */
    @Override
    public NeededImages images() {
        String openshift = openshift(version());
        if (preset() != Preset.OPENSHIFT || !SampleImages.isFor(openshift)) {
            return new NeededImages(
                    openshift,
                    List.of(),
                    Optional.of(
                            Problem.of(
                                    "The ImageStreams of " + preset() + " " + openshift
                                            + " are not known without a running cluster.",
                                    "start it once, and list them with <imagesSource>cluster</imagesSource> (-Dcdk.imagesSource=cluster)")));
        }
        return new NeededImages(
                openshift,
                SampleImages.of(openshift),
                Optional.empty(),
                Bundle.architectureOf(System.getProperty("os.arch", "")));
    }

    @Override
    public RegistryPolicy policy() {
        List<String> hosts = settings().registries().hosts();
        return new RegistryPolicy(
                settings().registries().own().insecure() ? hosts : List.of(),
                List.of(),
                settings().blockedRegistries().stream()
                        .filter(blocked -> !hosts.contains(blocked))
                        .toList());
    }

    @Override
    public List<Difference> differences() {
        return files.hasMachine()
                ? VmDifferences.of(files.driver(), bundle().wanted(), settings().size(), runs())
                : List.of();
    }

    @Override
    public Start start(Deadline deadline, Consumer<ProcessHandle> child) {
        Optional<String> argument = bundle().argument(deadline);
        CrcAnswer answer = new VmStart(settings(), tools, reports).run(watched(child), argument, deadline);
        if (VmStart.gaveUpWaiting(answer)) {
            LOG.warn(
                    "crc has given up waiting for the cluster operators, and calls that a success; the plugin goes on waiting");
        }
        State after = state();
        if (!after.isRunning()) {
            throw Problem.of(
                            "'crc start' reported success, but OpenShift is not running.",
                            after.obstacle().map(Problem::fix).orElse("check the log, and start again"))
                    .with("crc status: " + after)
                    .loggedIn(reports.resolve(VmStart.LOG_FILE))
                    .toException();
        }
        return new Start(after, !VmStart.foundItRunning(answer));
    }

    @Override
    public void recover() {
        PullSecretFile.removeOrphans(UserFolder.in(tools.accountHome()));
    }

    @Override
    public void stop(Duration limit, Consumer<ProcessHandle> child) {
        new VmStop(watched(child), this::status, files).stop(limit);
        removeContexts();
    }

    /** The cache stays. */
    @Override
    public void delete(Duration limit, Consumer<ProcessHandle> child) {
        new VmStop(watched(child), this::status, files).delete(limit);
        removeContexts();
    }

    /** They hold tokens; a crc before 2.44 leaves them there when it stops the VM. */
    private void removeContexts() {
        try {
            Files.deleteIfExists(contexts());
        } catch (IOException e) {
            LOG.warn("{} holds logins of a cluster that has stopped, but could not be removed", contexts(), e);
        }
    }

    /** What stands in for the user's kubeconfig, where crc writes its contexts to. */
    private Path contexts() {
        return reports.resolve(KUBECONFIG);
    }

    @Override
    public OpenShiftApi login(List<Permission> permissions, Deadline deadline) {
        requireImageStreams();
        return cluster().login(permissions, deadline);
    }

    private LocalOpenShift cluster() {
        return new LocalOpenShift(files, runner, tools.environment(), () -> crc().ip());
    }

    /** The secret of the ImageStreams is stored where they move; what the node needs is written by cluster objects. */
    @Override
    public Optional<String> allow(OpenShiftApi api, Deadline deadline) {
        return Optional.empty();
    }

    @Override
    public List<Check> letPull(OpenShiftApi api, Deadline deadline) {
        Optional<VmRecord> record = record();
        if (record.filter(VmRecord::creates).isPresent()) {
            inside().remember(deadline);
        }
        return new CompanyConfiguration(settings(), node(), TURN)
                .apply(api, settings().configure().writes(record.isPresent()), deadline);
    }

    @Override
    public ClusterConfiguration configuration(boolean ours) {
        return wanted.map(CrcStartSettings::configure).orElse(Configure.AUTO).writes(ours)
                ? ClusterConfiguration.OURS
                : new ClusterConfiguration(
                        false,
                        "<configureCluster>true</configureCluster> (-Dcdk.configureCluster=true) sets it; or set it");
    }

    /** Of the VM that runs, if a build of ours has started it, and nobody has started it anew since. */
    private Optional<VmRecord> record() {
        return OwnershipFiles.of(machine())
                .record()
                .read()
                .filter(record -> record.startedBy().isPresent())
                .filter(record -> record.isOfStart(files.lastStart()));
    }

    private NodeContents inside() {
        Path list = OwnershipFiles.of(machine()).folder().resolve(CrcFiles.MACHINE + ".bundled");
        return new NodeContents(node(), new BundledImages(list, files.kubeconfig()));
    }

    private NodeShell node() {
        boolean user = tools.settings().network(Generation.of(version()), room.linux()) == Network.USER;
        return new NodeShell(files, user, () -> crc().ip(), runner, tools.besideAndSearch());
    }

    @Override
    public Contents contents(Duration limit) {
        return inside().read(policy(), limit);
    }

    @Override
    public List<Pull> pull(List<String> images, Duration limit) {
        return inside().pull(images, limit);
    }

    @Override
    public Optional<String> address() {
        return crc().ip();
    }

    /** By crc's daemon, or by the cluster where the network mode 'system' goes without one. */
    @Override
    public Optional<String> console() {
        return crc().consoleUrl().or(cluster()::console);
    }

    @Override
    public Optional<String> routingSuffix() {
        return Optional.of("apps-crc.testing");
    }

    @Override
    public Optional<Path> oc() {
        return tools.findOc();
    }

    @Override
    public String whoMayLogIn() {
        return "developer, and kubeadmin, a cluster administrator; 'crc console --credentials' shows their passwords";
    }

    @Override
    public Map<String, String> diagnosis() {
        Diagnosis diagnosis = new Diagnosis(this::crc);
        diagnosis.addTail("crc.log", files.log());
        diagnosis.addTail("start.txt", reports.resolve(VmStart.LOG_FILE));
        if (Files.isReadable(files.kubeconfig())) {
            try {
                diagnosis.addCluster(new OpenShiftApi(cluster().access()));
            } catch (ProblemException e) {
                diagnosis.add("cluster.txt", () -> e.getMessage() + "\n");
            }
        }
        return diagnosis.answers();
    }
}
