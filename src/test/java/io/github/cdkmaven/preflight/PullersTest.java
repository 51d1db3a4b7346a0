package io.github.cdkmaven.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Party;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.cluster.ImportParty;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.pull.PullLogin;
import io.github.cdkmaven.sim.registry.RegistryFlavour;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TestCertificates.Kind;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Each party that pulls, by each challenge, each login and each trust: what preflight says is what the simulated party then does. */
@DisplayName("What preflight says of those who pull is what they do:")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PullersTest {

    private static final String IMAGE = "a/b:1";

    /** With which login. */
    private enum With {
        NOBODY(""),
        RIGHT(RegistryFlavour.PASSWORD),
        WRONG("secret");

        private final String password;

        With(String password) {
            this.password = password;
        }

        Optional<PullLogin> login() {
            return this == NOBODY ? Optional.empty() : Optional.of(new PullLogin(RegistryFlavour.USER, password));
        }

        Registry at(Registry access) {
            return this == NOBODY ? access : access.withCredentials(new Credentials(RegistryFlavour.USER, password));
        }
    }

    private final Map<RegistryFlavour, SimulatedRegistry> flavours = new EnumMap<>(RegistryFlavour.class);
    private final Map<Kind, SimulatedRegistry> kinds = new EnumMap<>(Kind.class);
    private final Map<String, String> hosts = new HashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<String, List<Check>> said = new HashMap<>();
    private SimulatedCdk cdk;

    @TempDir
    Path folder;

    @BeforeAll
    void startAll(@TempDir Path site) {
        for (RegistryFlavour flavour : RegistryFlavour.values()) {
            flavours.put(flavour, start(flavour, Kind.PRIVATE_CA));
            hosts.put(host(flavour.name()), flavours.get(flavour).host());
        }
        for (Kind kind : Kind.values()) {
            kinds.put(kind, start(RegistryFlavour.OPEN, kind));
            for (int trust = 0; trust < 3; trust++) {
                hosts.put(host(kind.name() + trust), kinds.get(kind).host());
            }
        }
        cdk = SimulatedCdk.in(site).version("cdk-3.10").hosts(hosts).create();
        open.add(cdk);
        SimulatedCdk.Output boot = cdk.run(
                Map.of("MINISHIFT_ENABLE_EXPERIMENTAL", "true"), "start", "--no-provision", "--skip-registration");
        assertThat(boot.exit()).as("%s", boot).isZero();
        flavours.forEach((flavour, registry) ->
                putAuthority(host(flavour.name()), registry.caPem().orElseThrow()));
    }

    private SimulatedRegistry start(RegistryFlavour flavour, Kind kind) {
        SimulatedRegistry registry = flavour.start(kind);
        open.add(registry);
        registry.put(IMAGE, TinyImage.named("b"));
        return registry;
    }

    @AfterAll
    void endAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    private static String host(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-') + ".corp.example:5000";
    }

    private void putAuthority(String host, String pem) {
        String certificates = "/etc/docker/certs.d/" + host;
        assertThat(cdk.ssh(pem, "sudo mkdir -p " + certificates + " && sudo tee " + certificates + "/ca.crt >/dev/null")
                        .exit())
                .isZero();
    }

    @TestFactory
    @DisplayName("docker, by challenge and login")
    Stream<DynamicTest> docker() {
        return Stream.of(With.values()).flatMap(with -> flavours.keySet().stream()
                .map(flavour -> dynamicTest(flavour + " by " + with, () -> {
                    ObjectNode config = JsonFile.object();
                    ObjectNode auths = config.putObject("auths");
                    with.login().ifPresent(login -> auths.putObject(host(flavour.name()))
                            .put("auth", login.auth()));
                    cdk.ssh(config.toString(), "mkdir -p ~/.docker && cat > ~/.docker/config.json");
                    SimulatedCdk.Output pull = cdk.ssh("", "docker pull " + host(flavour.name()) + "/" + IMAGE);

                    check(flavour, with, Party.DOCKER, pull.exit() == 0, pull.stderr());
                })));
    }

    @TestFactory
    @DisplayName("the importer of OpenShift 3.9 and 3.11, by challenge and login")
    Stream<DynamicTest> importer() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (String version : List.of("v3.9.31", "v3.11.141")) {
            ImportParty party = ImportParty.of(version, hosts);
            open.add(party);
            flavours.values().forEach(registry -> party.trust(registry.caPem().orElseThrow()));
            party.start();
            for (With with : With.values()) {
                String namespace = with.name().toLowerCase(Locale.ROOT);
                party.logIn(namespace, with.login(), hosts.keySet());
                for (RegistryFlavour flavour : flavours.keySet()) {
                    tests.add(dynamicTest(version + ", " + flavour + " by " + with, () -> {
                        String outcome = party.importOf(namespace, host(flavour.name()) + "/" + IMAGE, false);
                        check(flavour, with, Party.IMPORTER, outcome.equals("ok"), outcome);
                    }));
                }
            }
        }
        return tests.stream();
    }

    private List<Check> preflight(RegistryFlavour flavour, With with) {
        SimulatedRegistry registry = flavours.get(flavour);
        try {
            Path ca =
                    Files.writeString(folder.resolve("ca.pem"), registry.caPem().orElseThrow());
            return preflight(with.at(Registry.to(registry.host()).withCa(ca)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(RegistryFlavour flavour, With with, Party party, boolean pulled, String outcome) {
        List<Check> checks = said.computeIfAbsent(flavour + " by " + with, cell -> preflight(flavour, with));

        assertThat(says(party, checks))
                .as("preflight: %s%n%s: %s", checks, party.words(), outcome)
                .isEqualTo(pulled);
    }

    @TestFactory
    @DisplayName("docker and the importer of 3.11, by certificate and trust")
    Stream<DynamicTest> trust() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (int trust = 0; trust < 3; trust++) {
            ImportParty party = ImportParty.of("v3.11.141", hosts);
            open.add(party);
            int level = trust;
            kinds.keySet().forEach(kind -> party.alsoTrust(authorities(kind, level)));
            party.start();
            for (Kind kind : kinds.keySet()) {
                String image = host(kind.name() + level) + "/" + IMAGE;
                String pem = authorities(kind, level);
                tests.add(dynamicTest(kind + " by trust " + level, () -> {
                    Registry access = Registry.to(kinds.get(kind).host());
                    List<Check> checks = preflight(
                            pem.isEmpty() ? access : access.withCa(Files.writeString(folder.resolve("ca.pem"), pem)));
                    if (!pem.isEmpty()) {
                        putAuthority(host(kind.name() + level), pem);
                    }
                    SimulatedCdk.Output pull = cdk.ssh("", "docker pull " + image);

                    assertThat(says(Party.DOCKER, checks)).as(pull.stderr()).isEqualTo(pull.exit() == 0);
                    String outcome = party.importOf("myproject", image, false);
                    assertThat(says(Party.IMPORTER, checks)).as(outcome).isEqualTo(outcome.equals("ok"));
                    assertThat(preflight(access.withInsecure(true)))
                            .as("with registryInsecure")
                            .noneMatch(check -> check.outcome() == CheckOutcome.FAIL);
                    assertThat(party.importOf("myproject", image, true)).isEqualTo("ok");
                }));
            }
        }
        return tests.stream();
    }

    private String authorities(Kind kind, int trust) {
        SimulatedRegistry registry = kinds.get(kind);
        return switch (trust) {
            case 0 -> "";
            case 1 -> registry.caPem().orElseThrow();
            default ->
                registry.caPem().orElseThrow() + (kind == Kind.INTERMEDIATE_NOT_SENT ? registry.intermediatePem() : "");
        };
    }

    /** What preflight says of a party: its own finding, else that of this JVM. */
    private static boolean says(Party party, List<Check> checks) {
        String id = party == Party.DOCKER ? "registry.docker" : "registry.importer";
        return checks.stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .map(check -> check.outcome() != CheckOutcome.FAIL)
                .orElseGet(() -> checks.stream()
                        .filter(check -> !check.id().equals("registry.docker")
                                && !check.id().equals("registry.importer"))
                        .noneMatch(check -> check.outcome() == CheckOutcome.FAIL));
    }

    private List<Check> preflight(Registry access) {
        return OneImagePreflight.of(access, IMAGE, folder);
    }
}
