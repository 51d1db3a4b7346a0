package io.github.cdkmaven.minishift.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.minishift.StartOption;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TestCertificates.Kind;
import io.github.cdkmaven.tls.Pem;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A company's CA that this JVM trusts by its own store, as keytool puts it there,")
class ClosedRegistryCheckTest {

    private static final String STORE = "javax.net.ssl.trustStore";
    private static final char[] NO_PASSWORD = {};

    @TempDir
    Path folder;

    private SimulatedRegistry registry;
    private Path pem;

    @BeforeEach
    void trustByTheStoreOfTheJvm() throws Exception {
        registry = SimulatedRegistry.builder().tls(Kind.PRIVATE_CA).start();
        pem = Files.writeString(folder.resolve("ca.pem"), registry.caPem().orElseThrow());
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, NO_PASSWORD);
        store.setCertificateEntry(
                "corp", Pem.certificates(Files.readString(pem)).get(0));
        Path file = folder.resolve("cacerts");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, NO_PASSWORD);
        }
        System.setProperty(STORE, file.toString());
    }

    @AfterEach
    void distrust() {
        System.clearProperty(STORE);
        registry.close();
    }

    @ParameterizedTest
    @CsvSource({"v3.11.141, <registryCa>", "v3.9.31, <registryInsecure>true</registryInsecure>"})
    @DisplayName("is unknown to docker in the VM and to OpenShift's importer, so that no VM is started")
    void unknownToTheVm(String openshift, String fix) {
        assertThat(checks(Registry.to(registry.host()), Map.of(), openshift))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.outcome()).isEqualTo(CheckOutcome.FAIL);
                    assertThat(check.id()).isEqualTo("registry.trust");
                    assertThat(check.message()).contains("this JVM's own trust store", "docker in the VM", "importer");
                    assertThat(check.fix().orElseThrow()).startsWith(fix);
                });
    }

    @ParameterizedTest
    @CsvSource({"v3.11.141, OK", "v3.9.31, FAIL"})
    @DisplayName("is as good as any other private one where <registryCa> names it as well")
    void namedAsWell(String openshift, CheckOutcome outcome) {
        assertThat(checks(Registry.to(registry.host()).withCa(pem), Map.of(), openshift))
                .filteredOn(check -> check.id().equals("registry.trust"))
                .singleElement()
                .satisfies(check -> assertThat(check.outcome()).isEqualTo(outcome));
    }

    @Test
    @DisplayName("stays unknown to OpenShift's own registry, by which tags with referencePolicy Local are pulled")
    void pullThrough() {
        assertThat(checks(Registry.to(registry.host()).withCa(pem), Map.of(), "v3.11.141"))
                .filteredOn(check -> check.outcome() == CheckOutcome.WARN)
                .singleElement()
                .satisfies(check -> assertThat(check.message()).contains("<registryCa>", "referencePolicy: Local"));
    }

    @Test
    @DisplayName("may be known to somebody's own machine, and does not matter with <registryInsecure>")
    void otherwise() {
        Registry access = Registry.to(registry.host());

        assertThat(checks(access, Map.of(StartOption.VM_DRIVER, List.of("generic")), "v3.11.141"))
                .singleElement()
                .satisfies(check -> assertThat(check.outcome()).isEqualTo(CheckOutcome.WARN));
        assertThat(checks(access.withInsecure(true), Map.of(), "v3.11.141")).isEmpty();
    }

    private static List<Check> checks(Registry access, Map<StartOption, List<String>> options, String openshift) {
        return new ClosedRegistryCheck(StartSettings.of(Registries.of(access)).with(options), () -> openshift).get();
    }
}
