package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.engine.Contents;
import io.github.cdkmaven.engine.Difference;
import io.github.cdkmaven.engine.RegistryPolicy;
import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The options of the VM's docker")
class DockerRegistriesTest {

    private static final String REGISTRY = "registry.corp.example:5000";
    private static final String RECREATE = "'mvn cdk:delete -Dcdk.home=/vms -Dcdk.profile=ci', then start again";
    private static final String UNIT = "[Service]\nExecStart=\nExecStart=/usr/bin/dockerd-current -H tcp://0.0.0.0:2376"
            + "            --add-registry registry.access.redhat.com            --storage-driver overlay2"
            + " --label provider=kvm --insecure-registry " + REGISTRY
            + " --insecure-registry 172.30.0.0/16 --add-registry="
            + REGISTRY + " --block-registry=registry.access.redhat.com --block-registry=docker.io \nEnvironment=\n";

    private static StartSettings settings(boolean insecure, String... blocked) {
        return StartSettings.of(Registries.of(Registry.to(REGISTRY).withInsecure(insecure)))
                .blocking(List.of(blocked));
    }

    private static RegistryPolicy asked(boolean insecure, String... blocked) {
        return settings(insecure, blocked).policy();
    }

    private static Check check(String unit, boolean searches, RegistryPolicy wanted) {
        return DockerRegistries.check(wanted, Optional.of(DockerRegistries.parse(unit)), searches, RECREATE);
    }

    /** Where a name without a registry is looked for. */
    private static List<String> search(String unit, boolean searches) {
        return new Contents(
                        List.of(),
                        List.of(),
                        Optional.of(DockerRegistries.parse(unit)).filter(policy -> searches),
                        List.of())
                .searchOrder();
    }

    @Test
    @DisplayName("are read from its unit, in their order")
    void parse() {
        assertThat(DockerRegistries.parse(UNIT))
                .isEqualTo(new RegistryPolicy(
                        List.of(REGISTRY, "172.30.0.0/16"),
                        List.of("registry.access.redhat.com", REGISTRY),
                        List.of("registry.access.redhat.com", "docker.io")));
    }

    @Test
    @DisplayName("are complete when all that was asked for is there, and what comes before is blocked")
    void complete() {
        Check check = check(UNIT, true, asked(true, "registry.access.redhat.com", "docker.io", REGISTRY));

        assertThat(check.outcome()).isEqualTo(CheckOutcome.OK);
        assertThat(check.message())
                .isEqualTo("insecure [" + REGISTRY + ", 172.30.0.0/16], searched [registry.access.redhat.com, "
                        + REGISTRY + "], blocked [registry.access.redhat.com, docker.io]");
    }

    @Test
    @DisplayName("that drifted from what was asked for are a finding, in the order insecure, add, block")
    void drift() {
        Check check = check(
                "dockerd --add-registry registry.access.redhat.com --block-registry=quay.io",
                true,
                asked(true, "docker.io", "quay.io"));

        assertThat(check.outcome()).isEqualTo(CheckOutcome.WARN);
        assertThat(check.message())
                .contains(
                        "insecure-registry " + REGISTRY + " is missing, add-registry " + REGISTRY
                                + " is missing, block-registry docker.io is missing, registry.access.redhat.com is searched first");
        assertThat(check.fix().orElseThrow()).contains(RECREATE);
    }

