package io.github.cdkmaven.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdkmaven.minishift.images.Products;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.mirror.Purpose;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.registry.Fault;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TestCertificates.Kind;
import io.github.cdkmaven.sim.registry.TinyImage;
import io.github.cdkmaven.world.Mirror;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Preflight")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreflightTest {

    private static final String OPENSHIFT = "v3.9.31";

    @TempDir
    Path folder;

    private SimulatedCdk cdk;

    @BeforeAll
    void makeACdk(@TempDir Path site) {
        cdk = SimulatedCdk.in(site).version("cdk-3.5").create();
    }

    @AfterAll
    void close() {
        cdk.close();
    }

    private SimulatedRegistry full(SimulatedRegistry registry) {
        new Mirror(registry).catalogue(OPENSHIFT, Products.CDK_3_5);
        return registry;
    }

    private PreflightFixture of(SimulatedRegistry registry) {
        return new PreflightFixture(cdk, Registry.to(registry.host()).withInsecure(true), folder);
    }

    @Test
    @DisplayName("is content with a registry that holds everything, one line for each thing that it looked at")
    void everythingIsThere() throws IOException {
        try (SimulatedRegistry registry = full(SimulatedRegistry.builder()
                .tls(Kind.PRIVATE_CA)
                .basicAuth("jane", "secret")
                .start())) {
            PreflightFixture.Result result = new PreflightFixture(
                            cdk,
                            Registry.to(registry.host())
                                    .withInsecure(true) // OpenShift 3.9 can be told of no authority
                                    .withCredentials(new Credentials("jane", "secret")),
                            folder)
                    .run();

            assertThat(result.problem()).isEmpty();
            assertThat(result.failed()).isEmpty();
            assertThat(result.checks())
                    .extracting(Check::id)
                    .contains(
                            "settings",
                            "tools.minishift",
                            "tools.version",
                            "tools.setup",
                            "tools.oc",
                            "host.home",
                            "host.driver",
                            "host.memory",
                            "host.disk",
                            "registry.dns",
                            "registry.tcp",
                            "registry.tls",
                            "registry.api",
                            "registry.login",
                            "proxy.noProxy",
                            "image.found");
            assertThat(result.check("image.found").message()).isEqualTo("139 of 143 images are in the registry");
            assertThat(result.warned())
                    .extracting(Check::id)
                    .containsOnly("image.missing", "host.driver", "registry.tls");
            assertThat(result.warned().stream().filter(check -> check.id().equals("image.missing")))
                    .as("the optional ones")
                    .hasSize(4)
                    .allSatisfy(check -> assertThat(check.message()).endsWith("(optional)"));
            assertThat(folder.resolve("images/images.lock"))
                    .content()
                    .contains(registry.host() + "/openshift3/ose:v3.9.31@sha256:")
                    .doesNotContain("jane", "secret");
            assertThat(registry.maxInFlight()).as("blobs are short questions").isLessThanOrEqualTo(16);
        }
    }

    @Test
    @DisplayName("tells each image that OpenShift could not use, by its own reason")
    void reasons() {
        try (SimulatedRegistry registry = full(SimulatedRegistry.start())) {
            registry.remove("rhscl/mysql-57-rhel7:latest");
            registry.remove("openshift3/ose-pod:v3.9.31");
            registry.put("rhscl/php-70-rhel7:latest", TinyImage.oci("php"));
            registry.put("rhscl/python-36-rhel7:latest", TinyImage.list("python", "s390x"));
            registry.put("redhat-sso-7/sso71-openshift:1.0", TinyImage.schema1("redhat-sso-7/sso71-openshift", "1.0"));

            PreflightFixture.Result result = of(registry).run();

            String host = registry.host() + "/";
            assertThat(result.failed())
                    .extracting(check ->
                            check.id() + " " + check.subject().substring(host.length()) + " " + check.message())
                    .containsExactlyInAnyOrder(
                            "image.missing openshift3/ose-pod:v3.9.31 the registry has no such image; needed for"
                                    + " OpenShift, pod",
                            "image.missing rhscl/mysql-57-rhel7:latest the registry has no such image; needed for"
                                    + " image stream mysql:5.7",
                            "image.ociOnly rhscl/php-70-rhel7:latest in the registry, but as an OCI image, which OpenShift 3.x"
                                    + " cannot read; needed for image stream php:7.0",
                            "image.architecture rhscl/python-36-rhel7:latest in the registry, but for s390x only; needed for"
                                    + " image stream python:3.6");
            assertThat(result.failed())
                    .allSatisfy(check -> assertThat(check.fix().orElseThrow())
                            .contains(folder.resolve("images").toString()));
            assertThat(result.check("image.schema1").message()).contains("as schema 1");
            assertThat(result.problem().orElseThrow().what())
                    .isEqualTo("Preflight found 3 problems, so no VM was started.");
            assertThat(folder.resolve("images/missing.txt"))
                    .content()
                    .contains("registry.access.redhat.com/rhscl/mysql-57-rhel7:latest\n", "sso71-openshift:1.0")
                    .doesNotContain("ruby");
        }
    }

    @Test
    @DisplayName(
            "tells many images of one cause in one line, with the count of all that is missing, and where the lists are")
    void manyMissing() {
        try (SimulatedRegistry registry = full(SimulatedRegistry.start())) {
            registry.inject(Fault.status(404), 1000, request -> request.path().contains("/rhscl/"));

            PreflightFixture.Result result = of(registry).run();

            long missing = result.failed().size()
                    + result.warned().stream()
                            .filter(check -> check.id().equals("image.missing"))
                            .count();
            Matcher found = Pattern.compile("(\\d+) of (\\d+) images are in the registry")
                    .matcher(result.check("image.found").message());
            assertThat(found.matches()).isTrue();
            assertThat(missing).isGreaterThan(20);
            Problem problem = result.problem().orElseThrow();
            assertThat(problem.what()).contains("1 problem");
            assertThat(problem.evidence())
                    .singleElement()
                    .asString()
                    .contains("image.missing", missing + " of " + found.group(2) + " images", "/rhscl/");
            assertThat(problem.fix())
                    .contains(folder.resolve("images").toString(), "mvn cdk:preflight")
                    .as("what skips the goal that runs")
                    .doesNotContain("skipPreflight");
        }
    }

    @Test
    @DisplayName("asks only for what the streams' own parameters leave to be moved, and lets go what may fail")
    void streamParameters() {
        try (SimulatedRegistry registry = full(SimulatedRegistry.start())) {
            registry.remove("rhscl/mysql-57-rhel7:latest");
            registry.remove("rhscl/php-70-rhel7:latest");

            PreflightFixture.Result result = of(registry)
                    .streams(PreflightFixture.choice(List.of("mysql:5.7"), List.of("php")))
                    .run();

            assertThat(result.failed()).isEmpty();
            assertThat(result.warned())
                    .anySatisfy(check -> assertThat(check.subject()).endsWith("php-70-rhel7:latest"))
                    .noneSatisfy(check -> assertThat(check.subject()).contains("mysql-57"));
        }
    }

    @Test
    @DisplayName("looks for the project's own images, and says which ones no rule moves")
    void additionalImages() {
        try (SimulatedRegistry registry = full(SimulatedRegistry.start())) {
            PreflightFixture.Result result = of(registry)
                    .additional(
                            NeededImage.required("postgres:13", new Purpose.Additional()),
                            NeededImage.required("quay.io/team/app:1", new Purpose.Additional()))
                    .run();

            assertThat(result.failed()).singleElement().satisfies(check -> {
                assertThat(check.subject()).isEqualTo(registry.host() + "/library/postgres:13");
                assertThat(check.message()).endsWith("needed for additionalImages");
            });
            assertThat(result.check("image.unmapped").subject()).isEqualTo("quay.io");
            assertThat(result.check("image.unmapped").fix().orElseThrow()).contains("<mapping>quay.io=");
        }
    }

    @Test
    @DisplayName("tells a registry that answers nothing once, not for each image")
    void brokenRegistry() {
        try (SimulatedRegistry registry = full(SimulatedRegistry.start())) {
            registry.inject(Fault.status(500), 1000, request -> request.path().contains("/manifests/"));

            PreflightFixture.Result result = of(registry).run();

            assertThat(result.failed()).singleElement().satisfies(check -> {
                assertThat(check.id()).isEqualTo("image.unanswered");
                assertThat(check.message()).startsWith("143 images could not be checked: unusable answer (500)");
            });
            assertThat(folder.resolve("images/missing.txt")).doesNotExist();
        }
    }

    @Test
    @DisplayName("leaves no list of an earlier run behind when the registry cannot be asked")
    void earlierLists() {
        PreflightFixture preflight;
        try (SimulatedRegistry registry = full(SimulatedRegistry.start())) {
            registry.remove("rhscl/mysql-57-rhel7:latest");
            preflight = of(registry);
            preflight.run();
            assertThat(folder.resolve("images")).isDirectoryContaining("glob:**/{missing.txt,images.lock}");
        }

        assertThat(preflight.run().failed()).extracting(Check::id).contains("registry.tcp");

        assertThat(folder.resolve("images")).isDirectoryNotContaining("glob:**/{missing.*,images.lock}");
    }

    @ParameterizedTest(name = "({0})")
    @CsvSource({"401, image.unauthorized", "403, image.forbidden"})
    @DisplayName("takes an image that is refused, after the login was accepted, for one that may be missing")
    void refused(int status, String id) {
        try (SimulatedRegistry registry = full(SimulatedRegistry.start())) {
            registry.inject(Fault.status(status), 9, request -> request.path().contains("/mysql-57-rhel7/manifests/"));

            PreflightFixture.Result result = of(registry).run();

            assertThat(result.failed()).singleElement().satisfies(check -> {
                assertThat(check.id()).isEqualTo(id);
                assertThat(check.subject()).isEqualTo(registry.host() + "/rhscl/mysql-57-rhel7:latest");
                assertThat(check.fix().orElseThrow())
                        .startsWith("Mirror the image")
                        .contains("<registryServerId>");
            });
            assertThat(folder.resolve("images/missing.txt"))
                    .content()
                    .contains("registry.access.redhat.com/rhscl/mysql-57-rhel7:latest\n");
        }
    }

    @Test
    @DisplayName("suspects the path when no image is there at all")
    void wrongPath() {
        try (SimulatedRegistry registry = full(SimulatedRegistry.start())) {
            PreflightFixture.Result result = of(registry).prefix("mirror").run();

            assertThat(result.check("image.found").message()).isEqualTo("none of the 143 images is in the registry");
            assertThat(result.check("image.found").fix().orElseThrow()).contains("<registry>", "<mappings>");
        }
    }

    @Test
    @DisplayName("does not guess the images of an OpenShift that it does not know")
    void unknownOpenShift() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            PreflightFixture.Result result = of(registry).openshift("v3.6.1").run();

            assertThat(result.failed())
                    .as("its oc would have to come from outside")
                    .extracting(Check::id)
                    .containsExactly("tools.oc");
            assertThat(result.check("image.catalogue").message())
                    .isEqualTo("the images of this OpenShift version are unknown, so they were not checked");
        }
    }

    @Test
    @DisplayName("notices a CDK that was never set up, and still looks at everything else")
    void notSetUp() {
        try (SimulatedCdk fresh = SimulatedCdk.in(folder.resolve("fresh"))
                        .version("cdk-3.5")
                        .installed(false)
                        .create();
                SimulatedRegistry registry = full(SimulatedRegistry.start())) {
            registry.remove("rhscl/mysql-57-rhel7:latest");

            PreflightFixture.Result result = new PreflightFixture(
                            fresh, Registry.to(registry.host()).withInsecure(true), folder)
                    .openshift(OPENSHIFT)
                    .run();

            assertThat(result.failed()).extracting(Check::id).containsExactly("tools.setup", "image.missing");
            assertThat(result.check("tools.setup").fix().orElseThrow()).contains("setup-cdk");
        }
    }

    @Test
    @DisplayName("tells what it looked at side by side in the order of the looks")
    void order() {
        CountDownLatch second = new CountDownLatch(1);

        assertThat(Preflight.sideBySide(List.of(
                        () -> {
                            assertThat(awaits(second)).isTrue();
                            return List.of(Check.ok("one", "first", "fine"));
                        },
                        () -> {
                            second.countDown();
                            return List.of(Check.ok("two", "second", "fine"), Check.ok("three", "second", "fine"));
                        })))
                .extracting(Check::id)
                .containsExactly("one", "two", "three");
    }

    @Test
    @DisplayName("fails as a look does that cannot tell what it found")
    void failingLook() {
        Problem problem = Problem.of("The program does not start.", "install it");

        assertThatThrownBy(() -> Preflight.sideBySide(List.of(List::of, () -> {
                    throw problem.toException();
                })))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("The program does not start.");
    }

    @Test
    @Timeout(30)
    @DisplayName("ends as interrupted with the build, and so does what it looks at")
    void interrupted() throws InterruptedException {
        CountDownLatch woken = new CountDownLatch(1);
        Thread build = Thread.currentThread();

        assertThatThrownBy(() -> Preflight.sideBySide(List.of(() -> {
                    build.interrupt();
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        woken.countDown();
                    }
                    return List.of();
                })))
                .isInstanceOf(CancellationException.class);

        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(awaits(woken)).isTrue();
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
