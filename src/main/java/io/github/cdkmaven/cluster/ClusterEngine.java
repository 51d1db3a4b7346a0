package io.github.cdkmaven.cluster;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.engine.NeededImages;
import io.github.cdkmaven.engine.Product;
import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.openshift.ApiAnswer;
import io.github.cdkmaven.openshift.ClusterFacts;
import io.github.cdkmaven.openshift.ClusterImages;
import io.github.cdkmaven.openshift.NamespaceSelection;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.CdkFacts.Fact;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.Reason;
import io.github.cdkmaven.streams.ImporterSettings;
import io.github.cdkmaven.streams.StreamMoving;
import io.github.cdkmaven.streams.Streams;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An OpenShift 3.6 to 4.x that a kubeconfig reaches, and that others use, too. */
public final class ClusterEngine implements Engine {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterEngine.class);
    private static final String CONSOLE = "/api/v1/namespaces/openshift-config-managed/configmaps/console-public";
    private static final String CONSOLE_HOST = "console-openshift-console.";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ClusterSettings settings;
    private final Path kubeconfig;

    /** What may be looked into of some namespaces: asked once, as are other rights. */
    private final Map<List<String>, List<String>> scopes = new ConcurrentHashMap<>();

    /** An engine; nothing is read or asked yet. */
    public ClusterEngine(ClusterSettings settings) {
        this.settings = settings;
        this.kubeconfig = settings.login().kubeconfig();
    }

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public String noun() {
        return "cluster";
    }

    @Override
    public Optional<MachineEngine> withMachine() {
        return Optional.empty();
    }

    private OpenShiftApi api() {
        return settings.login().api();
    }

    private ClusterFacts facts() {
        return settings.login().facts();
    }

    @Override
    public Product product() {
        ClusterFacts facts = facts();
        ClusterAccess access = api().access();
        return new Product(
                "the cluster " + access.server() + ", context " + access.context()
                        + facts.user().map(user -> ", as " + user).orElse("") + ", " + facts.words(),
                kubeconfig.toString(),
                facts.version().orElse(""),
                CdkFacts.none()
                        .with(Fact.API_URL, access.server().toString())
                        .with(Fact.CONTEXT, access.context())
                        .with(Fact.USER, facts.user().orElse(""))
                        .withOpenshift(facts.version().orElse("")));
    }

    @Override
    public State state() {
        return new State(State.Phase.RUNNING, facts().version(), facts().words() + " answers");
    }

    @Override
    public List<Supplier<List<Check>>> checks(List<String> registries) {
        return List.of(this::look);
    }

    /** Who is logged in where, what he may not do, by namespace, and what an administrator has to set. */
    private List<Check> look() {
        try {
            List<Check> checks = new ArrayList<>();
            checks.add(
                    Check.ok("cluster.login", kubeconfig.toString(), product().words()));
            settings.registries().ifPresent(registries -> checks.addAll(look(registries)));
            return checks;
        } catch (ProblemException e) {
            return List.of(Check.fail(
                    "cluster.login",
                    kubeconfig.toString(),
                    e.problem().toSentence(),
                    e.problem().fix()));
        }
    }

    private List<Check> look(Registries registries) {
        StreamMoving moving = new StreamMoving(registries, Streams.of(settings.namespaces()));
        boolean moves = !settings.namespaces().isEmpty();
        List<Check> checks = new ArrayList<>(rights(moving));
        ImporterSettings importer = ImporterSettings.of(api());
        checks.addAll(importer.checks(registries));
        if (moves) {
            registries.hosts().forEach(host -> admission(
                            importer, host, registries.own().insecure())
                    .ifPresent(checks::add));
        }
        PullsOfNodes nodes = new PullsOfNodes(api(), registries);
        nodes.login(project()).ifPresent(checks::add);
        boolean four = importer.dialect().imageConfig();
        if (four) {
            moving.obstacle(api()).ifPresent(checks::add);
        } else if (moves) {
            authority(registries).ifPresent(checks::add);
        }
        checks.addAll(nodes.mirrors(
                settings.additionalImages(),
                four ? ClusterImages.ofRelease(api()) : List.of(),
                four,
                settings.reports()));
        return checks;
    }

    private static Optional<Check> admission(ImporterSettings importer, String host, boolean insecure) {
        return importer.config()
                .objection(host, insecure)
                .map(objection -> Check.fail(
                        "cluster.allowedRegistriesForImport",
                        host,
                        objection,
                        importer.fix(Reason.FORBIDDEN, objection, host, insecure)
                                .orElse(Reason.FORBIDDEN.fix())));
    }

    /** What an OpenShift 3 trusts stands in files of its masters, which no API shows. */
    private static Optional<Check> authority(Registries registries) {
        return registries
                .own()
                .ca()
                .filter(ca -> !registries.own().insecure())
                .map(ca -> Check.warn(
                        "cluster.additionalTrustedCA",
                        registries.own().host(),
                        "the API does not show whether this cluster's importer trusts the registry's authority",
                        "If imports fail with reason Tls, let an administrator name a PEM file with the registry's authority in"
                                + " imagePolicyConfig.additionalTrustedCA of each master's configuration and restart its API (OpenShift 3.11), or"
                                + " add it to the masters' own authorities (up to 3.10, which trust nothing else); or set"
                                + " <registryInsecure>true</registryInsecure> (-Dcdk.registryInsecure)."));
    }

    /** What the goal will need: to move the streams, and to prove where the images came from. */
    private List<Check> rights(StreamMoving moving) {
        List<String> uses = new ArrayList<>();
        List<Permission> wanted = new ArrayList<>();
        if (!settings.namespaces().isEmpty()) {
            uses.add("move the ImageStreams there");
            wanted.addAll(moving.permissions());
        }
        if (!settings.verified().isEmpty()) {
            uses.add("see where the images there came from");
            try {
                wanted.addAll(Permission.toVerify(scope(settings.verified())));
            } catch (ProblemException e) {
                return List.of(Check.fail(
                        "cluster.rights",
                        String.join(", ", settings.verified()),
                        e.problem().toSentence(),
                        e.problem().fix()));
            }
        }
        List<Permission> missing = Permission.missing(api(), wanted);
        if (missing.isEmpty()) {
            return uses.isEmpty()
                    ? List.of()
                    : List.of(Check.ok(
                            "cluster.rights",
                            Stream.concat(settings.namespaces().stream(), settings.verified().stream())
                                    .distinct()
                                    .collect(Collectors.joining(", ")),
                            "this user may " + String.join(", and ", uses)));
        }
        return missing.stream().collect(Collectors.groupingBy(Permission::namespace)).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(lacking -> Check.fail(
                        "cluster.rights",
                        "namespace " + lacking.getKey(),
                        "this user may not: "
                                + String.join("", Permission.byNamespace(lacking.getValue()))
                                        .replaceFirst("^.*?: ", ""),
                        grant(lacking.getValue())))
                .toList();
    }

    private String grant(List<Permission> missing) {
        String user = facts().user().orElse("<user>");
        String role = missing.stream().allMatch(Permission::isReading) ? "view " : "edit ";
        return "let an administrator grant it: "
                + missing.stream()
                        .map(Permission::namespace)
                        .distinct()
                        .map(namespace -> "'oc adm policy add-role-to-user " + role + user + " -n " + namespace + "'")
                        .collect(Collectors.joining(", "))
                + "; or name other <namespaces> (-Dcdk.namespaces), or another login: <kubeconfig>, <context>";
    }

    /** What the ImageStreams of its namespaces import, but for what names a registry of the company already. */
    @Override
    public NeededImages images() {
        List<NeededImage> images = ClusterImages.ofStreams(api(), settings.namespaces()).images().stream()
                .map(NeededImage::of)
                .filter(image -> settings.registries()
                        .filter(registries -> registries.relocation().isAtTarget(image.source()))
                        .isEmpty())
                .toList();
        return new NeededImages(facts().version().orElse("at " + api().access().server()), images, Optional.empty());
    }

    @Override
    public OpenShiftApi login(List<Permission> permissions, Deadline deadline) {
        OpenShiftApi api = api();
        if (permissions.isEmpty()) {
            return api;
        }
        // First who he is, by the same connection: what nobody may do says little.
        facts();
        List<Permission> missing = Permission.missing(api.within(deadline), permissions);
        if (missing.isEmpty()) {
            return api;
        }
        String user = facts().user().orElse("The user of " + kubeconfig);
        throw Problem.of(
                        user + " may not do all that is needed on "
                                + api.access().server() + "; nothing was changed there.",
                        grant(missing))
                .with(Permission.byNamespace(missing).stream()
                        .map(line -> "missing " + line)
                        .toList())
                .toException();
    }

    /**
     * Those that are called by name; and of what a glob means, and the one in which the user works, only what the user may look into: after a
     * login without a project, that is {@code default}, which is other people's.
     */
    @Override
    public List<String> scope(List<String> namespaces) {
        return scopes.computeIfAbsent(namespaces, this::openOf);
    }

    private List<String> openOf(List<String> namespaces) {
        NamespaceSelection selection = new NamespaceSelection(namespaces);
        Set<String> asked = Set.copyOf(selection.named());
        List<String> all = Stream.concat(selection.in(api()).stream(), namespace().stream())
                .distinct()
                .toList();
        List<String> unasked =
                all.stream().filter(name -> !asked.contains(name)).toList();
        if (unasked.isEmpty()) {
            return all;
        }
        Set<String> closed = Permission.missing(api(), Permission.toVerify(unasked)).stream()
                .map(Permission::namespace)
                .collect(Collectors.toSet());
        List<String> open = all.stream().filter(name -> !closed.contains(name)).toList();
        // None would mean all of the cluster; what is missing is told of those that are closed.
        return open.isEmpty() ? all : open;
    }

    @Override
    public String project() {
        return namespace().orElse("default");
    }

    private Optional<String> namespace() {
        return Kubeconfig.namespace(kubeconfig.toString(), api().access().context());
    }

    @Override
    public Optional<String> allow(OpenShiftApi api, Deadline deadline) {
        return Optional.empty();
    }

    @Override
    public Optional<String> address() {
        return Optional.empty();
    }

    /** OpenShift 4 tells it to everybody who is logged in, by a config map; that of OpenShift 3 is served by the API's own server. */
    @Override
    public Optional<String> console() {
        if (facts().version().filter(version -> version.startsWith("v3.")).isPresent()) {
            return Optional.of(api().access().server() + "/console");
        }
        try {
            ApiAnswer answer = api().get(CONSOLE, LIMIT);
            return Optional.of(ForeignText.line(
                            answer.body().path("data").path("consoleURL").asText("")))
                    .filter(url -> answer.isSuccess() && url.startsWith("https://"));
        } catch (IOException e) {
            LOG.debug("The console of {} is not known", api().access(), e);
            return Optional.empty();
        }
    }

    @Override
    public String whoMayLogIn() {
        return "whoever the cluster's identity providers know; the kubeconfig is "
                + facts().user()
                        .map(user -> "that of " + user)
                        .orElse("of a user whose name the cluster does not show");
    }

    /** The console is a route like others. */
    @Override
    public Optional<String> routingSuffix() {
        return console()
                .map(url -> url.replaceFirst("^https://", "").replaceFirst("[:/].*", ""))
                .filter(host -> host.startsWith(CONSOLE_HOST))
                .map(host -> host.substring(CONSOLE_HOST.length()));
    }

    @Override
    public Optional<Path> oc() {
        return settings.oc();
    }

    @Override
    public Map<String, String> diagnosis() {
        return Map.of("cluster.txt", product() + "\n");
    }
}