    @Test
    @DisplayName(
            "that trust more than was asked for are a finding, too, but for what docker and minishift always trust")
    void unasked() {
        Check check = check(
                "dockerd --insecure-registry " + REGISTRY + " --insecure-registry quay.io"
                        + " --insecure-registry 172.30.0.0/16 --add-registry=" + REGISTRY,
                true,
                asked(false));

        assertThat(check.message())
                .startsWith("It does not match the POM: insecure-registry " + REGISTRY
                        + " is not in the POM, insecure-registry quay.io is not in the POM. It has: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "::/0", "172.16.0.0/12", "10.0.0.0/8"})
    @DisplayName("that trust a whole network, or the world, are a finding, and no VM to start")
    void wholeNetworks(String network) {
        String unit = UNIT.replace(
                " --insecure-registry 172", " --insecure-registry " + network + " --insecure-registry 172");
        RegistryPolicy wanted = asked(true, "registry.access.redhat.com", "docker.io");

        assertThat(check(unit, true, wanted).message())
                .startsWith("It does not match the POM: insecure-registry " + network + " is not in the POM. It has: ");
        assertThat(DockerRegistries.differences(wanted, DockerRegistries.parse(unit), false))
                .filteredOn(Difference::insists)
                .extracting(Difference::actual)
                .contains(network);
    }

    @Test
    @DisplayName("that search an outside registry behind ours, which is not blocked, are a finding, and no VM to start")
    void searchedBehind() {
        String unit = "dockerd --add-registry=" + REGISTRY + " --add-registry=quay.io --add-registry=gcr.io"
                + " --block-registry=gcr.io";
        RegistryPolicy wanted = asked(false, "gcr.io");

        assertThat(check(unit, true, wanted).message())
                .startsWith("It does not match the POM: quay.io is searched, too. It has: ");
        assertThat(DockerRegistries.differences(wanted, DockerRegistries.parse(unit), false))
                .filteredOn(Difference::insists)
                .extracting(Difference::actual)
                .contains("add-registry=quay.io");
    }

    @Test
    @DisplayName("are asked for by the further arguments of a start as well")
    void furtherArguments() {
        RegistryPolicy asked = settings(false, "quay.io")
                .with(List.of(
                        "--insecure-registry",
                        "lab:5000",
                        "--docker-opt",
                        "add-registry=lab:5000",
                        "--docker-opt=block-registry=gcr.io",
                        "--docker-opt=block-registry=quay.io"))
                .policy();

        assertThat(asked)
                .isEqualTo(new RegistryPolicy(
                        List.of("lab:5000"), List.of(REGISTRY, "lab:5000"), List.of("quay.io", "gcr.io")));
    }

    @Test
    @DisplayName(
            "are what the daemon itself says, where that tells more than its unit: it may not have been started since")
    void running() {
        VmContents.DaemonInfo info =
                VmContents.DaemonInfo.parse("Server Version: 1.13.1\nInsecure Registries:\n quay.io\n 127.0.0.0/8\n"
                        + "Registries: a.example (insecure), docker.io (secure)\nLive Restore Enabled: false\n");
        RegistryPolicy unit = DockerRegistries.parse(UNIT);

        assertThat(info.completing(unit))
                .isEqualTo(new RegistryPolicy(List.of("quay.io", "127.0.0.0/8"), List.of("a.example"), unit.blocked()));
        assertThat(VmContents.DaemonInfo.parse("").completing(unit)).isEqualTo(unit);
    }

    @Test
    @DisplayName("are read from daemons that indent, that search nothing, and that search Docker Hub first")
    void information() {
        assertThat(VmContents.DaemonInfo.parse(
                        "Server:\n Insecure Registries:\n  lab:5000\n Live Restore Enabled: false\n"))
                .isEqualTo(new VmContents.DaemonInfo(Optional.of(List.of("lab:5000")), Optional.empty()));
        assertThat(VmContents.DaemonInfo.parse("Registries:\n").searched()).contains(List.of());
        assertThat(VmContents.DaemonInfo.parse("Registries:\n")
                        .completing(DockerRegistries.parse(UNIT))
                        .searched())
                .isEmpty();
        assertThat(VmContents.DaemonInfo.parse("Registries: docker.io (secure)\n")
                        .completing(DockerRegistries.parse(UNIT))
                        .searched())
                .isEmpty();
        assertThat(VmContents.DaemonInfo.parse("Registries: docker.io (secure), a.example (secure)\n")
                        .completing(DockerRegistries.parse(UNIT))
                        .searched())
                .containsExactly("docker.io", "a.example");
    }

    @Test
    @DisplayName("of a docker that is not Red Hat's have no effect")
    void ordinary() {
        Check check = check(UNIT, false, asked(true, "docker.io"));

        assertThat(check.outcome()).isEqualTo(CheckOutcome.WARN);
        assertThat(check.message()).contains("not Red Hat's docker");
        assertThat(search(UNIT, false)).containsExactly("docker.io");
    }

    @Test
    @DisplayName("that cannot be read are a finding, and promise nothing")
    void unreadable() {
        Contents blind = new Contents(List.of(), List.of(), Optional.empty(), List.of());

        assertThat(DockerRegistries.check(asked(true), Optional.empty(), true, RECREATE)
                        .message())
                .contains("could not be read");
        assertThat(blind.searchOrder()).containsExactly("docker.io");
    }

    @Test
    @DisplayName("decide where a name without a registry is looked for")
    void search() {
        assertThat(search(UNIT, true)).containsExactly(REGISTRY);
        assertThat(search("dockerd --add-registry=" + REGISTRY, true)).containsExactly(REGISTRY, "docker.io");
        assertThat(search("dockerd --add-registry=" + REGISTRY + " --block-registry all", true))
                .containsExactly(REGISTRY);
        assertThat(search("dockerd --add-registry=a.example --block-registry public", true))
                .containsExactly("a.example");
        assertThat(search("dockerd --add-registry=docker.io --add-registry=a.example", true))
                .containsExactly("docker.io", "a.example");
    }

    @Test
    @DisplayName("take 'all' and 'public' for what they cover, and nothing more")
    void words() {
        RegistryPolicy all = DockerRegistries.parse("--add-registry=a.example --block-registry=all");
        RegistryPolicy hub = DockerRegistries.parse("--block-registry=public");

        assertThat(all.blocks("quay.io")).isTrue();
        assertThat(all.blocks("a.example")).isFalse();
        assertThat(hub.blocks("docker.io")).isTrue();
        assertThat(hub.blocks("quay.io")).isFalse();
    }

    @Test
    @DisplayName("of a second registry of the mappings are as asked for, and its insecurity is no surprise")
    void secondRegistry() {
        Registries two = Registries.of(
                Registry.to(REGISTRY).withInsecure(true),
                new Relocation(List.of(
                        Mapping.parse("registry.redhat.io=" + REGISTRY), Mapping.parse("quay.io=lab.corp:5001"))));
        StartSettings settings = StartSettings.of(two);
        StartPlan plan =
                StartPlan.of(MinishiftVersion.parse("minishift v1.34.1+0\nCDK v3.10.0-1\n"), settings, "v3.11.141");

        assertThat(check(String.join(" ", plan.arguments()), true, settings.policy())
                        .outcome())
                .isEqualTo(CheckOutcome.OK);
    }
}
