package io.github.cdkmaven.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.engine.ClusterConfiguration;
import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.report.Reason;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import io.github.cdkmaven.report.TagResult;
import io.github.cdkmaven.sim.cluster.ClusterFaults;
import io.github.cdkmaven.sim.cluster.ClusterFaults.ImportFault;
import io.github.cdkmaven.sim.cluster.ImportableRegistry;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.registry.Fault;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TestCertificates;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each situation that was captured on a real cluster, made on the simulated one: one stream in a namespace of its own. */
@DisplayName("Moving ImageStreams")
@Timeout(60)
class StreamMovingTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String IMAGE = "team/app:1";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** For what never gets better. */
    private static final Duration SHORT = Duration.ofSeconds(3);

    private static int namespaces;
    private static SimulatedCluster cluster;

    private String namespace = "";
    private ReportBuilder report = new ReportBuilder("imagestreams");

    /**
     * What goes wrong.
     *
     * @param registry the company's registry
     * @param name how the user calls it, if not by its address
     * @param insecure what the user says of it
     * @param path what the stream's tag names
     * @param referenceOnly whether the tag is never imported, so that its stream is replaced
     * @param before what happens to the cluster just before
     */
    private record Situation(
            Supplier<SimulatedRegistry> registry,
            Optional<String> name,
            boolean insecure,
            String path,
            boolean referenceOnly,
            Consumer<SimulatedCluster> before) {

        static Situation with(Supplier<SimulatedRegistry> registry) {
            return new Situation(registry, Optional.empty(), true, IMAGE, false, any -> {});
        }

        Situation verified() {
            return new Situation(registry, name, false, path, referenceOnly, before);
        }

        Situation called(String other) {
            return new Situation(registry, Optional.of(other), insecure, path, referenceOnly, before);
        }

        Situation of(String other) {
            return new Situation(registry, name, insecure, other, referenceOnly, before);
        }

        Situation onlyReferred() {
            return new Situation(registry, name, insecure, path, true, before);
        }

        Situation after(Consumer<SimulatedCluster> happened) {
            return new Situation(registry, name, insecure, path, referenceOnly, happened);
        }
    }

    @BeforeAll
    static void start() {
        cluster = SimulatedCluster.builder()
                .openshift("v3.9.31")
                .pacing(false)
                .importController(false)
                .start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void reset() {
        namespace = "team-" + ++namespaces;
        cluster.state().noWhitelist();
        cluster.state().faults(ClusterFaults.none());
        cluster.state().replacementsComeTooLate(0);
    }

    static Stream<Arguments> situations() {
        Situation plain = Situation.with(StreamMovingTest::full);
        return Stream.of(
                Arguments.of("the image is missing", Situation.with(SimulatedRegistry::start), Reason.NOT_FOUND),
                Arguments.of("there is an OCI manifest only", Situation.with(StreamMovingTest::oci), Reason.OCI_ONLY),
                Arguments.of(
                        "the registry requires a login",
                        Situation.with(() -> SimulatedRegistry.builder()
                                .basicAuth("mirror", "s3cr3t")
                                .start()),
                        Reason.UNAUTHORIZED),
                Arguments.of(
                        "the certificate is of an unknown authority",
                        Situation.with(() -> SimulatedRegistry.builder()
                                        .tls(TestCertificates.Kind.PRIVATE_CA)
                                        .start())
                                .verified(),
                        Reason.TLS),
                Arguments.of("the registry speaks plain HTTP", plain.verified(), Reason.HTTP_ONLY),
                Arguments.of("nobody listens", Situation.with(StreamMovingTest::gone), Reason.UNREACHABLE),
                Arguments.of("nobody knows the name", plain.called("registry.corp.example:5000"), Reason.UNREACHABLE),
                Arguments.of(
                        "the whitelist does not hold it", plain.after(StreamMovingTest::whitelist), Reason.FORBIDDEN),
                Arguments.of(
                        "the whitelist does not hold it, and the stream is replaced",
                        plain.onlyReferred().after(StreamMovingTest::whitelist),
                        Reason.FORBIDDEN),
                Arguments.of(
                        "somebody else keeps changing the stream",
                        plain.after(
                                any -> any.state().faults(ClusterFaults.none().thenImports(ImportFault.CONFLICT, 20))),
                        Reason.CONFLICT),
                Arguments.of(
                        "somebody else keeps changing the stream that is replaced",
                        plain.onlyReferred().after(any -> any.state().replacementsComeTooLate(20)),
                        Reason.CONFLICT),
                Arguments.of("the name gets too long", plain.of("a".repeat(234) + ":1"), Reason.INVALID),
                Arguments.of("the registry is too busy", Situation.with(StreamMovingTest::busy), Reason.TIMEOUT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    @DisplayName("reports each situation with its reason, the server's words and the advice")
    void reportsTheSituation(String name, Situation situation, Reason reason) throws IOException {
        create(situation.path(), situation.referenceOnly());
        try (SimulatedRegistry registry = situation.registry().get()) {
            situation.before().accept(cluster);
            String host = situation.name().orElse(registry.host());
            Duration limit = reason == Reason.TIMEOUT ? SHORT : LIMIT;
            Order order = order(host, situation.insecure(), new Globs(List.of()), limit, false);

            Problem problem = catchThrowableOfType(ProblemException.class, () -> run(order))
                    .problem();

            TagResult tag = tag();
            assertThat(tag.outcome()).isEqualTo(TagOutcome.FAILED);
            assertThat(tag.reason()).as("%s", tag).contains(reason);
            assertThat(tag.message().orElseThrow()).isNotBlank();
            assertThat(problem.what()).startsWith("1 of 1 image stream tags could not be imported from " + host);
            if (reason == Reason.FORBIDDEN) {
                assertThat(problem.fix()).contains("{domainName: " + host + ", insecure: true}");
            } else {
                assertThat(problem.fix()).isEqualTo(reason.fix());
            }
            assertThat(problem.evidence())
                    .singleElement()
                    .asString()
                    .startsWith(namespace + "/app:1  " + host + "/mirror/")
                    .contains("  " + reason.word() + ": " + tag.message().get());
            assertThat(source()).startsWith("registry.redhat.io/");
        }
    }

    @Test
    @DisplayName("goes on after some conflicts, of imports and of replacements")
    void goesOnAfterConflicts() throws IOException {
        create(IMAGE, false);
        try (SimulatedRegistry registry = full()) {
            cluster.state().faults(ClusterFaults.none().thenImports(ImportFault.CONFLICT, 2));
            run(order(registry, true, new Globs(List.of()), false));
            assertThat(tag().outcome()).isEqualTo(TagOutcome.IMPORTED);

            namespace = "team-" + ++namespaces;
            create(IMAGE, true);
            cluster.state().replacementsComeTooLate(2);
            run(order(registry, true, new Globs(List.of()), false));
            assertThat(source()).isEqualTo(registry.host() + "/mirror/" + IMAGE);
        }
    }

    @Test
    @DisplayName("does not fail for tags that may fail, but reports them")
    void ignoresFailures() throws IOException {
        create(IMAGE, false);
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            run(order(registry, true, new Globs(List.of("ap?:1")), false));

            assertThat(tag().reason()).contains(Reason.NOT_FOUND);
            Order all = order(registry, true, new Globs(List.of()), false);
            run(new Order(all.registries(), streams(List.of(namespace), false, new Globs(List.of()), LIMIT, false)));
            assertThatThrownBy(() -> run(order(registry, true, new Globs(List.of("app:2")), false)))
                    .hasMessageContaining("could not be imported");
        }
    }

    @Test
    @DisplayName("sets the insecure flag only where the user says that the registry is")
    void leavesTheInsecureFlag() throws IOException {
        create(IMAGE, false);
        try (SimulatedRegistry registry = SimulatedRegistry.builder()
                .prefix("mirror")
                .tls(TestCertificates.Kind.PRIVATE_CA)
                .start()) {
            registry.image(IMAGE);
            assertThatThrownBy(() -> run(order(registry, false, new Globs(List.of()), false)))
                    .isInstanceOf(ProblemException.class);
            assertThat(stored().at("/spec/tags/0/importPolicy/insecure").isMissingNode())
                    .isTrue();

            run(order(registry, true, new Globs(List.of()), false));
            assertThat(stored().at("/spec/tags/0/importPolicy/insecure").asBoolean())
                    .isTrue();
        }
    }

    @Test
    @DisplayName("leaves an insecure flag that somebody has set, and sets none")
    void keepsTheInsecureFlag() throws IOException {
        create(IMAGE, false, true);
        try (SimulatedRegistry registry = full()) {
            run(order(registry, false, new Globs(List.of()), false));

            assertThat(tag().outcome()).isEqualTo(TagOutcome.IMPORTED);
            assertThat(stored().at("/spec/tags/0/importPolicy/insecure").asBoolean())
                    .isTrue();
        }
    }

    @Test
    @DisplayName(
            "moves the streams of several namespaces, each with the registry's login in a secret of its own, and stores none where nothing moves")
    void severalNamespaces() throws IOException {
        String first = namespace;
        create(IMAGE, false);
        namespace = "team-" + ++namespaces;
        create(IMAGE, false);
        try (SimulatedRegistry registry = SimulatedRegistry.builder()
                .prefix("mirror")
                .basicAuth("mirror", "s3cr3t")
                .start()) {
            registry.image(IMAGE);
            run(withLogin(registry, "s3cr3t", first, namespace, "team-without"));

            assertThat(report.build().summary().imported()).isEqualTo(2);
            assertThat(List.of(first, namespace))
                    .allSatisfy(
                            place -> assertThat(cluster.state().secrets(place)).hasSize(1));
            assertThat(cluster.state().secrets("team-without")).isEmpty();

            String before = cluster.state().secrets(first).toString();
            run(withLogin(registry, "another", first, namespace, "team-without"));
            assertThat(report.build().summary().unchanged()).isEqualTo(2);
            assertThat(cluster.state().secrets(first)).as("kept up to date").hasSize(1);
            assertThat(cluster.state().secrets(first).toString()).isNotEqualTo(before);
            assertThat(cluster.state().secrets("team-without")).isEmpty();
            assertThat(source()).isEqualTo(registry.host() + "/mirror/" + IMAGE);
            namespace = first;
            assertThat(source()).isEqualTo(registry.host() + "/mirror/" + IMAGE);
        }
    }

    @Test
    @DisplayName(
            "settles the doubt whether an OpenShift 3 trusts the registry's authority, once an image came from there")
    void trusted() throws IOException {
        create(IMAGE, false);
        Check doubt = Check.warn("cluster.additionalTrustedCA", "registry", "not known", "let an administrator look");
        try (SimulatedRegistry registry = full()) {
            Order order = order(registry, true, new Globs(List.of()), false);
            for (int run = 0; run < 2; run++) {
                report = new ReportBuilder("start").check(doubt);
                new StreamMoving(order.registries(), order.streams())
                        .run(ApiOf.kubeconfig(cluster.kubeconfigJson()).api(), ClusterConfiguration.OTHERS, report);

                assertThat(report.build().checks(CheckOutcome.WARN)).isEmpty();
            }
            assertThat(tag().outcome()).isEqualTo(TagOutcome.UNCHANGED);
        }
    }

    @Test
    @DisplayName("as a dry run tells what the server would find, and makes no changing call")
    void dryRun() throws IOException {
        create(IMAGE, false);
        int before = cluster.state().changes().size();
        try (SimulatedRegistry registry = full()) {
            run(order(registry, true, new Globs(List.of()), true));
            assertThat(tag().outcome()).isEqualTo(TagOutcome.PLANNED);
            assertThat(tag().digest().orElseThrow()).startsWith("sha256:");
        }
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            assertThatThrownBy(() -> run(order(registry, true, new Globs(List.of()), true)))
                    .hasMessageContaining("would not be imported")
                    .hasMessageContaining("nothing was changed");
            assertThat(tag().reason()).contains(Reason.NOT_FOUND);
        }
        assertThat(cluster.state().changes()).hasSize(before);
        assertThat(source()).startsWith("registry.redhat.io/");
    }

    @Test
    @DisplayName("stores a login that came later, too, for the imports and pulls that follow")
    void laterLogin() throws IOException {
        create(IMAGE, false);
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().prefix("mirror").start()) {
            registry.image(IMAGE);
            run(order(registry, true, new Globs(List.of()), false));
            assertThat(cluster.state().secrets(namespace)).isEmpty();

            run(withLogin(registry, "s3cr3t", namespace));

            assertThat(report.build().summary().unchanged()).isEqualTo(1);
            assertThat(cluster.state().secrets(namespace)).hasSize(1);
        }
    }

    private Order withLogin(SimulatedRegistry registry, String password, String... places) {
        Registry own =
                order(registry, true, new Globs(List.of()), false).registries().own();
        return new Order(
                Registries.of(own.withCredentials(new Credentials("mirror", password))),
                streams(List.of(places), true, new Globs(List.of()), LIMIT, false));
    }

    /** What is moved to where. */
    private record Order(Registries registries, Streams streams) {}

    private void run(Order order) {
        report = new ReportBuilder("imagestreams");
        new StreamMoving(order.registries(), order.streams())
                .run(ApiOf.kubeconfig(cluster.kubeconfigJson()).api(), ClusterConfiguration.OTHERS, report);
    }

    private Order order(SimulatedRegistry registry, boolean insecure, Globs ignored, boolean dryRun) {
        return order(registry.host(), insecure, ignored, LIMIT, dryRun);
    }

    private Order order(String host, boolean insecure, Globs ignored, Duration limit, boolean dryRun) {
        return new Order(
                Registries.of(Registry.to(host).withPrefix("mirror").withInsecure(insecure)),
                streams(List.of(namespace), true, ignored, limit, dryRun));
    }

    private static Streams streams(
            List<String> namespaces, boolean anyFails, Globs ignored, Duration limit, boolean dryRun) {
        return new Streams(
                false, namespaces, new Globs(List.of()), new Globs(List.of()), anyFails, ignored, 8, limit, dryRun);
    }

    private void create(String path, boolean referenceOnly) throws IOException {
        create(path, referenceOnly, false);
    }

    private void create(String path, boolean referenceOnly, boolean insecure) throws IOException {
        ObjectNode stream =
                JSON.createObjectNode().put("kind", "ImageStream").put("apiVersion", "image.openshift.io/v1");
        stream.putObject("metadata").put("name", "app").put("namespace", namespace);
        ObjectNode tag = stream.putObject("spec").putArray("tags").addObject().put("name", "1");
        if (insecure) {
            tag.putObject("importPolicy").put("insecure", true);
        }
        tag.put("reference", referenceOnly)
                .putObject("from")
                .put("kind", "DockerImage")
                .put("name", "registry.redhat.io/" + path);
        assertThat(ApiOf.kubeconfig(cluster.kubeconfigJson())
                        .post("/apis/image.openshift.io/v1/namespaces/" + namespace + "/imagestreams", stream))
                .isEqualTo(201);
    }

    private JsonNode stored() {
        return cluster.state().imageStream(namespace, "app");
    }

    private String source() {
        return stored().at("/spec/tags/0/from/name").asText();
    }

    private TagResult tag() {
        List<StreamResult> streams = report.build().imageStreams();
        assertThat(streams).hasSize(1);
        return streams.get(0).tags().get(0);
    }

    private static SimulatedRegistry full() {
        SimulatedRegistry registry =
                SimulatedRegistry.builder().prefix("mirror").start();
        registry.image(IMAGE);
        return registry;
    }

    private static SimulatedRegistry oci() {
        SimulatedRegistry registry =
                SimulatedRegistry.builder().prefix("mirror").start();
        registry.put(IMAGE, TinyImage.oci("app"));
        return registry;
    }

    private static SimulatedRegistry gone() {
        SimulatedRegistry registry = SimulatedRegistry.start();
        registry.close();
        return registry;
    }

    private static SimulatedRegistry busy() {
        SimulatedRegistry registry = full();
        registry.inject(
                Fault.status(503), Integer.MAX_VALUE, request -> request.path().contains("/manifests/"));
        return registry;
    }

    private static void whitelist(SimulatedCluster any) {
        any.state().whitelist(List.of(new ImportableRegistry("*.redhat.io", false)));
    }
}
