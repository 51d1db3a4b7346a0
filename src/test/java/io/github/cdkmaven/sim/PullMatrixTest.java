package io.github.cdkmaven.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.ImportParty;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.pull.PullLogin;
import io.github.cdkmaven.sim.registry.RegistryFlavour;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TestCertificates.Kind;
import io.github.cdkmaven.sim.registry.TinyImage;
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

/**
 * Each party that pulls against each kind of registry, by each login, and by each trust. The right answers are those of real
 * programs: OpenShift's of a real 3.9 ({@code facts/measured.md}, {@code cases/README.md} "pulls", {@code msgs-real39.json}),
 * docker's of the client that both have in common.
 */
@DisplayName("Who pulls from what")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PullMatrixTest {

    private static final String IMAGE = "/a/b:1";
    private static final String WANTS_TO_KNOW = "no basic auth credentials";
    private static final String REFUSED = ": unauthorized";
    private static final String NO_ACCESS = "you may not have access to the Docker image";
    private static final String WRONG = "incorrect username or password";

    /** With which login. */
    private enum With {
        NOBODY,
        RIGHT,
        WRONG;

        Optional<PullLogin> login() {
            return switch (this) {
                case NOBODY -> Optional.empty();
                case RIGHT -> Optional.of(new PullLogin(RegistryFlavour.USER, RegistryFlavour.PASSWORD));
                case WRONG -> Optional.of(new PullLogin(RegistryFlavour.USER, "secret"));
            };
        }
    }

    /** What comes of nobody, the right and a wrong login; {@code ok}, or a part of what the party says. */
    private record Row(RegistryFlavour flavour, List<String> docker, List<String> importer) {

        static Row of(RegistryFlavour flavour, List<String> docker, List<String> importer) {
            return new Row(flavour, docker, importer);
        }

        static Row same(RegistryFlavour flavour, String docker, String importer) {
            return new Row(flavour, List.of(docker, docker, docker), List.of(importer, importer, importer));
        }
    }

    private static final List<Row> ROWS = List.of(
            Row.same(RegistryFlavour.OPEN, "ok", "ok"),
            Row.of(RegistryFlavour.BASIC, List.of(WANTS_TO_KNOW, "ok", REFUSED), List.of(NO_ACCESS, "ok", NO_ACCESS)),
            Row.of(
                    RegistryFlavour.BASIC_BY_PROXY,
                    List.of(WANTS_TO_KNOW, "ok", REFUSED),
                    List.of(NO_ACCESS, "ok", NO_ACCESS)),
            Row.of(RegistryFlavour.TOKEN, List.of(REFUSED, "ok", WRONG), List.of(REFUSED, "ok", WRONG)),
            Row.of(RegistryFlavour.TOKEN_WITH_SCOPE, List.of("ok", "ok", WRONG), List.of("ok", "ok", "ok")),
            Row.of(RegistryFlavour.EMPTY_TOKEN, List.of("ok", "ok", WRONG), List.of("ok", "ok", "ok")),
            // The password is dropped on the way from http to https, so that a wrong one is as good as none.
            Row.same(RegistryFlavour.HTTP_REALM, "ok", "ok"),
            Row.same(RegistryFlavour.OPEN_ROOT, REFUSED, NO_ACCESS),
            Row.same(RegistryFlavour.NEGOTIATE_BASIC, REFUSED, NO_ACCESS),
            Row.same(RegistryFlavour.BASIC_BEARER, REFUSED, NO_ACCESS),
            Row.of(RegistryFlavour.BASIC_BEARER_IN_TWO, List.of(REFUSED, "ok", WRONG), List.of(REFUSED, "ok", WRONG)),
            Row.same(RegistryFlavour.NO_CHALLENGE, REFUSED, NO_ACCESS),
            Row.same(
                    RegistryFlavour.BROKEN_REALM,
                    "invalid token auth challenge realm",
                    "invalid token auth challenge realm: parse"),
            Row.of(
                    RegistryFlavour.HTML_TOKEN,
                    List.of("unable to decode token response", "unable to decode token response", WRONG),
                    List.of(
                            "unable to decode token response: invalid character '<'",
                            "unable to decode token response",
                            WRONG)),
            Row.same(RegistryFlavour.ROOT_FORBIDDEN, "ok", "ok"),
            Row.same(RegistryFlavour.ROOT_REDIRECTED, "ok", "ok"),
            Row.same(RegistryFlavour.NO_REGISTRY, "not found", "does not support the v2 Registry API"),
            Row.same(RegistryFlavour.BLOBS_GONE, "unknown blob", "Internal error occurred: unknown blob"),
            Row.same(RegistryFlavour.CLIENT_CERTIFICATE, "remote error: tls: ", "remote error: tls: "),
            Row.same(
                    RegistryFlavour.CLIENT_CERTIFICATE_BY_PROXY,
                    "error parsing HTTP 400 response body",
                    "error retrieving repository: server returned 400"));

    private final Map<RegistryFlavour, SimulatedRegistry> flavours = new EnumMap<>(RegistryFlavour.class);
    private final Map<String, SimulatedRegistry> trusts = new HashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private SimulatedCdk cdk;

    @BeforeAll
    void startAll(@TempDir Path folder) {
        Map<String, String> hosts = new HashMap<>();
        for (RegistryFlavour flavour : RegistryFlavour.values()) {
            SimulatedRegistry registry = flavour.start(Kind.PRIVATE_CA);
            flavours.put(flavour, registry);
            hosts.put(host(flavour), registry.host());
        }
        for (Kind kind : Kind.values()) {
            SimulatedRegistry registry = RegistryFlavour.OPEN.start(kind);
            trusts.put(host(kind.name()), registry);
            hosts.put(host(kind.name()), registry.host());
        }
        SimulatedRegistry plain = RegistryFlavour.OPEN.start();
        trusts.put(host("plain"), plain);
        hosts.put(host("plain"), plain.host());
        Stream.concat(flavours.values().stream(), trusts.values().stream()).forEach(registry -> {
            registry.put("a/b:1", TinyImage.named("b"));
            open.add(registry);
        });
        cdk = SimulatedCdk.in(folder).version("cdk-3.10").hosts(hosts).create();
        open.add(cdk);
        boot();
        flavours.forEach((flavour, registry) ->
                putAuthority(host(flavour), registry.caPem().orElseThrow()));
    }

    @AfterAll
    void endAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    private void boot(String... insecure) {
        List<String> arguments = new ArrayList<>(List.of("start", "--no-provision", "--skip-registration"));
        Stream.of(insecure).forEach(host -> arguments.addAll(List.of("--insecure-registry", host)));
        SimulatedCdk.Output start =
                cdk.run(Map.of("MINISHIFT_ENABLE_EXPERIMENTAL", "true"), arguments.toArray(String[]::new));
        assertThat(start.exit()).as("%s", start).isZero();
    }

    private static String host(RegistryFlavour flavour) {
        return host(flavour.name());
    }

    private static String host(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-') + ".corp.example:5000";
    }

    private void putAuthority(String host, String pem) {
        String folder = "/etc/docker/certs.d/" + host;
        SimulatedCdk.Output put =
                cdk.ssh(pem, "sudo mkdir -p " + folder + " && sudo tee " + folder + "/ca.crt >/dev/null");
        assertThat(put.exit()).as("%s", put).isZero();
    }

    @TestFactory
    @DisplayName("docker, whose client has a login in ~/.docker/config.json or not")
    Stream<DynamicTest> docker() {
        return Stream.of(With.values()).flatMap(with -> ROWS.stream()
                .map(row -> dynamicTest(row.flavour() + " by " + with, () -> {
                    logIn(with);
                    SimulatedCdk.Output pull = cdk.ssh("", "docker pull " + host(row.flavour()) + IMAGE);
                    check(pull.exit() == 0 ? "ok" : pull.stderr(), row.docker().get(with.ordinal()));
                })));
    }

    private void logIn(With with) {
        ObjectNode config = JsonFile.object();
        ObjectNode auths = config.putObject("auths");
        with.login().ifPresent(login -> flavours.keySet()
                .forEach(flavour -> auths.putObject(host(flavour)).put("auth", login.auth())));
        assertThat(cdk.ssh(config.toString(), "mkdir -p ~/.docker && cat > ~/.docker/config.json")
                        .exit())
                .isZero();
    }

    @TestFactory
    @DisplayName("the importer of OpenShift 3.9 and 3.11, which has a login in the namespace or not")
    Stream<DynamicTest> importer() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (String version : List.of("v3.9.31", "v3.11.141")) {
            ImportParty party = ImportParty.of(version, addresses());
            open.add(party);
            flavours.values().forEach(registry -> party.trust(registry.caPem().orElseThrow()));
            party.start();
            for (With with : With.values()) {
                party.logIn(
                        with.name().toLowerCase(Locale.ROOT),
                        with.login(),
                        addresses().keySet());
                for (Row row : ROWS) {
                    tests.add(dynamicTest(
                            version + ", " + row.flavour() + " by " + with,
                            () -> check(
                                    party.importOf(
                                            with.name().toLowerCase(Locale.ROOT), host(row.flavour()) + IMAGE, false),
                                    row.importer().get(with.ordinal()))));
                }
            }
        }
        return tests.stream();
    }

    private Map<String, String> addresses() {
        Map<String, String> addresses = new HashMap<>();
        flavours.forEach((flavour, registry) -> addresses.put(host(flavour), registry.host()));
        trusts.forEach((host, registry) -> addresses.put(host, registry.host()));
        return addresses;
    }

    private static void check(String outcome, String expected) {
        if (expected.equals("ok")) {
            assertThat(outcome).isEqualTo("ok");
        } else {
            assertThat(outcome).contains(expected);
        }
    }

    /** What is trusted, and what comes of it: by nothing, by the root, by root and intermediate, by being insecure. */
    private static final Map<String, List<String>> TRUST = Map.of(
            "private-ca", List.of("signed by unknown authority", "ok", "ok", "ok"),
            "expired",
                    List.of(
                            "has expired or is not yet valid",
                            "has expired or is not yet valid",
                            "has expired or is not yet valid",
                            "ok"),
            "wrong-host",
                    List.of("signed by unknown authority", "is valid for registry.other.example, not", "not", "ok"),
            "intermediate-not-sent", List.of("signed by unknown authority", "signed by unknown authority", "ok", "ok"),
            "plain",
                    List.of(
                            "server gave HTTP response to HTTPS client",
                            "server gave HTTP response to HTTPS client",
                            "server gave HTTP response to HTTPS client",
                            "ok"));

    private String authorities(String host, int level) {
        SimulatedRegistry registry = trusts.get(host);
        String root = registry.caPem().orElse("");
        return level == 0 || root.isEmpty()
                ? ""
                : level == 2 && host.startsWith("intermediate") ? root + registry.intermediatePem() : root;
    }

    @TestFactory
    @DisplayName("docker, by what /etc/docker/certs.d holds and by --insecure-registry")
    Stream<DynamicTest> trustOfDocker() {
        return TRUST.entrySet().stream().flatMap(row -> {
            String host = row.getKey() + ".corp.example:5000";
            return Stream.of(0, 1, 2)
                    .map(level -> dynamicTest(row.getKey() + " by trust " + level, () -> {
                        if (!authorities(host, level).isEmpty()) {
                            putAuthority(host, authorities(host, level));
                        }
                        SimulatedCdk.Output pull = cdk.ssh("", "docker pull " + host + IMAGE);
                        check(
                                pull.exit() == 0 ? "ok" : pull.stderr(),
                                row.getValue().get(level));
                    }));
        });
    }

    @TestFactory
    @DisplayName("the importer, by the authorities of the system or additionalTrustedCA of 3.11, and by insecure tags")
    Stream<DynamicTest> trustOfImporter() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (int level = 0; level < 3; level++) {
            int trust = level;
            for (boolean additional : List.of(false, true)) {
                ImportParty party = ImportParty.of("v3.11.141", addresses());
                open.add(party);
                for (String host : trusts.keySet()) {
                    String pem = authorities(host, level);
                    if (additional) {
                        party.alsoTrust(pem);
                    } else {
                        party.trust(pem);
                    }
                }
                party.start();
                TRUST.forEach((name, expected) ->
                        tests.add(dynamicTest(name + " by trust " + trust + (additional ? ", additional" : ""), () -> {
                            String image = name + ".corp.example:5000" + IMAGE;
                            check(party.importOf("myproject", image, false), expected.get(trust));
                            check(party.importOf("myproject", image, true), expected.get(3));
                        })));
            }
        }
        return tests.stream();
    }
}
