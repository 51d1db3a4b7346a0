package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.registry.TestCertificates;
import io.github.cdkmaven.sim.registry.TestCertificates.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The authorities in the VM")
class VmAuthoritiesTest {

    private static final String ONE = "registry.corp.example:5000";
    private static final String OTHER = "mirror.corp.example";

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "come there whole for each host, in several calls where they are too long for one, and without what else the file says")
    void longBundle() throws IOException {
        String authority = TestCertificates.create(Kind.PRIVATE_CA).authorityPem();
        Path bundle = Files.writeString(folder.resolve("ca.pem"), ("# the company's\n" + authority).repeat(40));
        Relocation rules =
                new Relocation(List.of(Mapping.parse("docker.io=" + ONE), Mapping.parse("quay.io=" + OTHER + "/quay")));
        StartSettings settings = StartSettings.of(Registries.of(Registry.to(ONE).withCa(bundle), rules));
        try (SimulatedCdk cdk = SimulatedCdk.in(folder.resolve("site"))
                .version("cdk-3.10")
                .pacing(false)
                .create()) {
            cdk.run(Map.of("MINISHIFT_ENABLE_EXPERIMENTAL", "true"), "start", "--no-provision", "--skip-registration");
            Minishift minishift = new Minishift(
                    new CommandRunner(Secrets.NONE),
                    cdk.minishift(),
                    Optional.of(cdk.home()),
                    Optional.empty(),
                    folder.resolve("kubeconfig"));

            new VmAuthorities(settings, minishift).ofDocker(Deadline.in(Duration.ofMinutes(2)));

            for (String host : List.of(ONE, OTHER)) {
                String there = cdk.ssh("", "cat /etc/docker/certs.d/" + host + "/ca.crt")
                        .stdout();
                assertThat(there.lines().filter("-----BEGIN CERTIFICATE-----"::equals))
                        .hasSize(40);
                assertThat(there).doesNotContain("company").endsWith("-----END CERTIFICATE-----\n");
            }
            assertThat(cdk.ssh("", "ls /run/cdk-maven-plugin-ca").exit()).isNotZero();
            assertThat(cdk.journal().minishiftCalls()).hasSizeGreaterThan(1).allMatch(call -> call.length() < 32_000);
        }
    }

    @Test
    @DisplayName("are not brought there for an insecure registry, or without a CA")
    void nothingToDo() throws IOException {
        Path ca = Files.writeString(
                folder.resolve("ca.pem"),
                TestCertificates.create(Kind.PRIVATE_CA).authorityPem());

        for (Registry registry :
                List.of(Registry.to(ONE), Registry.to(ONE).withCa(ca).withInsecure(true))) {
            StartSettings settings = StartSettings.of(Registries.of(registry));
            assertThat(settings.hasOwnAuthority(ONE)).isFalse();
            assertThat(settings.hasClosedRegistry()).isFalse();
        }
    }
}
