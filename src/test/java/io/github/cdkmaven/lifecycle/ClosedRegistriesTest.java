package io.github.cdkmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.registry.DockerRegistry;
import io.github.cdkmaven.world.Mirror;
import io.github.cdkmaven.world.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real docker-registry each, under a name: docker trusts the addresses 127.x by itself. */
@DisplayName("A registry with a login, with a certificate of the company's CA, or with both")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClosedRegistriesTest {

    private static final Credentials JANE = new Credentials("jane", "s3cret");
    private static final Credentials JOHN = new Credentials("john", "hunter2");

    @TempDir
    Path folder;

    private final Map<Closed, DockerRegistry> registries = new EnumMap<>(Closed.class);
    private final Set<String> platforms = new HashSet<>();
    private DockerRegistry content;

    @BeforeAll
    void startContent() {
        assumeTrue(DockerRegistry.available(), "docker-registry is not installed");
        content = DockerRegistry.start();
        new Mirror(content).defaultImageStreams();
    }

    @AfterAll
    void endAll() {
        registries.values().forEach(DockerRegistry::close);
        if (content != null) {
            content.close();
        }
    }

    /** The images are there once, whoever serves them. */
    private DockerRegistry registry(Closed closed) {
        return registries.computeIfAbsent(closed, kind -> kind.start(JANE, content));
    }

    private enum Closed {
        LOGIN,
        CA,
        BOTH;

        private DockerRegistry start(Credentials login, DockerRegistry content) {
            DockerRegistry.Builder builder = DockerRegistry.builder().holding(content);
            if (this != LOGIN) {
                builder.tls();
            }
            if (this != CA) {
                builder.basicAuth(login.user(), login.password());
            }
            return builder.start();
        }
    }

    private static String named(String host, DockerRegistry registry) {
        return host + registry.host().substring(registry.host().indexOf(':'));
    }

    private Registry access(Closed closed, String host, DockerRegistry registry) throws IOException {
        Registry access = closed == Closed.LOGIN
                ? Registry.to(host).withInsecure(true)
                : Registry.to(host)
                        .withCa(Files.writeString(
                                folder.resolve("ca.pem"), registry.caPem().orElseThrow()));
        return closed == Closed.CA ? access : access.withCredentials(JANE);
    }

    private SimulatedCdk cdk(String version, Map<String, String> hosts) {
        return SimulatedCdk.in(folder.resolve("site"))
                .version(version)
                .pacing(false)
                .hosts(hosts)
                .create();
    }

    @ParameterizedTest
    @CsvSource({
        "cdk-3.3, LOGIN",
        "cdk-3.4, LOGIN",
        "cdk-3.5, LOGIN",
        "cdk-3.7, LOGIN",
        "cdk-3.7, CA",
        "cdk-3.7, BOTH",
        "cdk-3.10, LOGIN",
        "cdk-3.10, CA"
    })
    @DisplayName("lets a CDK start, move and stop, and pods and builds of its project pull")
    void green(String version, Closed closed) throws IOException {
        DockerRegistry registry = registry(closed);
        String host = named("images.corp.example", registry);
        try (SimulatedCdk cdk = cdk(version, Map.of(host, registry.host()))) {
            Site site = site(cdk, registry, access(closed, host, registry));

            site.start();

            assertPulled(site, cdk, host, closed);
            site.stop();
            assertThat(cdk.status()).contains("Minishift:  Stopped");
            assertThat(cdk.run(Map.of(), "image", "cache-config", "view").stdout())
                    .isEmpty();
        }
    }

    private Site site(SimulatedCdk cdk, DockerRegistry registry, Registry access) {
        if (platforms.add(cdk.openshift())) {
            new Mirror(content).platform("openshift3/ose", cdk.openshift());
        }
        return new Site(cdk, registry, folder.resolve("reports")).registries(Registries.of(access));
    }

    @Test
    @DisplayName("is attached to without a change, and trusted again by a VM that has forgotten it at its boot")
    void again() throws IOException {
        DockerRegistry registry = registry(Closed.BOTH);
        String host = named("images.corp.example", registry);
        try (SimulatedCdk cdk = cdk("cdk-3.10", Map.of(host, registry.host()))) {
            Site site = site(cdk, registry, access(Closed.BOTH, host, registry));

            site.start();
            assertPulled(site, cdk, host, Closed.BOTH);
            int changes = cdk.journal().changingCalls().size();
            site.start();
            assertThat(site.report().at("/summary/imported").asInt()).isZero();
            assertThat(cdk.journal().changingCalls()).hasSize(changes);

            site.stop();
            site.start();
            assertPulled(site, cdk, host, Closed.BOTH);
            site.stop();
            assertThat(cdk.status()).contains("Minishift:  Stopped");
        }
    }

    private static void assertPulled(Site site, SimulatedCdk cdk, String host, Closed closed) {
        assertThat(site.report().path("outcome").asText()).isEqualTo("ok");
        assertThat(site.report().at("/summary/failed").asInt()).isZero();
        assertThat(site.report().at("/summary/external").asInt()).isZero();
        // An image that no cache has brought in.
        String image = host + "/rhscl/redis-32-rhel7:latest";
        assertThat(cdk.pullForPod("myproject", image)).isEmpty();
        assertThat(cdk.pullForBuild("myproject", image)).isEmpty();
        assertThat(cdk.ssh("", "docker info").stdout().contains(" " + host + "\n"))
                .as("docker takes it as insecure")
                .isEqualTo(closed == Closed.LOGIN);
    }

    @ParameterizedTest
    @CsvSource({"cdk-3.3, CA", "cdk-3.3, BOTH", "cdk-3.4, CA", "cdk-3.4, BOTH", "cdk-3.5, CA", "cdk-3.5, BOTH"})
    @DisplayName(
            "is refused before anything boots where OpenShift's importer can be told of no CA, and nothing becomes insecure by itself")
    void refused(String version, Closed closed) throws IOException {
        DockerRegistry registry = registry(closed);
        String host = named("images.corp.example", registry);
        try (SimulatedCdk cdk = cdk(version, Map.of(host, registry.host()))) {
            Site site = site(cdk, registry, access(closed, host, registry));

            ProblemException refusal = catchThrowableOfType(ProblemException.class, site::start);

            assertThat(refusal.problem().what()).contains("Preflight found 1 problem");
            assertThat(refusal.problem().evidence())
                    .anyMatch(line -> line.startsWith("registry.trust " + host) && line.contains(cdk.openshift()));
            assertThat(site.report().path("checks").findValuesAsText("fix"))
                    .anyMatch(fix -> fix.startsWith("<registryInsecure>true</registryInsecure>"));
            assertThat(cdk.status()).contains("Does Not Exist");
            assertThat(cdk.journal().changingCalls()).isEmpty();
        }
    }

    @Test
    @DisplayName("may be one of two, each with a login and a CA of its own")
    void two() throws IOException {
        DockerRegistry platform = registry(Closed.BOTH);
        try (DockerRegistry streams = Closed.BOTH.start(JOHN, content)) {
            String own = named("images.corp.example", platform);
            String other = named("mirror.corp.example", streams);
            Map<String, String> hosts = new LinkedHashMap<>();
            hosts.put(own, platform.host());
            hosts.put(other, streams.host());
            try (SimulatedCdk cdk = cdk("cdk-3.10", hosts)) {
                Path authorities = Files.writeString(
                        folder.resolve("ca.pem"),
                        platform.caPem().orElseThrow() + streams.caPem().orElseThrow());
                Relocation rules = new Relocation(List.of(
                        Mapping.parse("registry.access.redhat.com=" + own),
                        Mapping.parse("registry.redhat.io=" + own),
                        Mapping.parse("docker.io=" + own),
                        Mapping.parse("registry.access.redhat.com/rhscl=" + other + "/rhscl"),
                        Mapping.parse("registry.redhat.io/rhscl=" + other + "/rhscl")));
                Registry access = new Registry(
                        RegistryName.of("registry", own),
                        false,
                        Optional.of(authorities),
                        Optional.of(JANE),
                        Duration.ofSeconds(30));
                Site site = site(cdk, platform, access).registries(new Registries(access, rules, Map.of(other, JOHN)));

                site.start();

                assertPulled(site, cdk, other, Closed.BOTH);
                assertThat(cdk.pullForPod("myproject", own + "/openshift3/ose-node:" + cdk.openshift()))
                        .isEmpty();
                assertThat(platform.log()).noneMatch(line -> line.contains("john"));
                site.stop();
                assertThat(cdk.status()).contains("Minishift:  Stopped");
            }
        }
    }
}
